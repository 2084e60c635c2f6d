//! What a form knows of an application.

use contract::{Client, ClientKind, CreateClient, RedirectUri, Scope, UpdateClient};
use leptos::prelude::*;

use crate::components::lines;

/// The fields.
#[derive(Clone, Copy)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub kind: RwSignal<ClientKind>,
    pub redirect_uris: RwSignal<String>,
    pub post_logout_redirect_uris: RwSignal<String>,
    pub scopes: RwSignal<Vec<String>>,
    pub permissions: RwSignal<Vec<String>>,
    pub skip_consent: RwSignal<bool>,
}

impl Draft {
    /// Of a new one: it signs people in, and learns no more of them than who they are.
    pub fn new() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            kind: RwSignal::new(ClientKind::Confidential),
            redirect_uris: RwSignal::new(String::new()),
            post_logout_redirect_uris: RwSignal::new(String::new()),
            scopes: RwSignal::new(vec![Scope::Openid.as_str().to_owned()]),
            permissions: RwSignal::new(Vec::new()),
            skip_consent: RwSignal::new(false),
        }
    }

    /// Of one that there is.
    pub fn of(client: &Client) -> Self {
        Self {
            name: RwSignal::new(client.name.to_string()),
            kind: RwSignal::new(client.kind),
            redirect_uris: RwSignal::new(texts(&client.redirect_uris).join("\n")),
            post_logout_redirect_uris: RwSignal::new(texts(&client.post_logout_redirect_uris).join("\n")),
            scopes: RwSignal::new(scopes(client)),
            permissions: RwSignal::new(permissions(client)),
            skip_consent: RwSignal::new(client.skip_consent),
        }
    }

    /// Whether it signs people in; tracked.
    pub fn signs_in(self) -> bool {
        self.scopes.with(|scopes| signs_in(scopes))
    }

    /// Whether it can do something in its own name; tracked.
    pub fn has_secret(self) -> bool {
        self.kind.get() == ClientKind::Confidential
    }

    /// What registers it.
    pub fn to_create(self) -> CreateClient {
        let kind = self.kind.get_untracked();
        let confidential = kind == ClientKind::Confidential;
        CreateClient {
            name: self.name.get_untracked(),
            kind: kind.as_str().to_owned(),
            redirect_uris: lines(&self.redirect_uris.get_untracked()),
            post_logout_redirect_uris: lines(&self.post_logout_redirect_uris.get_untracked()),
            scopes: self.chosen_scopes(),
            permissions: if confidential { self.permissions.get_untracked() } else { Vec::new() },
            skip_consent: self.skip_consent.get_untracked(),
        }
    }

    /// What makes it of what it is. Only what differs is sent: a change of name needs none of the permissions.
    pub fn changes(self, client: &Client) -> UpdateClient {
        let created = self.to_create();
        let redirect_uris = texts(&client.redirect_uris);
        let post_logout_redirect_uris = texts(&client.post_logout_redirect_uris);
        UpdateClient {
            name: differs(created.name, client.name.as_str()),
            redirect_uris: differs(created.redirect_uris, redirect_uris.as_slice()),
            post_logout_redirect_uris: differs(
                created.post_logout_redirect_uris,
                post_logout_redirect_uris.as_slice(),
            ),
            scopes: differs(sorted(created.scopes), sorted(scopes(client)).as_slice()),
            permissions: differs(sorted(created.permissions), sorted(permissions(client)).as_slice()),
            skip_consent: (created.skip_consent != client.skip_consent).then_some(created.skip_consent),
            disabled: None,
        }
    }

    /// What is asked of people comes with an ID token, or not at all.
    fn chosen_scopes(self) -> Vec<String> {
        let scopes = self.scopes.get_untracked();
        if signs_in(&scopes) { scopes } else { Vec::new() }
    }
}

fn signs_in(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| scope == Scope::Openid.as_str())
}

fn differs<T: PartialEq<U>, U: ?Sized>(value: T, before: &U) -> Option<T> {
    (value != *before).then_some(value)
}

fn texts(uris: &[RedirectUri]) -> Vec<String> {
    uris.iter().map(ToString::to_string).collect()
}

fn scopes(client: &Client) -> Vec<String> {
    client.scopes.iter().map(|scope| scope.as_str().to_owned()).collect()
}

fn permissions(client: &Client) -> Vec<String> {
    client.permissions.iter().map(|permission| permission.as_str().to_owned()).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Client {
        serde_json::from_value(serde_json::json!({
            "id": "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001", "name": "Time sheets", "kind": "confidential",
            "redirect_uris": ["https://app.example/callback"], "post_logout_redirect_uris": [],
            "scopes": ["openid", "profile"], "permissions": ["users:write", "users:read"],
            "skip_consent": false, "disabled": false, "secrets": [], "version": 3,
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        }))
        .unwrap()
    }

    #[test]
    fn what_stays_is_not_sent() {
        let owner = Owner::new();
        owner.set();
        let draft = Draft::of(&client());
        draft.permissions.update(|permissions| permissions.reverse());
        let sent = |draft: Draft| serde_json::to_value(draft.changes(&client())).unwrap();
        assert_eq!(sent(draft), serde_json::json!({}));
        draft.redirect_uris.set("https://app.example/callback\n\n https://b.example ".into());
        draft.skip_consent.set(true);
        assert_eq!(
            sent(draft),
            serde_json::json!({
                "redirect_uris": ["https://app.example/callback", "https://b.example"], "skip_consent": true,
            })
        );
    }

    #[test]
    fn what_a_form_no_longer_shows_is_not_sent() {
        let owner = Owner::new();
        owner.set();
        let draft = Draft::of(&client());
        draft.kind.set(ClientKind::Public);
        draft.scopes.update(|scopes| scopes.retain(|scope| scope != "openid"));
        let created = draft.to_create();
        assert!(created.permissions.is_empty() && created.scopes.is_empty());
    }
}
