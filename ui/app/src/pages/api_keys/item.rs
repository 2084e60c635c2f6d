//! One API key of the list.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ApiKey, Permission};
use leptos::prelude::*;

use super::KeysState;
use crate::components::icon::{self, Glyph};
use crate::components::{Day, Timestamp};
use crate::i18n::{Text, tr, use_language};
use crate::time;

/// How long before its end a key is marked.
const SOON: TimeDelta = TimeDelta::days(14);

/// What it is called, what it may do, and until when.
#[component]
pub fn KeyItem(api_key: ApiKey) -> impl IntoView {
    let language = use_language();
    let expiry = Expiry::of(api_key.expires_at, time::now());
    let name = api_key.name.to_string();
    let scopes = api_key.scopes.clone();
    view! {
        <li class="flex items-start gap-3 border-b border-base-300 p-4 last:border-0">
            <Glyph icon=icon::KEY_ROUND class="mt-0.5 size-4.5 shrink-0 text-muted"/>
            <div class="min-w-0 flex-1">
                <p class="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium wrap-anywhere">
                    {name} <ExpiryBadge expiry/>
                </p>
                <p class="mt-0.5 text-pretty">{move || in_words(&scopes, language.text())}</p>
                <Times api_key=api_key.clone() expiry/>
            </div>
            <DeleteButton api_key/>
        </li>
    }
}

#[component]
fn Times(api_key: ApiKey, expiry: Expiry) -> impl IntoView {
    let expires = match expiry {
        Expiry::Past => tr(|t| t.api_keys().expired_at),
        Expiry::Soon | Expiry::Far => tr(|t| t.api_keys().expires_at),
    };
    let last_use = match api_key.last_used_at {
        Some(at) => view! {
            {tr(|t| t.api_keys().used_at)} " " <Timestamp at/>
            {api_key
                .last_used_address
                .map(|address| view! { " " {tr(|t| t.api_keys().used_from)} " " {address} })}
        }
        .into_any(),
        None => tr(|t| t.api_keys().never_used).into_any(),
    };
    view! {
        <p class="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
            <span>{tr(|t| t.api_keys().created_at)} " " <Timestamp at=api_key.created_at/></span>
            <span>{expires} " " <Day at=api_key.expires_at/></span>
            <span class="wrap-anywhere">{last_use}</span>
        </p>
    }
}

#[component]
fn DeleteButton(api_key: ApiKey) -> impl IntoView {
    let state: KeysState = expect_context();
    let language = use_language();
    let name = api_key.name.to_string();
    let label = Signal::derive(move || (language.text().api_keys().delete_label)(&name));
    view! {
        <button
            type="button"
            class="btn btn-ghost btn-sm btn-square text-muted"
            aria-label=label
            title=label
            on:click=move |_| state.ask_to_delete(api_key.clone())
        >
            <Glyph icon=icon::TRASH_2/>
        </button>
    }
}

/// How near the end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expiry {
    Far,
    Soon,
    Past,
}

impl Expiry {
    fn of(expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        match expires_at - now {
            left if left <= TimeDelta::zero() => Self::Past,
            left if left <= SOON => Self::Soon,
            _ => Self::Far,
        }
    }
}

#[component]
fn ExpiryBadge(expiry: Expiry) -> impl IntoView {
    let (colours, label) = match expiry {
        Expiry::Far => return None,
        Expiry::Soon => ("bg-warning/12 text-warning", tr(|t| t.api_keys().expires_soon)),
        Expiry::Past => ("bg-error/8 text-error", tr(|t| t.api_keys().expired)),
    };
    Some(view! {
        <span class=format!("{colours} rounded-selector px-1.5 py-0.5 text-xs font-medium whitespace-nowrap")>
            {label}
        </span>
    })
}

/// What the scopes allow.
fn in_words(scopes: &[Permission], text: Text) -> String {
    if scopes.is_empty() {
        return text.api_keys().no_scopes.to_owned();
    }
    let scopes: Vec<_> = scopes.iter().map(|scope| text.permission_title(*scope)).collect();
    scopes.join(" · ")
}

#[cfg(test)]
mod tests {
    use contract::Locale;

    use super::*;

    #[test]
    fn a_key_is_marked_two_weeks_before_its_end() {
        let now = DateTime::UNIX_EPOCH;
        let in_days = |days, seconds| now + TimeDelta::days(days) + TimeDelta::seconds(seconds);
        assert_eq!(Expiry::of(in_days(14, 1), now), Expiry::Far);
        assert_eq!(Expiry::of(in_days(14, 0), now), Expiry::Soon);
        assert_eq!(Expiry::of(in_days(0, 1), now), Expiry::Soon);
        assert_eq!(Expiry::of(now, now), Expiry::Past);
    }

    #[test]
    fn scopes_are_in_words() {
        let text = Text::of(Locale::En);
        assert_eq!(
            in_words(&[Permission::SecurityRead, Permission::UsersRead], text),
            "Read the security log · See accounts and their roles"
        );
        assert_eq!(in_words(&[], text), "See who you are, and no more");
    }
}
