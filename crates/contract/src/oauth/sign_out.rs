//! Signing out, on the wish of an application (`OpenID` Connect RP-Initiated Logout 1.0).

use serde::{Deserialize, Serialize};

use super::ClientName;

/// Body of `POST /api/core/v1/auth/oauth2/end-session`: the query of the page, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct EndSessionRequest {
    /// An ID token that the application got; one that has expired will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"))]
    pub id_token_hint: Option<String>,
    /// Which application asks; that of the ID token, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001"))]
    pub client_id: Option<String>,
    /// Where the browser goes afterwards: one of the application's addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://app.example.org/"))]
    pub post_logout_redirect_uri: Option<String>,
    /// Comes back with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "af0ifjsldkj"))]
    pub state: Option<String>,
}

/// Answer of `POST /api/core/v1/auth/oauth2/end-session`. It has not signed anybody out: the page does, once it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndSession {
    /// What people know the application by, where it is known which one asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<ClientName>,
    /// Whether the ID token is of the very session of this request: then the person need not be asked.
    pub confirmed: bool,
    /// Where the browser goes after signing out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "https://app.example.org/?state=af0ifjsldkj"))]
    pub redirect_to: Option<String>,
}
