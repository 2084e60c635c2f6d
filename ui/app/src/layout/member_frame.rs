//! The frame of the signed-in part: navigation at the side, or at the bottom of a phone.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

use super::account_menu::AccountMenu;
use super::banner::OfflineBanner;
use super::logo::Logo;
use crate::components::Glyph;
use crate::i18n::tr;
use crate::navigation::{Destination, HOME, destinations, is_within};
use crate::state::{Member, is_wide_screen};

/// Around the pages of somebody who is signed in.
#[component]
pub fn MemberFrame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let wide = is_wide_screen();
    let main = NodeRef::<html::Main>::new();
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // It fails for elements that cannot have the focus; this one can.
            _ = main.focus();
        }
    };
    view! {
        <a
            href="#content"
            class="btn btn-primary btn-sm absolute top-2 left-2 z-50 not-focus:sr-only"
            on:click=skip
        >
            {tr(|t| t.shell().skip_to_content)}
        </a>
        <OfflineBanner/>
        <div class="md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
            {move || if wide.get() { view! { <SideBar/> }.into_any() } else { view! { <TopBar/> }.into_any() }}
            <main
                node_ref=main
                id="content"
                tabindex="-1"
                class="mx-auto w-full max-w-6xl px-4 pt-5 pb-28 outline-none md:px-8 md:py-8"
            >
                {children()}
            </main>
            <Show when=move || !wide.get()>
                <BottomBar/>
            </Show>
        </div>
    }
}

#[component]
fn SideBar() -> impl IntoView {
    view! {
        <header class="sticky top-0 flex h-dvh flex-col border-r border-base-300 bg-base-100 p-3">
            <a href=HOME class="mb-5 rounded-field p-2"><Logo/></a>
            <nav aria-label=tr(|t| t.shell().main_navigation) class="flex-1">
                <ul class="flex flex-col gap-0.5">
                    <Links class="flex items-center gap-2.5 rounded-field px-2.5 py-2 font-medium text-muted hover:bg-base-200 hover:text-base-content aria-[current=page]:bg-primary/10 aria-[current=page]:text-primary"/>
                </ul>
            </nav>
            <AccountMenu/>
        </header>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    view! {
        <header class="sticky top-0 z-20 flex items-center justify-between border-b border-base-300 bg-base-100/90 px-4 py-2 backdrop-blur">
            <a href=HOME class="rounded-field"><Logo/></a>
            <AccountMenu/>
        </header>
    }
}

#[component]
fn BottomBar() -> impl IntoView {
    view! {
        <nav
            aria-label=tr(|t| t.shell().main_navigation)
            class="fixed inset-x-0 bottom-0 z-20 border-t border-base-300 bg-base-100/95 pb-[env(safe-area-inset-bottom)] backdrop-blur"
        >
            // Seven destinations, and the longest words of both languages: the narrowest phones have to scroll.
            <ul class="flex overflow-x-auto">
                <Links class="flex flex-col items-center gap-1 px-0.5 pt-2.5 pb-2 text-center text-[0.6875rem] font-medium text-muted focus-visible:-outline-offset-2 aria-[current=page]:text-primary"/>
            </ul>
        </nav>
    }
}

#[component]
fn Links(class: &'static str) -> impl IntoView {
    let member: Member = expect_context();
    let path = use_location().pathname;
    let link = move |destination: Destination| {
        let current = move || is_within(&path.get(), destination.path).then_some("page");
        view! {
            <li class="flex-1">
                <a href=destination.path class=class aria-current=current>
                    <Glyph icon=destination.icon class="size-4.5 shrink-0"/>
                    {tr(destination.label)}
                </a>
            </li>
        }
    };
    move || destinations(&member.permissions()).map(link).collect::<Vec<_>>()
}
