//! What somebody who is signed in can do.

use contract::{
    ApiKeyId, BeginAuthorization, BegunAuthorization, ChangeEmailRequest, ChangePasswordRequest,
    ConfirmTotpRequest, CreateApiKey, CreateUser, CreatedApiKey, DeleteAccountRequest, IdentityId,
    IdentityProviderId, Invitation, InvitationId, InviteRequest, Me, OpenedMail, OutboxMail,
    ProviderCallback, RecoveryCodes, RefreshRequest, StepUpRequest, TotpEnrolment, UpdateMe, UpdateUser,
    User, UserId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::connection::{Connection, decode};
use super::error::ApiError;
use super::transport::{Method, Request};
use super::visitor::{Visitor, provider_path};

/// A client with an account.
#[derive(Clone)]
pub struct Session {
    pub(super) connection: Connection,
}

impl Session {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Who is signed in, and what they may do.
    pub async fn me(&self) -> Result<Me, ApiError> {
        decode(&self.connection.send_signed_in(Request::get("/api/core/v1/me")).await?)
    }

    /// Changes one's own account.
    pub async fn update_me(&self, changes: &UpdateMe) -> Result<Me, ApiError> {
        self.call(Method::Patch, "/api/core/v1/me", changes).await
    }

    /// Changes one's own password, which ends the other sessions.
    pub async fn change_password(&self, request: &ChangePasswordRequest) -> Result<(), ApiError> {
        self.tell(Request::with_body(Method::Post, "/api/core/v1/auth/password/change", request)).await
    }

    /// Proves again who is at the keyboard, for what asks for it.
    pub async fn step_up(&self, request: &StepUpRequest) -> Result<(), ApiError> {
        self.tell(Request::with_body(Method::Post, "/api/core/v1/auth/step-up", request)).await
    }

    /// Begins to set up an authenticator app: nothing is on before it is confirmed.
    pub async fn begin_totp(&self) -> Result<TotpEnrolment, ApiError> {
        self.command("/api/core/v1/auth/mfa/totp").await
    }

    /// Turns the app on, by a code that it shows.
    pub async fn confirm_totp(&self, request: &ConfirmTotpRequest) -> Result<RecoveryCodes, ApiError> {
        self.call(Method::Post, "/api/core/v1/auth/mfa/totp/confirm", request).await
    }

    /// Turns the app off, and the recovery codes with it.
    pub async fn remove_totp(&self) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Post, "/api/core/v1/auth/mfa/totp/remove")).await
    }

    /// Makes new recovery codes; the old ones are void.
    pub async fn replace_recovery_codes(&self) -> Result<RecoveryCodes, ApiError> {
        self.command("/api/core/v1/auth/mfa/recovery-codes").await
    }

    /// Where to go to link a provider, or to prove by it who is at the keyboard.
    pub async fn begin_authorization(
        &self,
        provider: IdentityProviderId,
        request: &BeginAuthorization,
    ) -> Result<BegunAuthorization, ApiError> {
        self.call(Method::Post, &provider_path(provider, "authorization"), request).await
    }

    /// Links what a provider has vouched for to one's own account.
    pub async fn link_identity(
        &self,
        provider: IdentityProviderId,
        response: &ProviderCallback,
    ) -> Result<(), ApiError> {
        self.tell(Request::with_body(Method::Post, provider_path(provider, "link"), response)).await
    }

    /// Proves again who is at the keyboard, by a provider's word.
    pub async fn step_up_with(
        &self,
        provider: IdentityProviderId,
        response: &ProviderCallback,
    ) -> Result<(), ApiError> {
        self.tell(Request::with_body(Method::Post, provider_path(provider, "step-up"), response)).await
    }

    /// Takes away a way to sign in to one's own account.
    pub async fn unlink_identity(&self, id: IdentityId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/auth/identities/{id}"))).await
    }

    /// Asks for a mail with a link that proves one's address.
    pub async fn verify_email(&self) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Post, "/api/core/v1/auth/email/verify")).await
    }

    /// Asks for another address, which counts once it is proven.
    pub async fn change_email(&self, request: &ChangeEmailRequest) -> Result<(), ApiError> {
        self.tell(Request::with_body(Method::Post, "/api/core/v1/auth/email/change", request)).await
    }

    /// Deletes one's own account, and with it the session.
    pub async fn delete_account(&self, request: &DeleteAccountRequest) -> Result<Visitor, ApiError> {
        self.tell(Request::with_body(Method::Post, "/api/core/v1/auth/account/delete", request)).await?;
        Ok(self.visitor())
    }

    /// Ends the session at `path`, or all of them there.
    pub async fn end_session(&self, path: &str) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, path)).await
    }

    /// Ends all sessions of one's own but this one.
    pub async fn end_other_sessions(&self) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Post, "/api/core/v1/auth/sessions/end-others")).await
    }

    /// Makes an API key; the answer alone has the key itself.
    pub async fn create_api_key(&self, key: &CreateApiKey) -> Result<CreatedApiKey, ApiError> {
        self.call(Method::Post, "/api/core/v1/auth/api-keys", key).await
    }

    /// Deletes an API key of one's own.
    pub async fn delete_api_key(&self, id: ApiKeyId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/auth/api-keys/{id}"))).await
    }

    /// The text of what is at `path`, for the cache to keep.
    pub async fn read(&self, path: &str) -> Result<String, ApiError> {
        Ok(self.connection.send_signed_in(Request::get(path)).await?.body)
    }

    /// Creates an account.
    pub async fn create_user(&self, user: &CreateUser) -> Result<User, ApiError> {
        self.call(Method::Post, "/api/core/v1/users", user).await
    }

    /// Changes an account, if it still is the `version` that the changes are based on.
    pub async fn update_user(
        &self,
        id: UserId,
        version: i64,
        changes: &UpdateUser,
    ) -> Result<User, ApiError> {
        let path = format!("/api/core/v1/users/{id}");
        let request = Request::with_body(Method::Patch, path, changes).if_match(version);
        decode(&self.connection.send_signed_in(request).await?)
    }

    /// Closes an account and ends its sessions.
    pub async fn lock_user(&self, id: UserId) -> Result<User, ApiError> {
        self.call(Method::Post, &format!("/api/core/v1/users/{id}/lock"), &RefreshRequest::default()).await
    }

    /// Opens an account again.
    pub async fn unlock_user(&self, id: UserId) -> Result<User, ApiError> {
        self.call(Method::Post, &format!("/api/core/v1/users/{id}/unlock"), &RefreshRequest::default()).await
    }

    /// Takes an account's second factor off and ends its sessions.
    pub async fn reset_second_factor(&self, id: UserId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/users/{id}/second-factor"))).await
    }

    /// Opens a mail, with what it says.
    pub async fn open_mail(&self, id: Uuid) -> Result<OpenedMail, ApiError> {
        let path = format!("/api/core/v1/admin/mails/{id}");
        decode(&self.connection.send_signed_in(Request::get(path)).await?)
    }

    /// Sends a mail again that has failed.
    pub async fn retry_mail(&self, id: Uuid) -> Result<OutboxMail, ApiError> {
        let path = format!("/api/core/v1/admin/mails/{id}/retry");
        self.call(Method::Post, &path, &RefreshRequest::default()).await
    }

    /// Offers somebody an account.
    pub async fn invite(&self, invitation: &InviteRequest) -> Result<Invitation, ApiError> {
        self.call(Method::Post, "/api/core/v1/auth/invitations", invitation).await
    }

    /// Takes an offer back.
    pub async fn withdraw_invitation(&self, id: InvitationId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/auth/invitations/{id}"))).await
    }

    /// Ends the session. A session that is over already is no error.
    pub async fn sign_out(&self) -> Result<Visitor, ApiError> {
        let request =
            Request::with_body(Method::Post, "/api/core/v1/auth/logout", &RefreshRequest::default());
        match self.connection.send(request).await {
            Ok(_) => Ok(self.visitor()),
            Err(error) if error.code().is_some_and(|code| code.status() == 401) => Ok(self.visitor()),
            Err(error) => Err(error),
        }
    }

    /// The client of who is left when the session has ended.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.connection.clone())
    }

    /// Sends what is answered by success alone.
    pub(super) async fn tell(&self, request: Request) -> Result<(), ApiError> {
        self.connection.send_signed_in(request).await.map(|_| ())
    }

    /// Sends what needs no words, and reads the answer.
    pub(super) async fn command<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        decode(&self.connection.send_signed_in(Request::bare(Method::Post, path)).await?)
    }

    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        decode(&self.connection.send_signed_in(Request::with_body(method, path, body)).await?)
    }
}

#[cfg(test)]
mod tests {
    use contract::{FieldCode, FieldError, FieldRule, Problem, ProblemCode};

    use super::*;
    use crate::api::scripted::{Scripted, answer, problem, run};

    #[test]
    fn a_change_names_the_version_it_is_based_on() {
        let script = Scripted::new();
        let path = "/api/core/v1/users/01890a5d-ac96-774b-bcce-b302099a8057";
        script.on(path, problem(ProblemCode::PreconditionFailed));
        let session = Session::new(Connection::new(script.clone()));
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let error = run(session.update_user(id, 7, &UpdateUser::default())).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::PreconditionFailed));
        assert_eq!(script.sent()[0].if_match, Some(7));
    }

    #[test]
    fn a_wrong_current_password_is_said_at_its_field() {
        let script = Scripted::new();
        let path = "/api/core/v1/auth/password/change";
        let wrong = FieldError::new("current_password", FieldRule::new(FieldCode::Wrong));
        let refusal =
            Problem { errors: vec![wrong.clone()], ..Problem::new(ProblemCode::ValidationFailed, "r1") };
        script.on(path, answer(422, &serde_json::to_string(&refusal).unwrap()));
        script.on(path, answer(204, ""));
        let session = Session::new(Connection::new(script.clone()));
        let request = ChangePasswordRequest {
            current_password: "old".into(),
            new_password: "a new one, longer".into(),
        };
        let error = run(session.change_password(&request)).unwrap_err();
        assert_eq!(error.fields(), [wrong]);
        assert_eq!(run(session.change_password(&request)), Ok(()));
        assert!(script.sent()[0].body.as_deref().unwrap().contains(r#""current_password":"old""#));
    }

    #[test]
    fn the_last_administrator_stays() {
        let script = Scripted::new();
        let path = "/api/core/v1/auth/account/delete";
        script.on(path, problem(ProblemCode::LastAdministrator));
        script.on(path, answer(204, ""));
        let session = Session::new(Connection::new(script.clone()));
        let request = DeleteAccountRequest { current_password: "old".into() };
        let refused = run(session.delete_account(&request)).err().and_then(|error| error.code());
        assert_eq!(refused, Some(ProblemCode::LastAdministrator));
        assert!(run(session.delete_account(&request)).is_ok());
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"current_password":"old"}"#));
    }

    #[test]
    fn sessions_are_ended_by_method_and_path_alone() {
        let script = Scripted::new();
        let one = "/api/core/v1/auth/sessions/01890a5d-ac96-774b-bcce-b302099a8057";
        let others = "/api/core/v1/auth/sessions/end-others";
        script.on(one, answer(204, ""));
        script.on(one, problem(ProblemCode::NotFound));
        script.on(others, answer(204, ""));
        let session = Session::new(Connection::new(script.clone()));
        assert_eq!(run(session.end_session(one)), Ok(()));
        let error = run(session.end_session(one)).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::NotFound));
        assert_eq!(run(session.end_other_sessions()), Ok(()));
        assert_eq!(script.sent()[0], Request::bare(Method::Delete, one));
        assert_eq!(script.sent()[2], Request::bare(Method::Post, others));
    }

    #[test]
    fn a_wrong_code_ends_no_session() {
        let script = Scripted::new();
        let path = "/api/core/v1/auth/step-up";
        let wrong = FieldError::new("code", FieldRule::new(FieldCode::Wrong));
        let refusal =
            Problem { errors: vec![wrong.clone()], ..Problem::new(ProblemCode::ValidationFailed, "r1") };
        script.on(path, answer(422, &serde_json::to_string(&refusal).unwrap()));
        script.on(path, answer(204, ""));
        let session = Session::new(Connection::new(script.clone()));
        let request = StepUpRequest {
            method: Some("totp".into()),
            code: Some("287082".into()),
            ..StepUpRequest::default()
        };
        assert_eq!(run(session.step_up(&request)).unwrap_err().fields(), [wrong]);
        assert_eq!(run(session.step_up(&request)), Ok(()));
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"method":"totp","code":"287082"}"#));
    }

    #[test]
    fn an_app_is_set_up_and_removed() {
        let script = Scripted::new();
        let begin = "/api/core/v1/auth/mfa/totp";
        script.on(begin, answer(200, r#"{"secret":"GEZD","uri":"otpauth://totp/x","qr_code":"<svg/>"}"#));
        script.on(
            "/api/core/v1/auth/mfa/totp/confirm",
            answer(200, r#"{"recovery_codes":["7k3m-q9xt-2vbn-5hcd-w8rj-4pzs"]}"#),
        );
        script.on("/api/core/v1/auth/mfa/recovery-codes", answer(200, r#"{"recovery_codes":["2vbn-5hcd"]}"#));
        script.on("/api/core/v1/auth/mfa/totp/remove", problem(ProblemCode::LastSecondFactor));
        let session = Session::new(Connection::new(script.clone()));
        assert_eq!(run(session.begin_totp()).unwrap().secret, "GEZD");
        let request = ConfirmTotpRequest { code: "287082".into() };
        assert_eq!(
            run(session.confirm_totp(&request)).unwrap().recovery_codes,
            ["7k3m-q9xt-2vbn-5hcd-w8rj-4pzs"]
        );
        assert_eq!(run(session.replace_recovery_codes()).unwrap().recovery_codes, ["2vbn-5hcd"]);
        let error = run(session.remove_totp()).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::LastSecondFactor));
        assert_eq!(script.sent()[0], Request::bare(Method::Post, begin));
    }

    #[test]
    fn signing_out_twice_is_fine() {
        let script = Scripted::new();
        script.on("/api/core/v1/auth/logout", answer(204, ""));
        script.on("/api/core/v1/auth/logout", problem(ProblemCode::Unauthenticated));
        let session = Session::new(Connection::new(script));
        assert!(run(session.sign_out()).is_ok());
        assert!(run(session.sign_out()).is_ok());
    }
}
