//! The frame of the pages that need no account: one card, and the preferences beneath it.

use leptos::prelude::*;

use super::banner::OfflineBanner;
use super::logo::Logo;
use crate::components::{LanguageChoice, ThemePicker};

/// Around the pages of somebody who isn't signed in.
#[component]
pub fn VisitorFrame(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <OfflineBanner/>
        // Not centred from top to bottom: what comes late at the end of the card must not move what is above.
        <div class="flex min-h-dvh flex-col items-center px-4 py-8 sm:pt-[14dvh]">
            <header class="mb-6"><Logo/></header>
            <main class="panel w-full max-w-sm p-6 sm:p-8">{children()}</main>
            <footer class="mt-6 flex w-full max-w-sm flex-wrap items-center justify-between gap-3">
                <LanguageChoice name="visitor-language"/>
                <ThemePicker name="visitor-theme"/>
            </footer>
        </div>
    }
}

/// The card alone, where such a page is shown to somebody who is signed in.
#[component]
pub fn VisitorCard(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! { <div class="panel mx-auto max-w-sm p-6 sm:p-8">{children()}</div> }
}
