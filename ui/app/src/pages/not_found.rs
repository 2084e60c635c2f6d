//! No such page.

use leptos::prelude::*;

use crate::components::MessagePage;
use crate::i18n::{tr, words};

/// Says so, with the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <MessagePage
            title=|t| t.not_found().title
            text=words(|t| t.not_found().text)
        >
            <a class="btn btn-primary btn-sm" href="/">{tr(|t| t.common().back_home)}</a>
        </MessagePage>
    }
}
