//! What is above the accounts and above the invitations: the way from one to the other.

use contract::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::PageHeading;
use crate::i18n::{TextKey, tr, words};
use crate::navigation::{INVITATIONS, USERS};
use crate::state::Member;

/// The heading, what can be done, and the two views.
#[component]
pub fn UsersHeader(
    /// The heading.
    title: TextKey,
    /// What the view is of.
    lead: TextKey,
    /// Buttons.
    children: Children,
) -> impl IntoView {
    let member: Member = expect_context();
    view! {
        <div class="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
            <div>
                <PageHeading title=words(title)/>
                <p class="mt-1 text-muted">{tr(lead)}</p>
            </div>
            <div class="flex gap-2">{children()}</div>
        </div>
        <Show when=move || member.may(Permission::UsersRead)>
            <nav class="mb-4 flex gap-5 border-b border-base-300" aria-label=tr(|t| t.invitations().views)>
                <ViewLink path=USERS label=|t| t.invitations().accounts/>
                <ViewLink path=INVITATIONS label=|t| t.invitations().title/>
            </nav>
        </Show>
    }
}

#[component]
fn ViewLink(path: &'static str, label: TextKey) -> impl IntoView {
    let here = use_location().pathname;
    let current = move || here.with(|here| here == path).then_some("page");
    view! {
        <a
            href=path
            class="-mb-px border-b-2 border-transparent py-2 font-medium text-muted hover:text-base-content aria-[current=page]:border-primary aria-[current=page]:text-base-content"
            aria-current=current
        >
            {tr(label)}
        </a>
    }
}
