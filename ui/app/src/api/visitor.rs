//! What somebody who isn't signed in can do.

use contract::{
    BeginAuthorization, BegunAuthorization, CompleteSignUpRequest, ConfirmEmailRequest,
    ForgotPasswordRequest, IdentityProvider, IdentityProviderId, LoginRequest, Me, Page, PasskeyCeremony,
    PasskeyChallengeRequest, PasskeySignInRequest, PendingAuthorization, ProviderCallback,
    ResetPasswordRequest, SecondFactorChallenge, SecondFactorRequest, SetupRequest, SignUpRequest,
    SignUpRules,
};
use serde::Serialize;

use super::connection::{Connection, decode};
use super::error::ApiError;
use super::session::Session;
use super::transport::{Method, Request};

/// Where the API has the providers.
pub const IDENTITY_PROVIDERS: &str = "/api/core/v1/auth/identity-providers";

/// What the API does with one of them.
pub(super) fn provider_path(provider: IdentityProviderId, verb: &str) -> String {
    format!("{IDENTITY_PROVIDERS}/{}/{verb}", provider.as_str())
}

/// A client without an account.
#[derive(Clone)]
pub struct Visitor {
    pub(super) connection: Connection,
}

/// What the right password, or a provider's word, leads to.
pub enum SignIn {
    /// The person is signed in.
    Complete(Session),
    /// A second factor is on, and asked for.
    Challenged(SecondFactorChallenge),
}

impl Visitor {
    /// A visitor over this connection.
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Takes up the session that the browser's cookies may hold: `None` where they hold none.
    pub async fn resume(&self) -> Result<Option<(Session, Me)>, ApiError> {
        match self.connection.send_signed_in(Request::get("/api/core/v1/me")).await {
            Ok(response) => Ok(Some((Session::new(self.connection.clone()), decode(&response)?))),
            Err(ApiError::SignedOut) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Signs in, or takes the first of two steps.
    pub async fn sign_in(&self, request: &LoginRequest) -> Result<SignIn, ApiError> {
        self.first_step("/api/core/v1/auth/login", request).await
    }

    /// The providers that one can sign in with.
    pub async fn identity_providers(&self) -> Result<Page<IdentityProvider>, ApiError> {
        decode(&self.connection.send(Request::get(IDENTITY_PROVIDERS)).await?)
    }

    /// Where to go to sign in with a provider.
    pub async fn begin_authorization(
        &self,
        provider: IdentityProviderId,
        request: &BeginAuthorization,
    ) -> Result<BegunAuthorization, ApiError> {
        let path = provider_path(provider, "authorization");
        decode(&self.connection.send(Request::with_body(Method::Post, path, request)).await?)
    }

    /// What somebody who comes back from a provider went there for.
    pub async fn pending_authorization(
        &self,
        provider: IdentityProviderId,
        state: &str,
    ) -> Result<PendingAuthorization, ApiError> {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("state", state).finish();
        let path = format!("{}?{query}", provider_path(provider, "authorization"));
        decode(&self.connection.send(Request::get(path)).await?)
    }

    /// Signs in by what a provider has answered, or takes the first of two steps. An account is made where there is none
    /// yet, and may be one.
    pub async fn sign_in_with(
        &self,
        provider: IdentityProviderId,
        response: &ProviderCallback,
    ) -> Result<SignIn, ApiError> {
        self.first_step(&provider_path(provider, "sign-in"), response).await
    }

    async fn first_step(&self, path: &str, body: &impl Serialize) -> Result<SignIn, ApiError> {
        let response = self.connection.send(Request::with_body(Method::Post, path, body)).await?;
        match response.status {
            202 => Ok(SignIn::Challenged(decode(&response)?)),
            _ => Ok(SignIn::Complete(Session::new(self.connection.clone()))),
        }
    }

    /// Begins to sign in with a passkey, which says itself whose it is.
    pub async fn begin_passkey(&self) -> Result<PasskeyCeremony, ApiError> {
        let request = Request::bare(Method::Post, "/api/core/v1/auth/passkeys/authentication");
        decode(&self.connection.send(request).await?)
    }

    /// Signs in with what a passkey has signed.
    pub async fn sign_in_with_passkey(&self, request: &PasskeySignInRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/passkeys/sign-in", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
    }

    /// Begins to take the second step with a passkey.
    pub async fn begin_passkey_challenge(
        &self,
        request: &PasskeyChallengeRequest,
    ) -> Result<PasskeyCeremony, ApiError> {
        let path = "/api/core/v1/auth/login/second-factor/passkey";
        decode(&self.connection.send(Request::with_body(Method::Post, path, request)).await?)
    }

    /// Takes the second step.
    pub async fn answer_challenge(&self, request: &SecondFactorRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/login/second-factor", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
    }

    /// Creates the first administrator, and signs them in.
    pub async fn set_up(&self, request: &SetupRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/setup", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
    }

    /// Who may ask for an account.
    pub async fn sign_up_rules(&self) -> Result<SignUpRules, ApiError> {
        decode(&self.connection.send(Request::get("/api/core/v1/auth/sign-up")).await?)
    }

    /// Asks for a mail with a link to make an account.
    pub async fn sign_up(&self, request: &SignUpRequest) -> Result<(), ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/sign-up", request);
        self.connection.send(request).await.map(|_| ())
    }

    /// Makes an account by such a link, or by an invitation's, and signs its owner in.
    pub async fn complete_sign_up(&self, request: &CompleteSignUpRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/sign-up/complete", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
    }

    /// Proves an address by the link that was mailed there.
    pub async fn confirm_email(&self, request: &ConfirmEmailRequest) -> Result<(), ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/email/confirm", request);
        self.connection.send(request).await.map(|_| ())
    }

    /// Asks for a mail with a link to choose another password. Whether it is sent, nobody is told.
    pub async fn forgot_password(&self, request: &ForgotPasswordRequest) -> Result<(), ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/password/forgot", request);
        self.connection.send(request).await.map(|_| ())
    }

    /// Chooses another password by such a link, which ends every session of the account.
    pub async fn reset_password(&self, request: &ResetPasswordRequest) -> Result<(), ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/password/reset", request);
        self.connection.send(request).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use contract::{PasskeyAssertion, ProblemCode, Transport};

    use super::*;
    use crate::api::scripted::{Scripted, answer, problem, run};

    fn credentials() -> LoginRequest {
        LoginRequest { email: "a@b.org".into(), password: "x".into(), transport: Transport::default() }
    }

    #[test]
    fn a_stranger_stays_a_visitor() {
        let script = Scripted::new();
        script.on("/api/core/v1/me", problem(ProblemCode::Unauthenticated));
        script.on("/api/core/v1/auth/refresh", problem(ProblemCode::Unauthenticated));
        let visitor = Visitor::new(Connection::new(script));
        assert!(matches!(run(visitor.resume()), Ok(None)));
    }

    #[test]
    fn a_wrong_password_is_told_as_it_is() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/login", problem(ProblemCode::InvalidCredentials));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let error = run(visitor.sign_in(&credentials())).err().and_then(|error| error.code());
        assert_eq!(error, Some(ProblemCode::InvalidCredentials));
        assert_eq!(script.count("/api/core/v1/auth/refresh"), 0);
        assert!(script.sent()[0].body.as_deref().unwrap().contains(r#""transport":"cookie""#));
    }

    #[test]
    fn signs_in() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/login", answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script));
        assert!(matches!(run(visitor.sign_in(&credentials())), Ok(SignIn::Complete(_))));
    }

    #[test]
    fn a_second_factor_is_a_second_step() {
        let script = Scripted::new();
        let challenge = r#"{"challenge":"mtc_1","methods":["totp"],"expires_in":300}"#;
        script.on("/api/core/v1/auth/login", answer(202, challenge));
        let path = "/api/core/v1/auth/login/second-factor";
        script.on(path, problem(ProblemCode::SecondFactorInvalid));
        script.on(path, answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let Ok(SignIn::Challenged(challenge)) = run(visitor.sign_in(&credentials())) else {
            panic!("signed in by the password alone");
        };
        let request = SecondFactorRequest {
            challenge: challenge.challenge,
            method: "totp".into(),
            code: "287082".into(),
            ..SecondFactorRequest::default()
        };
        let error = run(visitor.answer_challenge(&request)).err().and_then(|error| error.code());
        assert_eq!(error, Some(ProblemCode::SecondFactorInvalid));
        assert!(run(visitor.answer_challenge(&request)).is_ok());
        assert_eq!(
            script.count("/api/core/v1/auth/refresh"),
            0,
            "a wrong code is no session that has run out"
        );
        assert!(script.sent()[1].body.as_deref().unwrap().contains(r#""challenge":"mtc_1""#));
    }

    #[test]
    fn whoever_comes_back_from_a_provider_signs_in() {
        let script = Scripted::new();
        let begin = "/api/core/v1/auth/identity-providers/github/authorization";
        script.on(begin, answer(200, r#"{"authorization_url":"https://github.com/login"}"#));
        let pending = "/api/core/v1/auth/identity-providers/github/authorization?state=a%2Bb";
        script.on(pending, answer(200, r#"{"purpose":"sign_in","return_to":"/users?q=ada"}"#));
        let sign_in = "/api/core/v1/auth/identity-providers/github/sign-in";
        script.on(sign_in, problem(ProblemCode::AuthorizationDenied));
        script.on(sign_in, answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let provider = IdentityProviderId::GitHub;
        let authorization =
            run(visitor.begin_authorization(provider, &BeginAuthorization::default())).unwrap();
        assert_eq!(authorization.authorization_url, "https://github.com/login");
        let pending = run(visitor.pending_authorization(provider, "a+b")).unwrap();
        assert_eq!(pending.return_to.as_str(), "/users?q=ada");
        let response = ProviderCallback { state: "a+b".into(), ..ProviderCallback::default() };
        let error = run(visitor.sign_in_with(provider, &response)).err().and_then(|error| error.code());
        assert_eq!(error, Some(ProblemCode::AuthorizationDenied));
        assert!(matches!(run(visitor.sign_in_with(provider, &response)), Ok(SignIn::Complete(_))));
        assert_eq!(script.sent()[2].body.as_deref(), Some(r#"{"state":"a+b","transport":"cookie"}"#));
    }

    #[test]
    fn a_passkey_signs_in_by_itself_or_as_the_second_step() {
        let script = Scripted::new();
        let ceremony = r#"{"ceremony":"mtp_1","options":{"challenge":"AAAA"},"expires_in":300}"#;
        let step = "/api/core/v1/auth/login/second-factor";
        script.on("/api/core/v1/auth/passkeys/authentication", answer(200, ceremony));
        script.on("/api/core/v1/auth/passkeys/sign-in", problem(ProblemCode::PasskeyUnknown));
        script.on("/api/core/v1/auth/login/second-factor/passkey", answer(200, ceremony));
        script.on(step, answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let begun = run(visitor.begin_passkey()).unwrap();
        assert_eq!(begun.options["challenge"], "AAAA");
        let credential = serde_json::json!({ "id": "BBBB" });
        let assertion = PasskeyAssertion { ceremony: begun.ceremony, credential: credential.clone() };
        let request = PasskeySignInRequest { assertion, ..PasskeySignInRequest::default() };
        let error = run(visitor.sign_in_with_passkey(&request)).err().and_then(|error| error.code());
        assert_eq!(error, Some(ProblemCode::PasskeyUnknown));
        let asked = PasskeyChallengeRequest { challenge: "mtc_1".into() };
        let begun = run(visitor.begin_passkey_challenge(&asked)).unwrap();
        let request = SecondFactorRequest {
            challenge: "mtc_1".into(),
            method: "passkey".into(),
            passkey: Some(PasskeyAssertion { ceremony: begun.ceremony, credential }),
            ..SecondFactorRequest::default()
        };
        assert!(run(visitor.answer_challenge(&request)).is_ok());
        let sent: Vec<_> =
            script.sent().into_iter().map(|request| request.body.unwrap_or_default()).collect();
        assert_eq!(sent[1], r#"{"ceremony":"mtp_1","credential":{"id":"BBBB"},"transport":"cookie"}"#);
        assert_eq!(sent[2], r#"{"challenge":"mtc_1"}"#);
        assert!(
            sent[3].contains(r#""passkey":{"ceremony":"mtp_1","credential":{"id":"BBBB"}}"#),
            "{}",
            sent[3]
        );
    }

    #[test]
    fn an_account_is_made_by_a_link_and_its_owner_signed_in() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/sign-up", answer(202, ""));
        script.on("/api/core/v1/auth/sign-up/complete", answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script.clone()));
        assert_eq!(run(visitor.sign_up(&SignUpRequest { email: "a@b.org".into() })), Ok(()));
        let request = CompleteSignUpRequest { token: "mtl_1".into(), ..CompleteSignUpRequest::default() };
        assert!(run(visitor.complete_sign_up(&request)).is_ok());
        let sent = script.sent();
        assert_eq!(sent[0].body.as_deref(), Some(r#"{"email":"a@b.org"}"#));
        assert!(sent[1].body.as_deref().unwrap().contains(r#""transport":"cookie""#));
    }

    #[test]
    fn a_forgotten_password_is_answered_by_a_mail_alone() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/password/forgot", answer(202, ""));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let request = ForgotPasswordRequest { email: "a@b.org".into() };
        assert_eq!(run(visitor.forgot_password(&request)), Ok(()));
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"email":"a@b.org"}"#));
    }

    #[test]
    fn a_link_that_has_been_used_is_told_as_it_is() {
        let script = Scripted::new();
        let path = "/api/core/v1/auth/password/reset";
        script.on(path, answer(204, ""));
        script.on(path, problem(ProblemCode::LinkInvalid));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let request = ResetPasswordRequest { token: "mtl_1".into(), password: "a new one, longer".into() };
        assert_eq!(run(visitor.reset_password(&request)), Ok(()));
        let error = run(visitor.reset_password(&request)).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::LinkInvalid));
        assert_eq!(script.count("/api/core/v1/auth/refresh"), 0);
    }
}
