//! What an application is told to find Matrice.

use contract::ClientId;
use leptos::prelude::*;

use crate::components::CopyButton;
use crate::i18n::{TextKey, tr};

/// Who it is, and where Matrice is; a library finds the rest by itself (`OpenID` Connect Discovery).
#[component]
pub fn Connection(
    /// Which application.
    id: ClientId,
) -> impl IntoView {
    // It fails for a page of no site only.
    let issuer = window().location().origin().unwrap_or_default();
    view! {
        <dl class="flex flex-col gap-4">
            <Value label=|t| t.applications().client_id copy=|t| t.applications().copy_client_id text=id.to_string()/>
            <Value label=|t| t.applications().issuer copy=|t| t.applications().copy_issuer text=issuer/>
        </dl>
    }
}

#[component]
fn Value(label: TextKey, copy: TextKey, text: String) -> impl IntoView {
    view! {
        <div>
            <dt class="mb-0.5 text-xs text-muted">{tr(label)}</dt>
            <dd class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <span class="font-mono wrap-anywhere select-all">{text.clone()}</span>
                <CopyButton label=copy text/>
            </dd>
        </div>
    }
}
