//! `DELETE /api/core/v1/users/{id}/second-factor`

use std::time::Duration;

use contract::UserId;
use insta::{assert_json_snapshot, assert_snapshot};
use reqwest::Method;
use serde_json::json;
use tests::{Algorithm, App, Call, Client, Device, Scene};

use crate::at_once::{SECOND_FACTORS, at_once, in_turn};

const GRACE: &str = "grace@example.org";

fn reset(client: &Client, id: impl std::fmt::Display) -> Call {
    client.call(Method::DELETE, &format!("/api/core/v1/users/{id}/second-factor"))
}

async fn has_second_factor(admin: &Client, id: UserId) -> bool {
    admin.get(&format!("/api/core/v1/users/{id}")).await.expect_status(200).body["second_factor"] == true
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_lost_it_is_let_in_by_the_password_alone_and_told() {
    let app = App::start().await;
    let admin = app.setup().await;
    let id = admin.create_user(GRACE, "Grace Hopper", &["auditor"]).await.id;
    let grace = app.sign_in(GRACE).await;
    let (authenticator, codes) = grace.add_authenticator(&app).await;
    let challenge = app.challenge(GRACE).await;
    assert!(has_second_factor(&admin, id).await);

    reset(&admin, id).await.expect_status(204);
    assert!(!has_second_factor(&admin, id).await);
    grace.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
    grace.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    app.solve(&challenge, "totp", &authenticator.code(&app)).await.expect_problem(401, "challenge_invalid");
    app.solve(&challenge, "recovery_code", &codes[0]).await.expect_problem(401, "challenge_invalid");
    let grace = app.sign_in(GRACE).await;
    assert_json_snapshot!(grace.get("/api/core/v1/auth/mfa").await.body, @r#"
    {
      "passkeys": 0,
      "recovery_codes_left": 0
    }
    "#);

    let mail = app.newest_mail(GRACE).await;
    assert_eq!(
        (mail.kind.as_str(), mail.subject.as_str()),
        ("second_factor_reset", "Two-step sign-in was turned off")
    );
    assert!(mail.text.contains("/forgot-password"), "{}", mail.text);
    // The owner sees it among what happened to the account.
    let activity = grace.get("/api/core/v1/auth/activity").await.body["items"].take();
    assert!(activity.as_array().unwrap().iter().any(|event| event["kind"] == "second_factor_reset"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_none_nothing_is_taken() {
    let app = App::start().await;
    let admin = app.setup().await;
    let id = admin.create_user(GRACE, "Grace Hopper", &[]).await.id;
    let grace = app.sign_in(GRACE).await;
    let authenticator = grace.begin_totp().await;
    assert_json_snapshot!(reset(&admin, id).await, @r#"
    {
      "status": 409,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "second_factor_off",
        "request_id": "[uuid]",
        "status": 409,
        "title": "No second factor is on",
        "type": "urn:matrice:problem:second_factor_off"
      }
    }
    "#);
    // What is only being set up goes on, in the same session.
    grace.confirm_totp(&authenticator.code(&app)).await.expect_status(200);
    reset(&admin, "01890000-0000-7000-8000-000000000000").await.expect_problem(404, "not_found");
    reset(&admin, "nobody").await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_off_by_who_holds_as_much_and_has_proven_it() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.add_role("helpdesk", &["users:read", "users:write"]).await;
    admin.create_user("help@example.org", "Help", &["helpdesk"]).await;
    admin.create_user("alan@example.org", "Alan Turing", &["auditor"]).await;
    let id = admin.create_user(GRACE, "Grace Hopper", &["auditor"]).await.id;
    app.sign_in(GRACE).await.add_authenticator(&app).await;
    let helpdesk = app.sign_in("help@example.org").await;

    reset(app.client(), id).await.expect_problem(401, "unauthenticated");
    let may_not_write = app.sign_in("alan@example.org").await;
    assert_json_snapshot!(reset(&may_not_write, id).await.body["detail"], @r#""this needs the permission users:write""#);
    assert_json_snapshot!(reset(&helpdesk, id).await.body["detail"], @r#""this needs the permission roles:read, security:read""#);
    assert!(has_second_factor(&admin, id).await);

    if let Some(clock) = app.movable_clock() {
        clock.advance(Duration::from_mins(10));
        reset(&admin.refreshed().await, id).await.expect_problem(403, "proof_required");
    }
    let admin = app.sign_in("ada@example.org").await;
    reset(&admin, id).await.expect_status(204);
    let log = admin.get("/api/core/v1/admin/security-events?filter[kind]=second_factor_reset").await;
    let events = log.body["items"].as_array().unwrap();
    let lines =
        events.iter().map(|event| format!("{} {} {}", event["email"], event["outcome"], event["details"]));
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
    "grace@example.org" "success" {}
    "grace@example.org" "refused" {"reason":"forbidden"}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_help_one_does() {
    let app = App::start().await;
    let admin = app.setup().await;
    let id = admin.create_user(GRACE, "Grace Hopper", &[]).await.id;
    app.sign_in(GRACE).await.add_authenticator(&app).await;
    let [won, lost] = at_once(&app, SECOND_FACTORS, reset(&admin, id), reset(&admin, id)).await;
    won.expect_status(204);
    lost.expect_problem(409, "second_factor_off");
    let mails = app.mails(GRACE).await;
    assert_eq!(mails.iter().filter(|kind| *kind == "second_factor_reset").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_added_goes_too() {
    let app = App::start().await;
    let admin = app.setup().await;
    let id = admin.create_user(GRACE, "Grace Hopper", &[]).await.id;
    let grace = app.sign_in(GRACE).await;
    grace.add_authenticator(&app).await;
    let begun = grace.begin_passkey().await;
    let (_, credential) = Device::create(Algorithm::Ed25519, &begun, &Scene::of(&begun));
    let add = grace.register_passkey(&begun, "Phone", &credential);
    let [added, taken] = in_turn(&app, SECOND_FACTORS, add, reset(&admin, id)).await;
    added.expect_status(201);
    taken.expect_status(204);
    assert!(!has_second_factor(&admin, id).await);
    let grace = app.sign_in(GRACE).await;
    assert_eq!(
        grace.get("/api/core/v1/auth/mfa").await.body,
        json!({ "passkeys": 0, "recovery_codes_left": 0 })
    );
}
