//! Who is signed in, their preferences, and the way out.

use contract::{Locale, UpdateMe};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::{self, Glyph};
use crate::components::{Avatar, LanguageChoice, ThemePicker, explain};
use crate::i18n::{tr, use_language};
use crate::navigation::ACCOUNT;
use crate::state::{Member, Toasts, is_wide_screen};

/// A button with the person's name, and what opens from it: a popover, which the browser closes by
/// Escape or a click elsewhere.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let member: Member = expect_context();
    let name = Signal::derive(move || member.me.with(|me| me.display_name.to_string()));
    let email = move || member.me.with(|me| me.email.to_string());
    let wide = is_wide_screen();
    view! {
        <button
            type="button"
            popovertarget="account-menu"
            class="flex cursor-pointer items-center gap-2.5 rounded-full text-left md:w-full md:rounded-field md:p-2 md:hover:bg-base-200"
        >
            <span class="sr-only">{tr(|t| t.shell().account_menu)}</span>
            <Avatar name/>
            <Show when=move || wide.get()>
                <span class="min-w-0 flex-1">
                    <span class="block truncate font-medium">{name}</span>
                    <span class="block truncate text-xs text-muted">{email}</span>
                </span>
                <Glyph icon=icon::CHEVRONS_UP_DOWN class="size-4 shrink-0 text-muted"/>
            </Show>
        </button>
        <div
            id="account-menu"
            popover="auto"
            class="fixed inset-auto top-14 right-3 m-0 w-72 rounded-box border border-base-300 bg-raised p-1.5 text-base-content shadow-overlay md:top-auto md:right-auto md:bottom-18 md:left-3"
        >
            <div class="px-2.5 pt-2 pb-2.5">
                <p class="truncate font-medium">{name}</p>
                <p class="truncate text-xs text-muted">{email}</p>
            </div>
            <MenuPreferences/>
            <a href=ACCOUNT class=ITEM on:click=move |_| close()>
                <Glyph icon=icon::USER class="size-4 text-muted"/>
                {tr(|t| t.shell().account)}
            </a>
            <SignOutButton class=ITEM/>
        </div>
    }
}

const ITEM: &str =
    "flex w-full cursor-pointer items-center gap-2.5 rounded-field px-2.5 py-2 font-medium hover:bg-base-200";

#[component]
fn MenuPreferences() -> impl IntoView {
    let member: Member = expect_context();
    let remember = move |locale: Locale| spawn_local(remember_language(member, locale));
    view! {
        <div class="mb-1.5 flex flex-col gap-2 border-y border-base-300 px-1 py-2.5">
            <ThemePicker name="menu-theme"/>
            <LanguageChoice name="menu-language" on_change=remember/>
        </div>
    }
}

/// Keeps the choice with the account. Where that fails, the browser still has it.
pub async fn remember_language(member: Member, locale: Locale) {
    let changes = UpdateMe { locale: Some(locale.as_str().to_owned()), ..UpdateMe::default() };
    if let Ok(me) = member.ask(async |session| session.update_me(&changes).await).await {
        member.me.set(me);
    }
}

/// Ends the session.
#[component]
pub fn SignOutButton(
    /// What it looks like.
    class: &'static str,
) -> impl IntoView {
    let member: Member = expect_context();
    let toasts: Toasts = expect_context();
    let language = use_language();
    let busy = RwSignal::new(false);
    let sign_out = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = member.sign_out().await {
                toasts.failure(explain(&error, language.text_untracked()));
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class=class aria-disabled=move || busy.get().to_string() on:click=sign_out>
            <Glyph icon=icon::LOG_OUT class="size-4 text-muted"/>
            {tr(|t| t.shell().sign_out)}
        </button>
    }
}

/// A link within leaves the page as it is, so the menu is closed by hand.
fn close() {
    if let Some(menu) = document().get_element_by_id("account-menu") {
        let menu: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(menu);
        // It fails where it is closed already.
        _ = menu.hide_popover();
    }
}
