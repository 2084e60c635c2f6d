//! What an application may ask of a person, and how.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{AuthorizationRequest, Client, ScopeSet};
use credentials::is_code_challenge;

/// The most characters that an ID token repeats.
const MOST_NONCE: usize = 500;

/// A refusal that the application is told: `error` and `error_description` (RFC 6749 §4.1.2.1).
pub struct Refused(pub &'static str, pub &'static str);

/// What is asked for.
pub struct Wanted<'a> {
    /// What the application is to be allowed.
    pub scopes: ScopeSet,
    /// What the code verifier must hash to.
    pub code_challenge: &'a str,
    /// What the ID token is to repeat.
    pub nonce: Option<&'a str>,
    /// Nobody is to be asked anything.
    pub silent: bool,
    /// The person is to be asked again, whatever they have allowed.
    pub ask_again: bool,
    /// How long before the question the person may have proven who they are.
    max_age: Option<TimeDelta>,
}

impl<'a> Wanted<'a> {
    /// Reads a request of that application's.
    pub fn parse(request: &'a AuthorizationRequest, client: &Client) -> Result<Self, Refused> {
        refuse_malformed(request)?;
        refuse_unsupported(request)?;
        let code_challenge = request.code_challenge.as_deref().filter(|text| is_code_challenge(text));
        let code_challenge =
            code_challenge.filter(|_| request.code_challenge_method.as_deref() == Some("S256")).ok_or(
                Refused("invalid_request", "code_challenge is required, with code_challenge_method S256"),
            )?;
        let names = request.scope.as_deref().unwrap_or_default().split(' ').filter(|name| !name.is_empty());
        let scopes = ScopeSet::parse(names)
            .ok()
            .filter(|scopes| !scopes.is_empty() && scopes.is_within(&client.scopes))
            .ok_or(Refused("invalid_scope", "scope must name scopes that the client is registered for"))?;
        let nonce = given(request.nonce.as_deref());
        if nonce.is_some_and(|nonce| nonce.len() > MOST_NONCE) {
            return Err(Refused("invalid_request", "nonce is too long"));
        }
        let prompts: Vec<_> = request.prompt.as_deref().unwrap_or_default().split_whitespace().collect();
        let asks = |prompt: &str| prompts.contains(&prompt);
        if prompts.iter().any(|prompt| !["none", "login", "consent"].contains(prompt))
            || (asks("none") && prompts.len() > 1)
        {
            return Err(Refused("invalid_request", "prompt must be none, or login and consent"));
        }
        let max_age = given(request.max_age.as_deref()).map(parse_max_age).transpose()?;
        let max_age = if asks("login") { Some(TimeDelta::zero()) } else { max_age };
        Ok(Self { scopes, code_challenge, nonce, silent: asks("none"), ask_again: asks("consent"), max_age })
    }

    /// Whether the person, who was authenticated then, was so recently enough.
    pub fn takes_proof_of(&self, authenticated_at: DateTime<Utc>, asked_at: DateTime<Utc>) -> bool {
        self.max_age.is_none_or(|age| authenticated_at >= asked_at - age)
    }
}

/// A parameter, unless it is empty, which is as if it were left out (RFC 6749 §3.1).
pub fn given(parameter: Option<&str>) -> Option<&str> {
    parameter.filter(|value| !value.is_empty())
}

fn refuse_malformed(request: &AuthorizationRequest) -> Result<(), Refused> {
    if request.repeated {
        return Err(Refused("invalid_request", "a parameter is there twice"));
    }
    let kept = [given(request.state.as_deref()), given(request.nonce.as_deref())];
    if kept.into_iter().flatten().any(|value| value.contains(char::is_control)) {
        return Err(Refused("invalid_request", "state and nonce must have no control characters"));
    }
    Ok(())
}

fn refuse_unsupported(request: &AuthorizationRequest) -> Result<(), Refused> {
    if given(request.request.as_deref()).is_some() {
        return Err(Refused("request_not_supported", "request objects are not supported"));
    }
    if given(request.request_uri.as_deref()).is_some() {
        return Err(Refused("request_uri_not_supported", "request objects are not supported"));
    }
    match given(request.response_type.as_deref()) {
        Some("code") => {}
        Some(_) => return Err(Refused("unsupported_response_type", "response_type must be code")),
        None => return Err(Refused("invalid_request", "response_type is missing")),
    }
    match given(request.response_mode.as_deref()) {
        None | Some("query") => Ok(()),
        Some(_) => Err(Refused("invalid_request", "response_mode must be query")),
    }
}

/// Seconds; more than a century says nothing more.
fn parse_max_age(text: &str) -> Result<TimeDelta, Refused> {
    let seconds = text.parse::<u32>().map_err(|_| Refused("invalid_request", "max_age must be seconds"))?;
    Ok(TimeDelta::seconds(seconds.into()))
}
