//! Passkeys of one's own: made, named, removed, and shown as a fresh proof.

use contract::{Passkey, PasskeyCeremony, PasskeyId, RegisterPasskey, RegisteredPasskey, RenamePasskey};

use super::error::ApiError;
use super::session::Session;
use super::transport::{Method, Request};

impl Session {
    /// Begins to prove by a passkey who is at the keyboard.
    pub async fn begin_passkey_step_up(&self) -> Result<PasskeyCeremony, ApiError> {
        self.command("/api/core/v1/auth/step-up/passkey").await
    }

    /// Begins to make a passkey.
    pub async fn begin_passkey(&self) -> Result<PasskeyCeremony, ApiError> {
        self.command("/api/core/v1/auth/passkeys/registration").await
    }

    /// Adds the passkey that the browser has made.
    pub async fn register_passkey(&self, passkey: &RegisterPasskey) -> Result<RegisteredPasskey, ApiError> {
        self.call(Method::Post, "/api/core/v1/auth/passkeys", passkey).await
    }

    /// Calls a passkey of one's own something else.
    pub async fn rename_passkey(&self, id: PasskeyId, name: &RenamePasskey) -> Result<Passkey, ApiError> {
        self.call(Method::Patch, &format!("/api/core/v1/auth/passkeys/{id}"), name).await
    }

    /// Removes a passkey of one's own.
    pub async fn remove_passkey(&self, id: PasskeyId) -> Result<(), ApiError> {
        self.tell(Request::bare(Method::Delete, format!("/api/core/v1/auth/passkeys/{id}"))).await
    }
}

#[cfg(test)]
mod tests {
    use contract::ProblemCode;

    use super::*;
    use crate::api::Connection;
    use crate::api::scripted::{Scripted, answer, problem, run};

    #[test]
    fn a_passkey_is_added_renamed_and_removed() {
        let script = Scripted::new();
        let all = "/api/core/v1/auth/passkeys";
        let one = "/api/core/v1/auth/passkeys/01890a5d-ac96-774b-bcce-b302099a8057";
        let id = one.rsplit('/').next().unwrap();
        let passkey = format!(
            r#"{{"id":"{id}","name":"Mac","created_at":"2026-01-01T00:00:00Z","backed_up":true,"transports":["internal"]}}"#
        );
        let ceremony = r#"{"ceremony":"mtp_1","options":{},"expires_in":300}"#;
        script.on("/api/core/v1/auth/passkeys/registration", answer(200, ceremony));
        script.on(all, answer(201, &format!(r#"{{"passkey":{passkey},"recovery_codes":["7k3m-q9xt"]}}"#)));
        script.on(one, answer(200, &passkey));
        script.on(one, problem(ProblemCode::LastSecondFactor));
        let session = Session::new(Connection::new(script.clone()));
        let ceremony = run(session.begin_passkey()).unwrap().ceremony;
        let made = RegisterPasskey { ceremony, name: "Mac".into(), ..RegisterPasskey::default() };
        let added = run(session.register_passkey(&made)).unwrap();
        assert_eq!(added.recovery_codes, ["7k3m-q9xt"]);
        let name = RenamePasskey { name: "Mac".into() };
        assert_eq!(run(session.rename_passkey(added.passkey.id, &name)).as_ref(), Ok(&added.passkey));
        let error = run(session.remove_passkey(added.passkey.id)).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::LastSecondFactor));
        let sent = script.sent();
        assert_eq!(sent[1].body.as_deref(), Some(r#"{"ceremony":"mtp_1","name":"Mac","credential":null}"#));
        assert_eq!(sent[3], Request::bare(Method::Delete, one));
    }
}
