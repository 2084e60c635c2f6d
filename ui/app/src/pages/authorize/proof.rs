//! An application wants to be sure of who is there. The question itself is the one that all pages share.

use leptos::prelude::*;

use super::state::AuthorizeState;
use super::{DenyButton, OwnAccount};
use crate::components::{Alert, PageHeading};
use crate::i18n::{tr, use_language, words};

/// What is behind the question, and the ways on for who has closed it.
#[component]
pub fn ProofForm(
    /// Which application.
    application: String,
) -> impl IntoView {
    let state: AuthorizeState = expect_context();
    let language = use_language();
    let lead = move || (language.text().authorize().proof_lead)(&application);
    view! {
        <PageHeading title=words(|t| t.authorize().proof_title)/>
        <p class="mt-1 mb-5 wrap-anywhere text-muted">{lead}</p>
        <OwnAccount/>
        <div class="mt-5 flex flex-col gap-2">
            <Alert error=state.failure/>
            <button type="button" class="btn btn-primary w-full" on:click=move |_| state.prove()>
                {tr(|t| t.authorize().prove)}
            </button>
            <DenyButton/>
        </div>
    }
}
