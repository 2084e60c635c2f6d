//! Other applications: signing in to them, what they have been allowed, and, in the back office, which there are.

use contract::{
    Authorization, AuthorizationDecision, AuthorizationRequest, Client, ClientId, ClientSecretId,
    CreateClient, CreatedClient, CreatedClientSecret, EndSession, EndSessionRequest, UpdateClient,
};

use super::connection::decode;
use super::error::ApiError;
use super::session::Session;
use super::transport::{Method, Request};
use super::visitor::Visitor;

const AUTHORIZATION: &str = "/api/core/v1/auth/oauth2/authorization";
const DECISION: &str = "/api/core/v1/auth/oauth2/authorization/decision";
const END_SESSION: &str = "/api/core/v1/auth/oauth2/end-session";
const CLIENTS: &str = "/api/core/v1/admin/clients";

impl Visitor {
    /// What becomes of an application's wish to sign somebody in, while nobody is.
    pub async fn authorize(&self, request: &AuthorizationRequest) -> Result<Authorization, ApiError> {
        decode(&self.connection.send(Request::with_body(Method::Post, AUTHORIZATION, request)).await?)
    }

    /// What becomes of an application's wish to sign somebody out, while nobody is signed in.
    pub async fn end_session_for(&self, request: &EndSessionRequest) -> Result<EndSession, ApiError> {
        decode(&self.connection.send(Request::with_body(Method::Post, END_SESSION, request)).await?)
    }
}

impl Session {
    /// What becomes of an application's wish to sign the person in.
    pub async fn authorize(&self, request: &AuthorizationRequest) -> Result<Authorization, ApiError> {
        self.call(Method::Post, AUTHORIZATION, request).await
    }

    /// Allows it, or doesn't.
    pub async fn decide(&self, decision: &AuthorizationDecision) -> Result<Authorization, ApiError> {
        self.call(Method::Post, DECISION, decision).await
    }

    /// What becomes of an application's wish to sign the person out.
    pub async fn end_session_for(&self, request: &EndSessionRequest) -> Result<EndSession, ApiError> {
        self.call(Method::Post, END_SESSION, request).await
    }

    /// Takes back what an application was allowed.
    pub async fn withdraw_consent(&self, client: ClientId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/auth/consents/{client}"))).await
    }

    /// Registers an application; the answer alone has its secret.
    pub async fn create_client(&self, client: &CreateClient) -> Result<CreatedClient, ApiError> {
        self.call(Method::Post, CLIENTS, client).await
    }

    /// Changes an application, if it still is the `version` that the changes are based on.
    pub async fn update_client(
        &self,
        id: ClientId,
        version: i64,
        changes: &UpdateClient,
    ) -> Result<Client, ApiError> {
        let path = format!("{CLIENTS}/{id}");
        let request = Request::with_body(Method::Patch, path, changes).if_match(version);
        decode(&self.connection.send_signed_in(request).await?)
    }

    /// Deletes an application.
    pub async fn delete_client(&self, id: ClientId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("{CLIENTS}/{id}"))).await
    }

    /// Makes another secret of an application; the answer alone has it.
    pub async fn create_client_secret(&self, id: ClientId) -> Result<CreatedClientSecret, ApiError> {
        self.command(&format!("{CLIENTS}/{id}/secrets")).await
    }

    /// Deletes a secret of an application.
    pub async fn delete_client_secret(&self, id: ClientId, secret: ClientSecretId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("{CLIENTS}/{id}/secrets/{secret}"))).await
    }
}

#[cfg(test)]
mod tests {
    use contract::{AuthorizationStep, ProblemCode};

    use super::*;
    use crate::api::Connection;
    use crate::api::scripted::{Scripted, answer, problem, run};

    const ASKED: &str = r#"{"step":"consent","client_id":"0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001","client_name":"Time sheets","scopes":["openid"],"asked_at":"2026-01-01T00:00:00Z"}"#;

    #[test]
    fn a_visitor_asks_without_renewing_anything() {
        let script = Scripted::new();
        script.on(AUTHORIZATION, problem(ProblemCode::ClientInvalid));
        let visitor = Visitor::new(Connection::new(script.clone()));
        let request = AuthorizationRequest { state: Some("a&b".into()), ..AuthorizationRequest::default() };
        let refused = run(visitor.authorize(&request)).unwrap_err();
        assert_eq!(refused.code(), Some(ProblemCode::ClientInvalid));
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"state":"a&b"}"#));
        assert_eq!(script.count("/api/core/v1/auth/refresh"), 0);
    }

    #[test]
    fn the_decision_says_again_what_was_asked() {
        let script = Scripted::new();
        script.on(DECISION, answer(200, ASKED));
        let session = Session::new(Connection::new(script.clone()));
        let request =
            AuthorizationRequest { scope: Some("openid".into()), ..AuthorizationRequest::default() };
        let next = run(session.decide(&AuthorizationDecision { request, approve: true })).unwrap();
        assert_eq!(next.step, AuthorizationStep::Consent);
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"scope":"openid","approve":true}"#));
    }

    #[test]
    fn a_change_is_based_on_a_version() {
        let script = Scripted::new();
        let path = "/api/core/v1/admin/clients/0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001";
        script.on(path, problem(ProblemCode::PreconditionFailed));
        let session = Session::new(Connection::new(script.clone()));
        let changes = UpdateClient { disabled: Some(true), ..UpdateClient::default() };
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let refused = run(session.update_client(id, 3, &changes)).unwrap_err();
        assert_eq!(refused.code(), Some(ProblemCode::PreconditionFailed));
        assert_eq!(script.sent()[0].if_match, Some(3));
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"disabled":true}"#));
    }
}
