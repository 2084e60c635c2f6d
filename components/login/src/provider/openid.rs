//! `OpenID` Connect: an ID token says who somebody is, and the library says whether it may be believed.

use std::time::Duration;

use contract::{AuthorizationPurpose, Email, IdentityProviderId, Locale};
use oauth2::{AuthType, AuthorizationCode, ClientId, ClientSecret, PkceCodeChallenge, Scope};
use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, EmptyAdditionalClaims, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields, StandardErrorResponse,
    StandardTokenResponse, UserInfoError,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod, CoreErrorResponseType,
        CoreGenderClaim, CoreIdTokenVerifier, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm as Algorithm, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use platform::{Result, clock};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// What Google says beyond the standard.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
struct GoogleClaims {
    /// The domain of an account that an organisation has with Google. Another issuer may mean anything by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hd: Option<Value>,
}

impl AdditionalClaims for GoogleClaims {}

type IdToken =
    openidconnect::IdToken<GoogleClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Algorithm>;
type Claims = IdTokenClaims<GoogleClaims, CoreGenderClaim>;
type TokenFields = IdTokenFields<
    GoogleClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    Algorithm,
>;
type Client = openidconnect::Client<
    GoogleClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
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
    let client = Client::from_provider_metadata(metadata.clone(), id, Some(secret))
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
    let email = told.email.and_then(|email| Email::parse(&email).ok());
    let vouches = provider.id() != IdentityProviderId::Google
        || email.as_ref().is_some_and(|email| is_googles(email, claims.additional_claims()));
    Ok(Profile {
        issuer: issuer.to_owned(),
        subject: claims.subject().to_string(),
        email,
        email_verified: told.email_verified && vouches,
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
    token: &IdToken,
    flow: &Flow,
) -> Result<Claims> {
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

/// Whether Google answers for an address: those of its own mail, and those of organisations that have theirs with it
/// (`hd`). Any other its owner has proven once, and it may be somebody else's since.
fn is_googles(email: &Email, claims: &GoogleClaims) -> bool {
    let hosted = claims.hd.as_ref().and_then(Value::as_str);
    matches!(email.domain(), "gmail.com" | "googlemail.com")
        || hosted.is_some_and(|domain| !domain.is_empty())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn google_answers_for_the_addresses_that_it_hosts() {
        for (email, claims, authoritative) in [
            ("Grace@GMail.com", json!({}), true),
            ("grace@googlemail.com", json!({}), true),
            ("grace@example.org", json!({ "hd": "example.org" }), true),
            ("grace@example.org", json!({}), false),
            ("grace@example.org", json!({ "hd": "" }), false),
            ("grace@example.org", json!({ "hd": null }), false),
            ("grace@example.org", json!({ "hd": ["example.org"] }), false),
            ("grace@gmail.com.example.org", json!({}), false),
            ("grace@notgmail.com", json!({}), false),
        ] {
            let parsed: GoogleClaims = serde_json::from_value(claims.clone()).unwrap();
            let email = Email::parse(email).unwrap();
            assert_eq!(is_googles(&email, &parsed), authoritative, "{email} {claims}");
        }
    }
}
