//! A page's title: on the page, in the tab, and where reading goes on after a navigation.

use leptos::{html, prelude::*};

use super::icon::{self, Glyph};
use crate::i18n::{TextKey, tr, words};

/// Set once the first page has been shown: from then on, a page that appears takes the focus.
#[derive(Debug, Clone, Copy)]
pub struct Navigated(StoredValue<bool>);

impl Navigated {
    /// Not yet.
    pub fn provide() {
        provide_context(Self(StoredValue::new(false)));
    }

    fn replace(self) -> bool {
        let before = self.0.get_value();
        self.0.set_value(true);
        before
    }
}

/// The `<h1>` of a page.
#[component]
pub fn PageHeading(
    /// The heading, and the tab's title unless there is another.
    #[prop(into)]
    title: Signal<String>,
    /// The tab's title, where it differs.
    #[prop(optional, into)]
    tab: Option<Signal<String>>,
    /// Size.
    #[prop(default = "text-xl")]
    class: &'static str,
) -> impl IntoView {
    let tab = tab.unwrap_or(title);
    Effect::new(move || document().set_title(&format!("{} · Matrice", tab.get())));
    let element = NodeRef::<html::H1>::new();
    let navigated: Navigated = expect_context();
    let takes_focus = navigated.replace();
    Effect::new(move || {
        if let Some(heading) = element.get().filter(|_| takes_focus) {
            // It fails for elements that cannot have the focus; this one can.
            _ = heading.focus();
        }
    });
    view! {
        <h1 node_ref=element tabindex="-1" class=format!("{class} font-semibold tracking-tight text-balance outline-none")>
            {title}
        </h1>
    }
}

/// A page's title, and a line about what it is for.
#[component]
pub fn PageIntro(
    /// The heading.
    title: TextKey,
    /// The line.
    lead: TextKey,
) -> impl IntoView {
    view! {
        <PageHeading title=words(title)/>
        <p class="mt-1 mb-6 text-muted">{tr(lead)}</p>
    }
}

/// The way to the page above, over the title.
#[component]
pub fn BackLink(
    /// Where.
    href: &'static str,
    /// What is there.
    label: TextKey,
) -> impl IntoView {
    view! {
        <a href=href class="mb-4 inline-flex items-center gap-1.5 font-medium text-muted hover:text-base-content">
            <Glyph icon=icon::ARROW_LEFT/>
            {tr(label)}
        </a>
    }
}
