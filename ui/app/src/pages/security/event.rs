//! One event in words: what, how it ended, whose account, by whom, from where.

use contract::{
    Permission, ProblemCode, RoleName, SecurityEvent, SecurityEventDetails, SecurityEventKind,
    SecurityOutcome, UserId,
};
use leptos::prelude::*;

use crate::components::{OutcomeBadge, RoleBadges, Timestamp};
use crate::i18n::{Text, TextKey, tr, use_language};
use crate::navigation::USERS;
use crate::state::Member;

/// An entry of a list; whose account it is about goes within, where that isn't clear anyway.
#[component]
pub fn EventCard(
    /// The event.
    event: SecurityEvent,
    /// Whose.
    children: Children,
) -> impl IntoView {
    let at = event.at;
    view! {
        <li class="border-b border-base-300 p-4 last:border-0">
            <div class="flex items-start gap-4">
                <div class="min-w-0 flex-1"><What event=event.clone()/></div>
                <div class="max-w-2/5 shrink-0 text-right">
                    <Outcome outcome=event.outcome reason=event.details.reason/>
                </div>
            </div>
            <div class="mt-1.5 text-xs text-muted">
                {children()}
                <div class="flex flex-wrap gap-x-4"><Timestamp at/><Origin event/></div>
            </div>
        </li>
    }
}

/// What happened, with what else there is to know.
#[component]
pub fn What(
    /// The event.
    event: SecurityEvent,
) -> impl IntoView {
    let language = use_language();
    let kind = event.kind;
    let reused = kind == SecurityEventKind::RefreshTokenReused;
    view! {
        <p class="font-medium">{move || (language.text().security().kind)(kind)}</p>
        {reused.then(|| view! { <p class="mt-0.5 text-xs text-muted">{tr(|t| t.security().token_reused)}</p> })}
        <Details details=event.details/>
    }
}

/// How it ended, and why it was refused.
#[component]
pub fn Outcome(
    /// How.
    outcome: SecurityOutcome,
    /// Why not.
    reason: Option<ProblemCode>,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div>
            <OutcomeBadge outcome/>
            {reason
                .map(|reason| {
                    view! { <p class="text-xs text-muted">{move || language.text().refusal(reason)}</p> }
                })}
        </div>
    }
}

/// Whose account it is about, and who did it, where that was another.
#[component]
pub fn Account(
    /// The event.
    event: SecurityEvent,
) -> impl IntoView {
    let account = match (event.user_id, event.email) {
        (Some(id), Some(email)) => view! { <AccountLink id>{email}</AccountLink> }.into_any(),
        (Some(id), None) => {
            view! { <AccountLink id>{tr(|t| t.security().former_account)}</AccountLink> }.into_any()
        }
        (None, Some(typed)) => view! {
            <span class="wrap-anywhere">{typed}</span>
            <span class="block text-xs text-muted">{tr(|t| t.security().no_such_account)}</span>
        }
        .into_any(),
        (None, None) => {
            view! { <span class="text-muted">{tr(|t| t.security().unknown_account)}</span> }.into_any()
        }
    };
    view! { <div>{account} <Actor actor=event.actor_id email=event.actor_email/></div> }
}

/// Who did it; nothing where the account's owner did.
#[component]
pub fn Actor(
    /// The other account.
    actor: Option<UserId>,
    /// The address that it had then, where that is told.
    email: Option<String>,
) -> impl IntoView {
    let member: Member = expect_context();
    let language = use_language();
    actor.map(|id| {
        let actor = if member.me.with_untracked(|me| me.id == id) {
            tr(|t| t.security().by_you).into_any()
        } else {
            let words = move || {
                let text = language.text().security();
                email.as_ref().map_or_else(|| text.by_another.to_owned(), |email| (text.by)(email))
            };
            view! { <AccountLink id>{words}</AccountLink> }.into_any()
        };
        view! { <p class="text-xs text-muted">{actor}</p> }
    })
}

/// Leads to the account, for those who may see it.
#[component]
fn AccountLink(id: UserId, children: Children) -> impl IntoView {
    let member: Member = expect_context();
    if member.may(Permission::UsersRead) {
        let path = format!("{USERS}/{id}");
        // On a phone with room for a thumb.
        view! {
            <a
                href=path
                class="wrap-anywhere underline hover:text-primary max-md:inline-block max-md:py-1"
            >
                {children()}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="wrap-anywhere">{children()}</span> }.into_any()
    }
}

/// The browser, the network address, and the key where it was a program.
#[component]
pub fn Origin(
    /// The event.
    event: SecurityEvent,
) -> impl IntoView {
    let language = use_language();
    let key = event.api_key_id.map(|_| {
        let name = event.api_key_name;
        let words = move || {
            let text = language.text().security();
            let named = |name| (text.with_named_key)(name);
            name.as_ref().map_or_else(|| text.with_api_key.to_owned(), |name| named(name.as_str()))
        };
        view! { <span class="text-xs wrap-anywhere">{words}</span> }
    });
    let device = event.device;
    let device = move || language.text().device(&device);
    view! {
        <div class="flex flex-wrap items-baseline gap-x-2">
            <span>{device}</span>
            <span class="text-xs">{event.address}</span>
            {key}
        </div>
    }
}

#[component]
fn Details(details: SecurityEventDetails) -> impl IntoView {
    let language = use_language();
    let SecurityEventDetails {
        fields,
        roles_gained,
        roles_lost,
        role,
        api_key_name,
        client_name,
        passkey_name,
        provider,
        ..
    } = details;
    let application = client_name.map(|name| {
        view! { <Detail label=|t| t.security().application>{name.to_string()}</Detail> }
    });
    let named = api_key_name.map(|name| {
        view! { <Detail label=|t| t.security().api_key>{name.to_string()}</Detail> }
    });
    let provider = provider.map(|provider| {
        let name = move || (language.text().identities().provider)(provider);
        view! { <Detail label=|t| t.security().provider>{name}</Detail> }
    });
    let passkey = passkey_name.map(|name| {
        view! { <Detail label=|t| t.security().passkey>{name.to_string()}</Detail> }
    });
    let role = role.map(|role| view! { <Detail label=|t| t.security().role>{role.to_string()}</Detail> });
    let fields = (!fields.is_empty()).then(|| {
        let words = move || in_words(&fields, language.text());
        view! { <Detail label=|t| t.security().fields>{words}</Detail> }
    });
    let roles = |label: TextKey, roles: Vec<RoleName>| {
        (!roles.is_empty()).then(|| view! { <Detail label><RoleBadges roles/></Detail> })
    };
    view! {
        <dl class="mt-0.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted empty:hidden">
            {named} {passkey} {application} {provider} {role} {fields} {roles(|t| t.security().roles_gained, roles_gained)}
            {roles(|t| t.security().roles_lost, roles_lost)}
        </dl>
    }
}

#[component]
fn Detail(label: TextKey, children: Children) -> impl IntoView {
    view! {
        <div class="flex items-baseline gap-1.5">
            <dt>{tr(label)}</dt>
            <dd class="wrap-anywhere text-base-content">{children()}</dd>
        </div>
    }
}

/// The fields by the labels that forms give them; by their names where no form has them.
fn in_words(fields: &[String], text: Text) -> String {
    let words = fields.iter().map(|field| match field.as_str() {
        "email" => text.field().email,
        "display_name" => text.field().display_name,
        "roles" => text.field().roles,
        "name" => text.client_fields().name,
        "redirect_uris" => text.client_fields().redirect_uris,
        "post_logout_redirect_uris" => text.client_fields().post_logout_redirect_uris,
        "scopes" => text.client_fields().scopes,
        "permissions" => text.client_fields().permissions,
        "skip_consent" => text.client_fields().skip_consent,
        "disabled" => text.client_fields().disabled,
        other => other,
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use contract::Locale;

    use super::*;

    #[test]
    fn fields_are_called_what_their_forms_call_them() {
        let fields = ["display_name", "roles", "shoe_size"].map(str::to_owned);
        assert_eq!(in_words(&fields, Text::of(Locale::Fr)), "Nom, Rôles, shoe_size");
    }
}
