//! Roles, states and what is one's own, in a glance.

use contract::{MailState, RoleName, SecurityOutcome, UserStatus};
use leptos::prelude::*;

use super::icon::{self, Glyph, Icon};
use crate::i18n::{TextKey, tr};

/// Whether an account may be used; in words, colour and shape.
#[component]
pub fn StatusBadge(
    /// The account's state.
    status: UserStatus,
) -> impl IntoView {
    match status {
        UserStatus::Active => view! { <Good label=|t| t.users().active/> }.into_any(),
        UserStatus::Locked => view! { <Bad label=|t| t.users().locked icon=icon::LOCK/> }.into_any(),
    }
}

/// Whether an application may be used.
#[component]
pub fn ClientBadge(
    /// Whether it may not.
    disabled: bool,
) -> impl IntoView {
    if disabled {
        view! { <Bad label=|t| t.client_fields().disabled icon=icon::LOCK/> }.into_any()
    } else {
        view! { <Good label=|t| t.applications().active/> }.into_any()
    }
}

/// How an event of the security log ended.
#[component]
pub fn OutcomeBadge(
    /// How.
    outcome: SecurityOutcome,
) -> impl IntoView {
    match outcome {
        SecurityOutcome::Success => view! { <Good label=|t| t.security().success/> }.into_any(),
        SecurityOutcome::Refused => {
            view! { <Bad label=|t| t.security().refused icon=icon::SHIELD_X/> }.into_any()
        }
    }
}

/// How far a mail has come.
#[component]
pub fn MailStateBadge(
    /// How far.
    state: MailState,
) -> impl IntoView {
    let label = mail_state_label(state);
    match state {
        MailState::Queued | MailState::Sending => view! { <Pending label/> }.into_any(),
        MailState::Sent => view! { <Good label/> }.into_any(),
        MailState::Failed => view! { <Bad label icon=icon::CIRCLE_ALERT/> }.into_any(),
    }
}

/// The same in a word.
pub fn mail_state_label(state: MailState) -> TextKey {
    match state {
        MailState::Queued => |t| t.mails().queued,
        MailState::Sending => |t| t.mails().sending,
        MailState::Sent => |t| t.mails().sent,
        MailState::Failed => |t| t.mails().failed,
    }
}

#[component]
fn Pending(label: TextKey) -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-muted">
            <span class="size-2 rounded-full border border-current" aria-hidden="true"></span>
            {tr(label)}
        </span>
    }
}

#[component]
fn Good(label: TextKey) -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-base-content">
            <span class="size-2 rounded-full bg-success" aria-hidden="true"></span>
            {tr(label)}
        </span>
    }
}

#[component]
fn Bad(label: TextKey, icon: Icon) -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-error">
            <Glyph icon class="size-3.5"/>
            {tr(label)}
        </span>
    }
}

/// Marks what is the reader's own among others of its kind.
#[component]
pub fn OwnBadge(
    /// In a word.
    label: TextKey,
) -> impl IntoView {
    view! {
        <span class="rounded-selector bg-primary/12 px-1.5 py-0.5 text-xs font-medium whitespace-nowrap text-primary">
            {tr(label)}
        </span>
    }
}

/// The names of some roles.
#[component]
pub fn RoleBadges(
    /// Sorted, as the API has them.
    roles: Vec<RoleName>,
) -> impl IntoView {
    if roles.is_empty() {
        return view! { <span class="text-muted">{tr(|t| t.common().none)}</span> }.into_any();
    }
    let badges: Vec<_> = roles
        .into_iter()
        .map(|role| {
            view! {
                <li class="rounded-selector border border-base-300 bg-base-200 px-1.5 py-0.5 text-xs font-medium whitespace-nowrap">
                    {role.to_string()}
                </li>
            }
        })
        .collect();
    view! { <ul class="flex flex-wrap gap-1">{badges}</ul> }.into_any()
}
