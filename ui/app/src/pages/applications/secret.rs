//! A secret that has just been made: in sight until it is put away or the page is left, and never again.

use leptos::{html, prelude::*};

use crate::components::{CopyButton, warn_before_leaving};
use crate::i18n::{tr, use_language};

/// The secret, on the page and not in a dialog, which a slip of the finger closes.
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
    warn_before_leaving(Signal::stored(true));
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // Once what led here has given the focus back. It fails for elements that cannot have the focus; this
            // one can.
            request_animation_frame(move || _ = heading.focus());
        }
    });
    view! {
        <section class="panel border-primary/50 p-5 md:p-6" aria-labelledby="new-secret">
            <h2 id="new-secret" node_ref=heading tabindex="-1" class="font-semibold wrap-anywhere outline-none">
                {move || (language.text().applications().secret_title)(&name)}
            </h2>
            <p class="mt-1 text-muted">{tr(|t| t.applications().secret_text)}</p>
            <p class="mt-4 rounded-field border border-base-300 bg-base-200 px-3 py-2.5 font-mono wrap-anywhere select-all">
                {secret.clone()}
            </p>
            <div class="mt-5 flex flex-wrap gap-2">
                <CopyButton label=|t| t.applications().copy_secret text=secret class="btn-primary"/>
                {on_done
                    .map(|done| {
                        view! {
                            <button type="button" class="btn btn-sm" on:click=move |_| done.run(())>
                                {tr(|t| t.applications().done)}
                            </button>
                        }
                    })}
            </div>
        </section>
    }
}
