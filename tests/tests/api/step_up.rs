//! `POST /api/core/v1/auth/step-up`, and what asks for a fresh proof.

use std::time::Duration;

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD};

use crate::{
    api_keys::KEYS,
    applications::{CLIENTS, registration, with},
};

const STEP_UP: &str = "/api/core/v1/auth/step-up";
const MFA: &str = "/api/core/v1/auth/mfa";

fn step_up(client: &Client, proof: &Value) -> Call {
    client.post(STEP_UP).json(proof)
}

/// The same session, ten minutes later.
async fn later(app: &App, client: &Client) -> Option<Client> {
    app.movable_clock()?.advance(Duration::from_mins(10));
    Some(client.refreshed().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_is_proof_for_ten_minutes_and_then_the_password_is() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.post(&format!("{MFA}/totp")).await.expect_status(200);
    let Some(ada) = later(&app, &ada).await else { return };
    assert_json_snapshot!(ada.post(&format!("{MFA}/totp")).await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "proof_required",
        "request_id": "[uuid]",
        "status": 403,
        "title": "Prove again who you are",
        "type": "urn:matrice:problem:proof_required"
      }
    }
    "#);
    step_up(&ada, &json!({ "password": PASSWORD })).await.expect_status(204);
    ada.post(&format!("{MFA}/totp")).await.expect_status(200);
    let ada = later(&app, &ada).await.unwrap();
    ada.post(&format!("{MFA}/totp")).await.expect_problem(403, "proof_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proof_is_the_sessions_own() {
    let app = App::start().await;
    let there = app.setup().await;
    let Some(there) = later(&app, &there).await else { return };
    let here = app.sign_in("ada@example.org").await;
    step_up(&here, &json!({ "password": PASSWORD })).await.expect_status(204);
    there.post(&format!("{MFA}/totp")).await.expect_problem(403, "proof_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_proves_nothing() {
    let app = App::start().await;
    let ada = app.setup().await;
    let Some(ada) = later(&app, &ada).await else { return };
    let errors = async |proof: Value| step_up(&ada, &proof).await.expect_status(422).body["errors"].clone();
    assert_json_snapshot!(errors(json!({ "password": "not the password" })).await, @r#"
    [
      {
        "code": "wrong",
        "field": "password"
      }
    ]
    "#);
    assert_json_snapshot!(errors(json!({ "method": "totp", "code": "287082" })).await, @r#"
    [
      {
        "code": "required",
        "field": "password"
      }
    ]
    "#);
    ada.post(&format!("{MFA}/totp")).await.expect_problem(403, "proof_required");
    for _ in 0..9 {
        errors(json!({ "password": "not the password" })).await;
    }
    step_up(&ada, &json!({ "password": PASSWORD })).await.expect_problem(429, "rate_limited");
    step_up(app.client(), &json!({ "password": PASSWORD })).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_second_factor_on_the_password_is_not_enough() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (authenticator, codes) = ada.add_authenticator(&app).await;
    let Some(ada) = later(&app, &ada).await else { return };
    let errors = async |proof: Value| step_up(&ada, &proof).await.expect_status(422).body["errors"].clone();
    assert_json_snapshot!(errors(json!({ "password": PASSWORD })).await, @r#"
    [
      {
        "code": "required",
        "field": "method"
      },
      {
        "code": "required",
        "field": "code"
      }
    ]
    "#);
    let wrong = json!({ "method": "totp", "code": authenticator.wrong_code(&app) });
    assert_json_snapshot!(errors(wrong).await, @r#"
    [
      {
        "code": "wrong",
        "field": "code"
      }
    ]
    "#);
    ada.post(&format!("{MFA}/recovery-codes")).await.expect_problem(403, "proof_required");

    let code = json!({ "method": "totp", "code": authenticator.next_code(&app) });
    step_up(&ada, &code).await.expect_status(204);
    step_up(&ada, &code).await.expect_problem(422, "validation_failed");
    let recovery = json!({ "method": "recovery_code", "code": codes[0] });
    step_up(&ada, &recovery).await.expect_status(204);
    step_up(&ada, &recovery).await.expect_problem(422, "validation_failed");
    assert_eq!(app.mails("ada@example.org").await, ["totp_added", "recovery_code_used"]);
    ada.post(&format!("{MFA}/recovery-codes")).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_thief_would_want_asks_for_proof_and_the_rest_does_not() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let Some(ada) = later(&app, &ada).await else { return };
    let path = format!("/api/core/v1/users/{}", grace.id);
    let update = |changes: Value| ada.patch(&path).header("if-match", "\"1\"").json(&changes);
    let create = |email: &str, roles: Value| {
        let name = "Somebody";
        let user = json!({ "email": email, "display_name": name, "password": PASSWORD, "roles": roles });
        ada.post("/api/core/v1/users").json(&user)
    };
    let invite = |roles: Value| {
        let invitation = json!({ "email": "edsger@example.org", "roles": roles });
        ada.post("/api/core/v1/auth/invitations").json(&invitation)
    };
    let sensitive = || {
        vec![
            ada.post(&format!("{MFA}/totp")),
            ada.confirm_totp("287082"),
            ada.post(&format!("{MFA}/totp/remove")),
            ada.post(&format!("{MFA}/recovery-codes")),
            ada.post(&format!("{path}/lock")),
            ada.post(&format!("{path}/unlock")),
            update(json!({ "roles": ["auditor"] })),
            update(json!({ "email": "hopper@example.org" })),
            invite(json!(["auditor"])),
            create("alan@example.org", json!(["auditor"])),
            ada.get(&format!("/api/core/v1/admin/mails/{}", grace.id)),
            ada.patch("/api/core/v1/roles/auditor").json(&json!({ "requires_second_factor": false })),
        ]
    };
    for call in sensitive() {
        call.await.expect_problem(403, "proof_required");
    }
    ada.get(MFA).await.expect_status(200);
    create("barbara@example.org", json!([])).await.expect_status(201);
    invite(json!([])).await.expect_status(201);
    update(json!({ "display_name": "Grace Murray Hopper", "roles": [] })).await.expect_status(200);
    ada.post("/api/core/v1/auth/sessions/end-others").await.expect_status(204);

    step_up(&ada, &json!({ "password": PASSWORD })).await.expect_status(204);
    for call in sensitive() {
        assert_ne!(call.await.status, 403);
    }
}

/// What signs in or acts for an account, and what keeps somebody else out of theirs.
#[tokio::test(flavor = "multi_thread")]
async fn so_does_whatever_outlives_the_session() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let begun = ada.begin_passkey().await;
    let Some(ada) = later(&app, &ada).await else { return };
    let user = format!("/api/core/v1/users/{}", grace.id);
    let delete = |path: &str| ada.call(Method::DELETE, path);
    let nothing = "01890000-0000-7000-8000-000000000000";
    let client = format!("{CLIENTS}/{nothing}");
    let sensitive = || {
        vec![
            ada.post(KEYS).json(&json!({ "name": "Export", "scopes": ["users:read"] })),
            ada.post("/api/core/v1/auth/passkeys/registration"),
            ada.register_passkey(&begun, "Key", &json!({})),
            delete(&format!("/api/core/v1/auth/passkeys/{nothing}")),
            delete(&format!("/api/core/v1/auth/identities/{nothing}")),
            ada.post(CLIENTS).json(&registration()),
            ada.patch(&client).header("if-match", "\"1\"").json(&json!({ "disabled": true })),
            delete(&client),
            ada.post(&format!("{client}/secrets")),
            delete(&format!("{client}/secrets/{nothing}")),
            delete(&format!("{user}/second-factor")),
            delete(&format!("{user}/sessions")),
            delete(&format!("{user}/sessions/{nothing}")),
            ada.post("/api/core/v1/auth/invitations")
                .json(&json!({ "email": "alan@example.org", "roles": ["auditor"] })),
        ]
    };
    for call in sensitive() {
        call.await.expect_problem(403, "proof_required");
    }
    step_up(&ada, &json!({ "password": PASSWORD })).await.expect_status(204);
    for call in sensitive() {
        assert_ne!(call.await.status, 403);
    }
}

/// Where a second factor is on: whoever has the session and the password has half of it.
#[tokio::test(flavor = "multi_thread")]
async fn beside_a_second_factor_the_password_does_nothing_for_the_account() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, codes) = ada.add_authenticator(&app).await;
    let Some(ada) = later(&app, &ada).await else { return };
    let sensitive = || {
        let password = |path: &str, more: &Value| {
            ada.post(path).json(&with(json!({ "current_password": PASSWORD }), more))
        };
        vec![
            ada.post(KEYS).json(&json!({ "name": "Export", "scopes": ["users:read"] })),
            password(
                "/api/core/v1/auth/password/change",
                &json!({ "new_password": "a better battery staple" }),
            ),
            password("/api/core/v1/auth/email/change", &json!({ "new_email": "lovelace@example.org" })),
            password("/api/core/v1/auth/account/delete", &json!({})),
        ]
    };
    for call in sensitive() {
        call.await.expect_problem(403, "proof_required");
    }
    step_up(&ada, &json!({ "method": "recovery_code", "code": codes[0] })).await.expect_status(204);
    for call in sensitive() {
        assert_ne!(call.await.status, 403);
    }
}
