//! `OpenID` Connect: an ID token says who somebody is, and the library says whether it may be believed.

use std::time::Duration;

use contract::{AuthorizationPurpose, Email, Locale};
use oauth2::{AuthType, AuthorizationCode, ClientId, ClientSecret, PkceCodeChallenge, Scope};
use openidconnect::{
    ClaimsVerificationError, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    UserInfoError,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreGenderClaim,
        CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Algorithm,
    },
};
use platform::{Result, clock};
use serde::{Deserialize, Serialize};

use super::{
    Profile, Provider, display_name,
    metadata::{self, Metadata},
    outbound,
};
use crate::flow::Flow;

/// How ID tokens may be signed: with keys that are the issuer's alone. Not with the client's secret, which is no key, and
/// never not at all, whatever an issuer announces.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

fn client(provider: &Provider, metadata: &Metadata) -> Client {
    let id = ClientId::new(provider.config.client_id.clone());
    let secret = ClientSecret::new(provider.config.client_secret.clone());
    let client = CoreClient::from_provider_metadata(metadata.clone(), id, Some(secret))
        .set_redirect_uri(provider.redirect_url.clone());
    // What an issuer takes unless it says otherwise (Discovery 1.0 §3).
    let basic = metadata
        .token_endpoint_auth_methods_supported()
        .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    client.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody })
}

/// Where to send the browser.
pub async fn authorization_url(
    provider: &Provider,
    issuer: &str,
    flow: &Flow,
    purpose: AuthorizationPurpose,
) -> Result<String> {
    let client = client(provider, &*metadata::get(provider, issuer).await?);
    let (state, nonce) = (flow.state(), flow.nonce());
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
        .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&flow.verifier()));
    if purpose == AuthorizationPurpose::StepUp {
        request = request.set_max_age(Duration::ZERO).add_prompt(CoreAuthPrompt::Login);
    }
    Ok(request.url().0.into())
}

/// Refuses an answer that names another issuer, or none where this one always does.
pub async fn check_issuer(provider: &Provider, issuer: &str, answering: Option<&str>) -> Result<()> {
    let metadata = metadata::get(provider, issuer).await?;
    let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match answering {
        Some(answering) if answering == issuer => Ok(()),
        None if !named => Ok(()),
        _ => Err(provider.failed(&"the answer is another issuer's")),
    }
}

/// Whom the issuer vouches for.
pub async fn profile(provider: &Provider, issuer: &str, flow: &Flow, code: String) -> Result<Profile> {
    let metadata = metadata::get(provider, issuer).await?;
    let client = client(provider, &metadata);
    let exchange =
        client.exchange_code(AuthorizationCode::new(code)).map_err(|error| provider.failed(&error))?;
    let tokens = exchange.set_pkce_verifier(flow.verifier()).request_async(&outbound::send).await;
    let tokens = tokens.map_err(|error| provider.no_tokens(error))?;
    let id_token =
        tokens.extra_fields().id_token().ok_or_else(|| provider.failed(&"there is no ID token"))?;
    let claims = verify(provider, issuer, &client, id_token, flow).await?;
    let mut told = Told::of(&claims);
    if told.email.is_none() && metadata.userinfo_endpoint().is_some() {
        let access_token = oauth2::TokenResponse::access_token(&tokens).clone();
        let request = client.user_info(access_token, Some(claims.subject().clone()));
        let request = request.map_err(|error| provider.failed(&error))?;
        let more = request.request_async::<EmptyAdditionalClaims, _, CoreGenderClaim>(&outbound::send).await;
        told = Told::of(&more.map_err(|error| match error {
            UserInfoError::Request(error) => provider.unanswered(&error),
            other => provider.failed(&other),
        })?);
    }
    Ok(Profile {
        issuer: issuer.to_owned(),
        subject: claims.subject().to_string(),
        email: told.email.and_then(|email| Email::parse(&email).ok()),
        email_verified: told.email_verified,
        name: told.name.as_deref().and_then(display_name),
        locale: told.locale.and_then(|tag| Locale::parse(&tag).ok()),
        asked_at: claims.auth_time(),
    })
}

/// The claims of an ID token for this installation, this browser and this authorization.
async fn verify(
    provider: &Provider,
    issuer: &str,
    client: &Client,
    token: &CoreIdToken,
    flow: &Flow,
) -> Result<CoreIdTokenClaims> {
    let nonce = flow.nonce();
    let claims = match token.claims(&verifier(client), &nonce) {
        // The keys may have been changed since they were fetched.
        Err(ClaimsVerificationError::SignatureVerification(_)) => {
            let renewed = self::client(provider, &*metadata::fetch(provider, issuer).await?);
            token.claims(&verifier(&renewed), &nonce).cloned()
        }
        claims => claims.cloned(),
    };
    claims.map_err(|error| provider.failed(&error))
}

fn verifier(client: &Client) -> CoreIdTokenVerifier<'_> {
    client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(clock::now)
}

/// What an ID token or the user info endpoint tells beyond the subject: they have the same names in both.
#[derive(Default, Deserialize)]
struct Told {
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    name: Option<String>,
    locale: Option<String>,
}

impl Told {
    fn of(claims: &impl Serialize) -> Self {
        serde_json::to_value(claims).and_then(serde_json::from_value).unwrap_or_default()
    }
}
