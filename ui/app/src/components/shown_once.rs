//! What has just been made, and is never shown again.

use leptos::{html, prelude::*};

use super::copy::CopyButton;
use super::unsaved::warn_before_leaving;
use crate::i18n::{TextKey, tr};

/// A secret, in sight until it is put away or the page is left: on the page and not in a dialog, which a slip of the
/// finger closes.
#[component]
pub fn ShownOnce(
    /// Its heading's id.
    id: &'static str,
    /// Its heading, which names what it is of.
    #[prop(into)]
    title: Signal<String>,
    /// What it is for.
    text: TextKey,
    /// The secret.
    secret: String,
    /// The word for copying it.
    copy: TextKey,
    /// The word for having put it away.
    done: TextKey,
    /// Told that it is stored where it is needed.
    #[prop(into)]
    on_done: Option<Callback<()>>,
    /// How it is used.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    warn_before_leaving(Signal::stored(true));
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // Once what led here has given the focus back. It fails for elements that cannot have the focus; this
            // one can.
            request_animation_frame(move || _ = heading.focus());
        }
    });
    let put_away = on_done.map(|on_done| {
        view! {
            <button type="button" class="btn btn-sm" on:click=move |_| on_done.run(())>
                {tr(done)}
            </button>
        }
    });
    view! {
        <section class="panel border-primary/50 p-5 md:p-6" aria-labelledby=id>
            <h2 id=id node_ref=heading tabindex="-1" class="font-semibold wrap-anywhere outline-none">
                {title}
            </h2>
            <p class="mt-1 text-muted">{tr(text)}</p>
            <p class="mt-4 rounded-field border border-base-300 bg-base-200 px-3 py-2.5 font-mono wrap-anywhere select-all">
                {secret.clone()}
            </p>
            {children.map(|children| children())}
            <div class="mt-5 flex flex-wrap gap-2">
                <CopyButton label=copy text=secret class="btn-primary"/>
                {put_away}
            </div>
        </section>
    }
}
