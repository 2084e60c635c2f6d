//! What an access token says.

use chrono::{DateTime, TimeDelta, Utc, serde::ts_seconds};
use contract::{ClientId, RoleName, SessionId, UserId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The `typ` header of an access token (RFC 9068 §2.1): no other JWT can pass for one.
pub(crate) const MEDIA_TYPE: &str = "at+jwt";

/// What a JWT of ours says.
pub trait TokenClaims: Serialize + DeserializeOwned {
    /// The `typ` header: a token of one kind never passes for one of another.
    const MEDIA_TYPE: &'static str = MEDIA_TYPE;

    /// `iat`.
    fn issued_at(&self) -> DateTime<Utc>;

    /// `exp`: from then on it is refused.
    fn expires_at(&self) -> DateTime<Utc>;
}

macro_rules! times {
    ($($claims:ty),+) => {$(
        impl TokenClaims for $claims {
            fn issued_at(&self) -> DateTime<Utc> {
                self.issued_at
            }

            fn expires_at(&self) -> DateTime<Utc> {
                self.expires_at
            }
        }
    )+};
}

times!(Claims, ClientClaims, GrantClaims);

/// The claims of an access token (RFC 7519 §4.1, RFC 9068 §2.2). A signed token has whole
/// seconds: what is below is cut off.
///
/// `client_id` is absent: the client is Matrice's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// `iss`: the URL that signed it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `aud`: who may accept it.
    #[serde(rename = "aud")]
    pub audience: String,
    /// `sub`: the account.
    #[serde(rename = "sub")]
    pub user_id: UserId,
    /// `sid`: the session, by which it can be ended before it expires.
    #[serde(rename = "sid")]
    pub session_id: SessionId,
    /// `roles`, sorted.
    pub roles: Vec<RoleName>,
    /// `iat`.
    #[serde(rename = "iat", with = "ts_seconds")]
    pub issued_at: DateTime<Utc>,
    /// `exp`: from then on it is refused; [`ACCESS_TOKEN_LIFETIME`] after `issued_at`.
    #[serde(rename = "exp", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
    /// `jti`: no two tokens have the same.
    #[serde(rename = "jti")]
    pub token_id: Uuid,
}

/// The claims of an access token that an application calls Matrice's API with in its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientClaims {
    /// `iss`: the URL that signed it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `aud`: who may accept it.
    #[serde(rename = "aud")]
    pub audience: String,
    /// `sub`: the application (RFC 9068 §2.2).
    #[serde(rename = "sub")]
    pub subject: ClientId,
    /// `client_id`: the same.
    pub client_id: ClientId,
    /// `scope`: permissions, separated by spaces.
    pub scope: String,
    /// `iat`.
    #[serde(rename = "iat", with = "ts_seconds")]
    pub issued_at: DateTime<Utc>,
    /// `exp`.
    #[serde(rename = "exp", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
    /// `jti`: no two tokens have the same.
    #[serde(rename = "jti")]
    pub token_id: Uuid,
}

/// The claims of an access token that an application got for a person: good for the application's own API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantClaims {
    /// `iss`: the URL that signed it.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// `aud`: the application, which alone may accept it.
    #[serde(rename = "aud")]
    pub audience: ClientId,
    /// `sub`: the account.
    #[serde(rename = "sub")]
    pub user_id: UserId,
    /// `client_id`: the application.
    pub client_id: ClientId,
    /// `grant_id`: the authorization, by which it can be ended before it expires.
    pub grant_id: Uuid,
    /// `scope`, separated by spaces.
    pub scope: String,
    /// `auth_time`: when the person last proved who they are; where a provider vouched for them that doesn't tell, when
    /// they signed in.
    #[serde(rename = "auth_time", with = "ts_seconds")]
    pub authenticated_at: DateTime<Utc>,
    /// `iat`.
    #[serde(rename = "iat", with = "ts_seconds")]
    pub issued_at: DateTime<Utc>,
    /// `exp`.
    #[serde(rename = "exp", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
    /// `jti`: no two tokens have the same.
    #[serde(rename = "jti")]
    pub token_id: Uuid,
}

/// One of two kinds of claims, told apart by what they have.
macro_rules! either {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident($claims:ty),)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum $name {
            $($(#[$variant_doc])* $variant($claims),)+
        }

        impl TokenClaims for $name {
            fn issued_at(&self) -> DateTime<Utc> {
                match self { $(Self::$variant(claims) => claims.issued_at,)+ }
            }

            fn expires_at(&self) -> DateTime<Utc> {
                match self { $(Self::$variant(claims) => claims.expires_at,)+ }
            }
        }
    };
}

either! {
    /// What Matrice's API is called with.
    ApiClaims {
        /// By a person who is signed in.
        Session(Claims),
        /// By an application in its own name.
        Client(ClientClaims),
    }
}

either! {
    /// What an application may hold.
    ApplicationClaims {
        /// For a person.
        Grant(GrantClaims),
        /// In its own name.
        Client(ClientClaims),
    }
}
