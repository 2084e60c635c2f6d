//! Applications that are registered, as an administrator sees them.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use super::{RedirectUri, Scope, ScopeSet};
use crate::{
    ClientId, ClientSecretId, FieldCode, FieldErrors, FieldRule, Permission, api_key::parse_permissions,
    field::line,
};

/// What people know an application by: one to 100 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = "Time sheets"))]
#[serde(transparent)]
pub struct ClientName(String);

impl ClientName {
    /// The most characters.
    pub const MAX: u32 = 100;

    /// Parses what a person typed.
    pub fn parse(text: &str) -> Result<Self, FieldRule> {
        line(text, Self::MAX).map(Self)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an application can keep a secret (RFC 6749 §2.1). It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ClientKind {
    /// It runs on a server, and has a secret.
    Confidential,
    /// It runs in browsers or on people's machines, and has none.
    Public,
}

impl ClientKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Confidential, Self::Public];

    /// The kind's name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confidential => "confidential",
            Self::Public => "public",
        }
    }

    /// Parses a kind's name.
    pub fn parse(name: &str) -> Result<Self, FieldRule> {
        if name.is_empty() {
            return Err(FieldRule::new(FieldCode::Required));
        }
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        found.ok_or(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// A secret of an application, without the secret itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientSecret {
    /// Its id.
    pub id: ClientSecretId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// An application that people sign in to with their Matrice account, or that calls the API in its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Client {
    /// Its `client_id`.
    pub id: ClientId,
    /// What people know it by.
    pub name: ClientName,
    /// Whether it can keep a secret.
    pub kind: ClientKind,
    /// Where answers to a sign-in may be sent.
    pub redirect_uris: Vec<RedirectUri>,
    /// Where people may be sent after signing out.
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// What it may ask of people.
    pub scopes: ScopeSet,
    /// What it may do in its own name, sorted (RFC 6749 §4.4).
    #[serde(deserialize_with = "known")]
    pub permissions: Vec<Permission>,
    /// Whether people are signed in without being asked: for applications of one's own.
    pub skip_consent: bool,
    /// Whether nobody can use it: no sign-in, no token, and those that are out are refused.
    pub disabled: bool,
    /// Its secrets, the oldest first: two while they are being rotated.
    pub secrets: Vec<ClientSecret>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with each change; the `ETag` of the client is this number in quotes.
    pub version: i64,
}

/// A permission that this build doesn't know allows nothing in it.
fn known<'de, D: Deserializer<'de>>(names: D) -> Result<Vec<Permission>, D::Error> {
    let names = Vec::<String>::deserialize(names)?;
    Ok(names.iter().filter_map(|name| Permission::parse(name)).collect())
}

/// Answer of `POST /api/core/v1/admin/clients`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedClient {
    /// What there is to know of it.
    pub client: Client,
    /// Its `client_secret`, where it is confidential. It is shown here and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "mtx_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub client_secret: Option<String>,
}

/// Answer of `POST /api/core/v1/admin/clients/{id}/secrets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedClientSecret {
    /// What there is to know of it.
    pub secret: ClientSecret,
    /// The `client_secret`. It is shown here and never again.
    #[cfg_attr(feature = "openapi", schema(example = "mtx_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"))]
    pub client_secret: String,
}

/// Body of `POST /api/core/v1/admin/clients`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateClient {
    /// What people know it by, 1 to 100 characters.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "Time sheets"))]
    #[serde(default)]
    pub name: String,
    /// `confidential` or `public`; it never changes.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "confidential"))]
    #[serde(default)]
    pub kind: String,
    /// Where answers to a sign-in may be sent, at most 20: `https`, `http` on the own machine, or a private-use scheme.
    #[cfg_attr(feature = "openapi", schema(example = json!(["https://app.example.org/callback"])))]
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where people may be sent after signing out, at most 20.
    #[cfg_attr(feature = "openapi", schema(example = json!(["https://app.example.org/"])))]
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// What it may ask of people: `openid`, `profile`, `email`, `offline_access`.
    #[cfg_attr(feature = "openapi", schema(example = json!(["openid", "profile"])))]
    #[serde(default)]
    pub scopes: Vec<String>,
    /// What it may do in its own name, each of which the caller holds; for confidential ones.
    #[cfg_attr(feature = "openapi", schema(example = json!(["users:read"])))]
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Whether people are signed in without being asked: for applications of one's own.
    #[cfg_attr(feature = "openapi", schema(example = false))]
    #[serde(default)]
    pub skip_consent: bool,
}

/// An application to be registered.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// What people know it by.
    pub name: ClientName,
    /// Whether it can keep a secret.
    pub kind: ClientKind,
    /// Where answers to a sign-in may be sent.
    pub redirect_uris: Vec<RedirectUri>,
    /// Where people may be sent after signing out.
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// What it may ask of people.
    pub scopes: ScopeSet,
    /// What it may do in its own name, sorted.
    pub permissions: Vec<Permission>,
    /// Whether people are signed in without being asked.
    pub skip_consent: bool,
}

impl CreateClient {
    /// Parses the fields.
    pub fn parse(&self) -> Result<NewClient, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", ClientName::parse(&self.name));
        let kind = errors.take("kind", ClientKind::parse(&self.kind));
        let redirects = errors.take("redirect_uris", RedirectUri::parse_all(&self.redirect_uris));
        let after = RedirectUri::parse_all(&self.post_logout_redirect_uris);
        let after = errors.take("post_logout_redirect_uris", after);
        let scopes = errors.take("scopes", parse_scopes(&self.scopes));
        let permissions = errors.take("permissions", parse_permissions(&self.permissions));
        match (name, kind, redirects, after, scopes, permissions) {
            (
                Some(name),
                Some(kind),
                Some(redirect_uris),
                Some(post_logout_redirect_uris),
                Some(scopes),
                Some(permissions),
            ) => {
                if kind == ClientKind::Public && !permissions.is_empty() {
                    return Err(FieldErrors::one("permissions", FieldRule::new(FieldCode::UnknownValue)));
                }
                let skip_consent = self.skip_consent;
                Ok(NewClient {
                    name,
                    kind,
                    redirect_uris,
                    post_logout_redirect_uris,
                    scopes,
                    permissions,
                    skip_consent,
                })
            }
            _ => Err(errors),
        }
    }
}

/// An ID token comes with everything that a person can allow.
fn parse_scopes(names: &[String]) -> Result<ScopeSet, FieldRule> {
    let scopes = ScopeSet::parse(names.iter().map(String::as_str))?;
    if scopes.is_empty() || scopes.has(Scope::Openid) {
        Ok(scopes)
    } else {
        Err(FieldRule::new(FieldCode::UnknownValue))
    }
}

/// Body of `PATCH /api/core/v1/admin/clients/{id}`: an absent field stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateClient {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Time sheets"))]
    pub name: Option<String>,
    /// All addresses for answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["https://app.example.org/callback"])))]
    pub redirect_uris: Option<Vec<String>>,
    /// All addresses for after signing out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["https://app.example.org/"])))]
    pub post_logout_redirect_uris: Option<Vec<String>>,
    /// All that it may ask of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["openid", "profile"])))]
    pub scopes: Option<Vec<String>>,
    /// All that it may do in its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(["users:read"])))]
    pub permissions: Option<Vec<String>>,
    /// Whether people are signed in without being asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub skip_consent: Option<bool>,
    /// Whether nobody can use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub disabled: Option<bool>,
}

/// What to change of an application.
#[derive(Debug, Clone)]
pub struct ClientChanges {
    /// The new name, if it changes.
    pub name: Option<ClientName>,
    /// All addresses for answers, if they change.
    pub redirect_uris: Option<Vec<RedirectUri>>,
    /// All addresses for after signing out, if they change.
    pub post_logout_redirect_uris: Option<Vec<RedirectUri>>,
    /// All that it may ask of people, if that changes.
    pub scopes: Option<ScopeSet>,
    /// All that it may do in its own name, sorted, if that changes.
    pub permissions: Option<Vec<Permission>>,
    /// Whether people are signed in without being asked, if that changes.
    pub skip_consent: Option<bool>,
    /// Whether nobody can use it, if that changes.
    pub disabled: Option<bool>,
}

impl ClientChanges {
    /// The names of the fields that are there, whether they change or not.
    pub fn fields(&self) -> Vec<String> {
        let fields = [
            ("name", self.name.is_some()),
            ("redirect_uris", self.redirect_uris.is_some()),
            ("post_logout_redirect_uris", self.post_logout_redirect_uris.is_some()),
            ("scopes", self.scopes.is_some()),
            ("permissions", self.permissions.is_some()),
            ("skip_consent", self.skip_consent.is_some()),
            ("disabled", self.disabled.is_some()),
        ];
        fields.into_iter().filter(|(_, given)| *given).map(|(name, _)| name.to_owned()).collect()
    }
}

impl UpdateClient {
    /// Parses the fields.
    pub fn parse(&self) -> Result<ClientChanges, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take_optional("name", self.name.as_deref(), ClientName::parse);
        let redirects =
            errors.take_optional("redirect_uris", self.redirect_uris.as_deref(), RedirectUri::parse_all);
        let after = self.post_logout_redirect_uris.as_deref();
        let after = errors.take_optional("post_logout_redirect_uris", after, RedirectUri::parse_all);
        let scopes = errors.take_optional("scopes", self.scopes.as_deref(), parse_scopes);
        let permissions = errors.take_optional("permissions", self.permissions.as_deref(), parse_permissions);
        let (skip_consent, disabled) = (self.skip_consent, self.disabled);
        match (name, redirects, after, scopes, permissions) {
            (
                Some(name),
                Some(redirect_uris),
                Some(post_logout_redirect_uris),
                Some(scopes),
                Some(permissions),
            ) => Ok(ClientChanges {
                name,
                redirect_uris,
                post_logout_redirect_uris,
                scopes,
                permissions,
                skip_consent,
                disabled,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_every_refused_field() {
        let wrong = vec!["nothing".to_owned()];
        let request = CreateClient {
            redirect_uris: wrong.clone(),
            post_logout_redirect_uris: wrong.clone(),
            scopes: vec!["profile".to_owned()],
            permissions: wrong,
            ..CreateClient::default()
        };
        let errors = request.parse().unwrap_err().into_vec();
        let found: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
        let expected = [
            ("name", FieldCode::Required),
            ("kind", FieldCode::Required),
            ("redirect_uris", FieldCode::InvalidFormat),
            ("post_logout_redirect_uris", FieldCode::InvalidFormat),
            ("scopes", FieldCode::UnknownValue),
            ("permissions", FieldCode::UnknownValue),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_public_client_does_nothing_in_its_own_name() {
        let request = CreateClient {
            name: "App".into(),
            kind: "public".into(),
            permissions: vec!["users:read".into()],
            ..CreateClient::default()
        };
        assert_eq!(request.parse().unwrap_err().into_vec()[0].field, "permissions");
    }

    #[test]
    fn an_unknown_permission_allows_nothing() {
        let names = serde_json::json!(["users:read", "users:burn"]);
        assert_eq!(known(names).unwrap(), [Permission::UsersRead]);
    }
}
