//! News of a mail that is on its way.

use leptos::prelude::*;

use super::icon::{self, Glyph};

/// What is said of the mail, once there is one; read out.
#[component]
pub fn MailNews(
    /// Nothing is shown without it.
    #[prop(into)]
    text: Signal<Option<String>>,
    /// Space around it.
    class: &'static str,
) -> impl IntoView {
    let news = move |text| {
        view! {
            <p class=format!("{class} flex items-start gap-2 rounded-field border border-base-300 bg-base-200 px-3 py-2.5")>
                <Glyph icon=icon::MAIL class="mt-0.5 size-4 shrink-0 text-muted"/>
                <span class="min-w-0 wrap-break-word">{text}</span>
            </p>
        }
    };
    view! { <div role="status">{move || text.get().map(news)}</div> }
}
