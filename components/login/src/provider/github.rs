//! GitHub: OAuth 2.0 and its REST API, because it has no ID tokens for people.

use contract::Email;
use http::{Request, header};
use oauth2::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, Scope, TokenResponse, TokenUrl, basic::BasicClient,
};
use platform::Result;
use serde::{Deserialize, de::DeserializeOwned};

use super::{Profile, Provider, display_name, outbound};
use crate::flow::Flow;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Of `GET /user`.
#[derive(Deserialize)]
struct User {
    /// Stays when the login changes; a login that was given up is somebody else's some day.
    id: u64,
    login: String,
    name: Option<String>,
}

/// Of `GET /user/emails`.
#[derive(Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

fn client(provider: &Provider, url: &str) -> Result<Client> {
    let auth_url = AuthUrl::new(format!("{url}/login/oauth/authorize")).map_err(anyhow::Error::from)?;
    let token_url = TokenUrl::new(format!("{url}/login/oauth/access_token")).map_err(anyhow::Error::from)?;
    Ok(BasicClient::new(ClientId::new(provider.config.client_id.clone()))
        // As GitHub documents it.
        .set_auth_type(AuthType::RequestBody)
        .set_client_secret(ClientSecret::new(provider.config.client_secret.clone()))
        .set_auth_uri(auth_url)
        .set_token_uri(token_url)
        .set_redirect_uri(provider.redirect_url.clone()))
}

/// Where to send the browser.
pub fn authorization_url(provider: &Provider, url: &str, flow: &Flow) -> Result<String> {
    let client = client(provider, url)?;
    let state = flow.state();
    let request = client
        .authorize_url(move || state)
        .add_scopes(["read:user", "user:email"].map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&flow.verifier()));
    Ok(request.url().0.into())
}

/// Whom GitHub vouches for.
pub async fn profile(
    provider: &Provider,
    url: &str,
    api_url: &str,
    flow: &Flow,
    code: String,
) -> Result<Profile> {
    let client = client(provider, url)?;
    let exchange = client.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(flow.verifier());
    let tokens = exchange.request_async(&outbound::send).await.map_err(|error| provider.no_tokens(error))?;
    let user: User = get(provider, &format!("{api_url}/user"), tokens.access_token()).await?;
    let addresses: Vec<Address> =
        get(provider, &format!("{api_url}/user/emails"), tokens.access_token()).await?;
    let primary = addresses.into_iter().find(|address| address.primary);
    Ok(Profile {
        issuer: url.to_owned(),
        subject: user.id.to_string(),
        email_verified: primary.as_ref().is_some_and(|address| address.verified),
        email: primary.and_then(|address| Email::parse(&address.email).ok()),
        name: user.name.as_deref().and_then(display_name).or_else(|| display_name(&user.login)),
        locale: None,
        asked_at: None,
    })
}

async fn get<T: DeserializeOwned>(provider: &Provider, url: &str, token: &AccessToken) -> Result<T> {
    let request = Request::get(url)
        .header(header::ACCEPT, "application/vnd.github+json")
        .header(header::AUTHORIZATION, format!("Bearer {}", token.secret()))
        // GitHub answers nobody without one.
        .header(header::USER_AGENT, "Matrice")
        .body(Vec::new())
        .map_err(anyhow::Error::from)?;
    let response = outbound::send(request).await.map_err(|error| provider.unanswered(&error))?;
    if !response.status().is_success() {
        return Err(provider.failed(&response.status()));
    }
    serde_json::from_slice(response.body()).map_err(|error| provider.failed(&error))
}
