//! `POST /api/core/v1/auth/oauth2/authorization`

use axum::Json as JsonBody;
use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    Authorization, AuthorizationRequest, AuthorizationStep, Client, ClientId, ClientKind, Me, ProblemCode,
    RedirectUri, ScopeSet, SessionId,
};
use credentials::{OpaqueToken, TokenKind, os_rng};
use platform::{
    Error, Result, clock,
    config::Site,
    db::Db,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
};
use store::{
    Caller, Enrolling, Requirement, oauth_client,
    oauth_grant::{self, NewGrant},
};

use super::{
    hint, redirect,
    rules::{Refused, Wanted, given},
};
use crate::{attempts, visit::Visit};

/// How long a code waits to be exchanged.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
/// How long somebody may take to sign in and decide.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// Asks whether an application may sign the person in
///
/// What the page at `/authorize` asks with its own query. A wrong application or address is refused here and nobody is
/// sent there; whatever else is wrong goes to the application, as `error` in the query of `redirect_to` (RFC 6749
/// §4.1.2.1). Where the person has allowed it before, `redirect_to` has the code at once, unless anybody could be that
/// application: one without a secret, at an address that others may take. Permission: none, somebody who is not signed in
/// is told to.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/oauth2/authorization",
    tag = "oauth2",
    request_body = AuthorizationRequest,
    responses(
        (status = 200, body = Authorization, description = "What comes next"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        // Behind the others, one of which has a 400 too.
        (status = 400, body = contract::Problem, content_type = "application/problem+json",
            description = "`client_invalid`: unknown or disabled. `redirect_uri_invalid`: not one of its addresses. \
                `malformed_request`"),
    ),
)]
pub async fn authorization(
    caller: Result<Caller<Enrolling>>,
    visit: Visit,
    Json(request): Json<AuthorizationRequest>,
) -> Result<JsonBody<Authorization>> {
    let answer = match signed_in(caller)? {
        Some(caller) => answer(Some(&caller), &caller.db, &visit, &request, Decision::Open).await?,
        None => answer::<Enrolling>(None, &Db::connect().await?, &visit, &request, Decision::Open).await?,
    };
    Ok(JsonBody(answer))
}

/// What the person says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They have not been asked.
    Open,
    /// They allow it.
    Allowed,
    /// They don't.
    Denied,
}

/// A question whose answer may be sent to the application.
struct Question<'a> {
    site: &'a Site,
    client: Client,
    redirect_uri: RedirectUri,
    state: Option<&'a str>,
    asked_at: DateTime<Utc>,
}

impl Question<'_> {
    fn next(self, step: AuthorizationStep, scopes: ScopeSet, redirect_to: Option<String>) -> Authorization {
        let Client { id: client_id, name: client_name, .. } = self.client;
        Authorization { step, client_id, client_name, scopes, asked_at: self.asked_at, redirect_to }
    }

    /// `iss` says whose answer it is (RFC 9207).
    fn redirect(self, scopes: ScopeSet, parameters: &[(&str, Option<&str>)]) -> Authorization {
        let own = [("state", self.state), ("iss", Some(self.site.issuer()))];
        let to = redirect::with_query(&self.redirect_uri, &[parameters, &own].concat());
        self.next(AuthorizationStep::Redirect, scopes, Some(to))
    }

    /// The person has to do something, unless nobody is to be asked anything.
    fn wait(self, step: AuthorizationStep, wanted: Wanted<'_>, refused: Refused) -> Authorization {
        if wanted.silent { self.refuse(refused) } else { self.next(step, wanted.scopes, None) }
    }

    /// Whether nobody else can pass for the application (RFC 8252 §8.6): it has a secret to get its tokens with, or an
    /// address that is its own, as those of schemes and ports of the person's machine are not.
    fn is_of_one_application(&self) -> bool {
        self.client.kind == ClientKind::Confidential || self.redirect_uri.as_str().starts_with("https://")
    }

    fn refuse(self, Refused(error, description): Refused) -> Authorization {
        let parameters = [("error", Some(error)), ("error_description", Some(description))];
        self.redirect(ScopeSet::default(), &parameters)
    }
}

/// How far the request is, and the code where nothing stands in the way.
pub async fn answer<R: Requirement<Me = Me, Session = SessionId>>(
    caller: Option<&Caller<R>>,
    db: &Db,
    visit: &Visit,
    request: &AuthorizationRequest,
    decision: Decision,
) -> Result<Authorization> {
    attempts::count_authorization(db, &visit.client).await?;
    let id = request.client_id.as_deref().and_then(|id| id.parse::<ClientId>().ok());
    let account = caller.map(|caller| (caller.me.id, caller.session));
    let found = oauth_client::find(db, id.ok_or(ProblemCode::ClientInvalid)?, account).await?;
    let found = found.ok_or(ProblemCode::ClientInvalid)?;
    let redirect_uri = registered(&found.client.redirect_uris, request.redirect_uri.as_deref())?;
    let now = clock::now();
    let asked_at = request.asked_at.filter(|asked| (now - PATIENCE..=now).contains(asked)).unwrap_or(now);
    let state = given(request.state.as_deref());
    let question = Question { site: visit.site, client: found.client, redirect_uri, state, asked_at };
    let wanted = match Wanted::parse(request, &question.client) {
        Ok(wanted) => wanted,
        Err(refused) => return Ok(question.refuse(refused)),
    };
    if decision == Decision::Denied {
        return Ok(question.refuse(Refused("access_denied", "the person said no")));
    }
    let me = caller.map(|caller| &caller.me);
    if let Some(refused) = refuse_person(me, request, &wanted, &question).await? {
        return Ok(question.refuse(refused));
    }
    let authenticated_at = found.authenticated_at.filter(|at| wanted.takes_proof_of(*at, asked_at));
    let (Some(caller), Some(authenticated_at)) = (caller, authenticated_at) else {
        let step = if caller.is_some() { AuthorizationStep::Prove } else { AuthorizationStep::SignIn };
        return Ok(question.wait(step, wanted, Refused("login_required", "the person has to sign in")));
    };
    let remembered = found.allowed.is_some_and(|known| wanted.scopes.is_within(&known));
    let allowed = question.is_of_one_application() && (question.client.skip_consent || remembered);
    if decision == Decision::Open && (wanted.ask_again || !allowed) {
        let refused = Refused("consent_required", "the person has to be asked");
        return Ok(question.wait(AuthorizationStep::Consent, wanted, refused));
    }
    issue(caller, question, wanted, authenticated_at, decision, now).await
}

/// Why the application can't be told of this person, where it can't: it expects another, or they have to turn on a
/// second factor, which nobody can who isn't to be asked anything.
async fn refuse_person(
    me: Option<&Me>,
    request: &AuthorizationRequest,
    wanted: &Wanted<'_>,
    question: &Question<'_>,
) -> Result<Option<Refused>> {
    if let Some(token) = given(request.id_token_hint.as_deref()) {
        let hint = hint::read(question.site, token).await?;
        let Some(hint) = hint.filter(|hint| hint.audience == question.client.id) else {
            return Ok(Some(Refused("invalid_request", "id_token_hint is not an ID token of the client's")));
        };
        if me.is_some_and(|me| me.id.to_string() != hint.person.sub) {
            return Ok(Some(Refused("login_required", "somebody else is signed in")));
        }
    }
    if !me.is_some_and(|me| me.second_factor.is_missing()) {
        Ok(None)
    } else if wanted.silent {
        Ok(Some(Refused("interaction_required", "the person has to turn on a second factor")))
    } else {
        Err(ProblemCode::SecondFactorRequired.into())
    }
}

/// The code, on its way to the application.
async fn issue<R: Requirement<Me = Me, Session = SessionId>>(
    caller: &Caller<R>,
    question: Question<'_>,
    wanted: Wanted<'_>,
    authenticated_at: DateTime<Utc>,
    decision: Decision,
    now: DateTime<Utc>,
) -> Result<Authorization> {
    let code = OpaqueToken::generate(TokenKind::AuthorizationCode, &mut os_rng());
    let grant = NewGrant {
        client: question.client.id,
        user: caller.me.id,
        session: caller.session,
        scopes: &wanted.scopes,
        nonce: wanted.nonce,
        authenticated_at,
        code: code.hash(),
        redirect_uri: &question.redirect_uri,
        code_challenge: wanted.code_challenge,
        now,
        expires_at: now + CODE_LIFETIME,
        asked: decision == Decision::Allowed,
    };
    oauth_grant::issue(&caller.db, grant).await?;
    Ok(question.redirect(wanted.scopes, &[("code", Some(code.expose()))]))
}

/// Nobody, where there is no session: they are to sign in. A session that goes on is refreshed first.
fn signed_in<R: Requirement>(caller: Result<Caller<R>>) -> Result<Option<Caller<R>>> {
    match caller {
        Err(Error::Refused(ProblemCode::Unauthenticated | ProblemCode::SessionEnded)) => Ok(None),
        other => other.map(Some),
    }
}

/// The address that is asked for, where it is one of those.
pub fn registered(known: &[RedirectUri], asked: Option<&str>) -> Result<RedirectUri> {
    let asked = asked.and_then(|asked| RedirectUri::parse(asked).ok());
    let asked = asked.filter(|asked| known.iter().any(|known| known.admits(asked)));
    Ok(asked.ok_or(ProblemCode::RedirectUriInvalid)?)
}
