//! Other applications that people sign in to with their Matrice account: OAuth 2 and `OpenID` Connect.

mod authorization;
mod client;
mod redirect_uri;
mod scope;
mod sign_out;
mod token;

pub use authorization::{
    Authorization, AuthorizationDecision, AuthorizationRequest, AuthorizationStep, Consent,
};
pub use client::{
    Client, ClientChanges, ClientKind, ClientName, ClientSecret, CreateClient, CreatedClient,
    CreatedClientSecret, NewClient, UpdateClient,
};
pub use redirect_uri::RedirectUri;
pub use scope::{Scope, ScopeSet};
pub use sign_out::{EndSession, EndSessionRequest};
pub use token::{Introspection, OAuthError, OAuthErrorCode, TokenResponse, UserInfo};
