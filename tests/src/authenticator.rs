//! An authenticator app, which knows the standard and nothing of ours.

use std::time::{Duration, SystemTime};

use contract::{RecoveryCodes, SecondFactorChallenge, TotpEnrolment, Transport};
use serde_json::json;
use totp_rs::Totp;

use crate::{App, Call, Client, sign_in_request};

/// An app that has read the QR code of an account.
pub struct Authenticator(Totp);

impl Authenticator {
    /// Reads what the QR code says.
    pub fn new(enrolment: &TotpEnrolment) -> Self {
        Self(Totp::from_url(&enrolment.uri).expect("an app understands the URI"))
    }

    /// What it shows now.
    pub fn code(&self, app: &App) -> String {
        self.code_at(app.now().into())
    }

    /// What it shows half a minute later: a code that it has not shown before. Needs a clock that moves.
    pub fn next_code(&self, app: &App) -> String {
        app.movable_clock().expect("the test has asked for a clock").advance(Duration::from_secs(30));
        self.code(app)
    }

    /// What it shows at a time.
    pub fn code_at(&self, time: SystemTime) -> String {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).expect("the clock is right");
        self.0.generate(since.as_secs()).to_string()
    }

    /// A code that it shows at no time near.
    pub fn wrong_code(&self, app: &App) -> String {
        let now = SystemTime::from(app.now());
        let near: Vec<_> = (0..20).map(|step| self.code_at(now + Duration::from_secs(30 * step))).collect();
        let early = self.code_at(now - Duration::from_secs(30));
        let mut codes = (0..).map(|code| format!("{code:06}"));
        codes.find(|code| *code != early && !near.contains(code)).expect("most codes are wrong")
    }
}

impl Client {
    /// Begins to set up an authenticator app.
    pub async fn begin_totp(&self) -> Authenticator {
        let begun = self.post("/api/core/v1/auth/mfa/totp").await.expect_status(200);
        Authenticator::new(&begun.json())
    }

    /// Confirms an authenticator app with a code.
    pub fn confirm_totp(&self, code: &str) -> Call {
        self.post("/api/core/v1/auth/mfa/totp/confirm").json(&json!({ "code": code }))
    }

    /// Turns an authenticator app on; answers it and the recovery codes.
    pub async fn add_authenticator(&self, app: &App) -> (Authenticator, Vec<String>) {
        let authenticator = self.begin_totp().await;
        let confirmed = self.confirm_totp(&authenticator.code(app)).await.expect_status(200);
        (authenticator, confirmed.json::<RecoveryCodes>().recovery_codes)
    }

    /// The same session with a fresh access token.
    pub async fn refreshed(&self) -> Self {
        let request = json!({ "refresh_token": self.refresh_token() });
        let refreshed = self.post("/api/core/v1/auth/refresh").json(&request).await;
        self.signed_in(refreshed.expect_status(200).json())
    }
}

impl App {
    /// Gives the right password; answers the challenge.
    pub async fn challenge(&self, email: &str) -> String {
        let request = sign_in_request(email, Transport::Bearer);
        let asked = self.client().post("/api/core/v1/auth/login").json(&request).await.expect_status(202);
        asked.json::<SecondFactorChallenge>().challenge
    }

    /// Answers a challenge.
    pub fn solve(&self, challenge: &str, method: &str, code: &str) -> Call {
        let solution =
            json!({ "challenge": challenge, "method": method, "code": code, "transport": "bearer" });
        self.client().post("/api/core/v1/auth/login/second-factor").json(&solution)
    }
}
