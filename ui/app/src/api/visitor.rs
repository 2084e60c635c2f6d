//! What somebody who isn't signed in can do.

use contract::{ForgotPasswordRequest, LoginRequest, Me, ResetPasswordRequest, SetupRequest};

use super::connection::{Connection, decode};
use super::error::ApiError;
use super::session::Session;
use super::transport::{Method, Request};

/// A client without an account.
#[derive(Clone)]
pub struct Visitor {
    connection: Connection,
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

    /// Signs in.
    pub async fn sign_in(&self, request: &LoginRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/login", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
    }

    /// Creates the first administrator, and signs them in.
    pub async fn set_up(&self, request: &SetupRequest) -> Result<Session, ApiError> {
        let request = Request::with_body(Method::Post, "/api/core/v1/auth/setup", request);
        self.connection.send(request).await?;
        Ok(Session::new(self.connection.clone()))
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
    use contract::{ProblemCode, Transport};

    use super::*;
    use crate::api::scripted::{Scripted, answer, problem, run};

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
        let request =
            LoginRequest { email: "a@b.org".into(), password: "x".into(), transport: Transport::default() };
        let error = run(visitor.sign_in(&request)).err().and_then(|error| error.code());
        assert_eq!(error, Some(ProblemCode::InvalidCredentials));
        assert_eq!(script.count("/api/core/v1/auth/refresh"), 0);
        assert!(script.sent()[0].body.as_deref().unwrap().contains(r#""transport":"cookie""#));
    }

    #[test]
    fn signs_in() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/login", answer(200, r#"{"expires_in":600}"#));
        let visitor = Visitor::new(Connection::new(script));
        let request =
            LoginRequest { email: "a@b.org".into(), password: "x".into(), transport: Transport::default() };
        assert!(run(visitor.sign_in(&request)).is_ok());
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
