//! What a page shows in place of its content: nothing there, not to be had, not allowed.

use contract::Denied;
use leptos::prelude::*;

use super::alert::explain;
use super::heading::PageHeading;
use super::icon::{self, Glyph, Icon};
use crate::api::ApiError;
use crate::i18n::{TextKey, tr, use_language, words};

/// There is nothing to show, and why.
#[component]
pub fn EmptyState(
    /// A picture.
    #[prop(default = icon::INBOX)]
    icon: Icon,
    /// In a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What can be done about it.
    #[prop(into)]
    text: Signal<String>,
    /// A button for that.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center px-6 py-14 text-center">
            <span class="mb-4 grid size-11 place-content-center rounded-full border border-base-300 bg-base-200 text-muted">
                <Glyph icon class="size-5"/>
            </span>
            <p class="font-semibold">{title}</p>
            <p class="mt-1 max-w-sm text-balance text-muted">{text}</p>
            {children.map(|children| view! { <div class="mt-5">{children()}</div> })}
        </div>
    }
}

/// It could not be had; tries again when asked.
#[component]
pub fn ErrorState(
    /// Why.
    error: ApiError,
    /// Trying again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div role="alert">
            <EmptyState
                icon=icon::CIRCLE_ALERT
                title=words(|t| t.common().error_title)
                text=Signal::derive(move || explain(&error, language.text()))
            >
                <button type="button" class="btn btn-sm" on:click=move |_| on_retry.run(())>
                    {tr(|t| t.common().retry)}
                </button>
            </EmptyState>
        </div>
    }
}

/// The person may not see it, and which right it takes.
#[component]
pub fn ForbiddenState(
    /// What they lack.
    denied: Denied,
) -> impl IntoView {
    let language = use_language();
    let text = Signal::derive(move || {
        let text = language.text();
        let missing: Vec<_> = denied.missing.iter().map(|permission| text.permission(*permission)).collect();
        (text.common().forbidden_needs)(&missing.join(", "))
    });
    view! {
        <div class="panel">
            <EmptyState
                icon=icon::SHIELD_X
                title=words(|t| t.common().forbidden_title)
                text
            >
                <a class="btn btn-sm" href="/">{tr(|t| t.common().back_home)}</a>
            </EmptyState>
        </div>
    }
}

/// The same as a page of its own.
#[component]
pub fn ForbiddenPage(
    /// Its heading: what kind of thing it would show.
    title: TextKey,
    /// What the person lacks.
    denied: Denied,
) -> impl IntoView {
    view! {
        <div class="mb-5"><PageHeading title=words(title)/></div>
        <ForbiddenState denied/>
    }
}

/// A page that could not be had; tries again when asked.
#[component]
pub fn ErrorPage(
    /// Its heading: what kind of thing it would show.
    title: TextKey,
    /// Why.
    error: ApiError,
    /// Trying again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="mb-5"><PageHeading title=words(title)/></div>
        <div class="panel"><ErrorState error on_retry/></div>
    }
}

/// A page that is only a message, with a way on.
#[component]
pub fn MessagePage(
    /// Its heading.
    title: TextKey,
    /// What happened.
    #[prop(into)]
    text: Signal<String>,
    /// The way on.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="mx-auto flex max-w-md flex-col items-center px-4 py-20 text-center">
            <PageHeading title=words(title)/>
            <p class="mt-2 text-balance text-muted">{text}</p>
            <div class="mt-6">{children()}</div>
        </div>
    }
}
