//! A secret that has just been made.

use leptos::prelude::*;

use crate::components::ShownOnce;
use crate::i18n::use_language;

/// The secret, the one time that it is shown.
#[component]
pub fn NewSecret(
    /// Of which application.
    name: String,
    /// The secret.
    secret: String,
    /// Told that it is stored where it is needed.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <ShownOnce
            id="new-secret"
            title=Signal::derive(move || (language.text().applications().secret_title)(&name))
            text=|t| t.applications().secret_text
            secret
            copy=|t| t.applications().copy_secret
            done=|t| t.applications().done
            on_done
        />
    }
}
