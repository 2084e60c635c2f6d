//! Roles that demand a second factor: `PATCH /api/core/v1/roles/{name}`, and what their holders may do.

use std::time::Duration;

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD};

use crate::api_keys::make;

const GRACE: &str = "grace@example.org";
const ME: &str = "/api/core/v1/me";
const WHOAMI: &str = "/api/service/v1/whoami";

fn require(client: &Client, role: &str, required: bool) -> Call {
    client.patch(&format!("/api/core/v1/roles/{role}")).json(&json!({ "requires_second_factor": required }))
}

/// Ada, and Grace whose role of an auditor demands a second factor.
pub async fn people(app: &App) -> (Client, Client) {
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    require(&ada, "auditor", true).await.expect_status(200);
    (ada, app.sign_in(GRACE).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_says_which_roles_demand_one() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert_json_snapshot!(require(&ada, "auditor", true).await, @r#"
    {
      "status": 200,
      "body": {
        "description": "Sees accounts and roles, changes nothing",
        "name": "auditor",
        "permissions": [
          "roles:read",
          "security:read",
          "users:read"
        ],
        "requires_second_factor": true
      }
    }
    "#);
    let unchanged = ada.patch("/api/core/v1/roles/auditor").json(&json!({})).await.expect_status(200);
    assert_eq!(unchanged.body["requires_second_factor"], true);
    assert_eq!(require(&ada, "auditor", false).await.body["requires_second_factor"], false);
    for nobody in ["wizard", "No!", "%00"] {
        require(&ada, nobody, true).await.expect_problem(404, "not_found");
    }
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let grace = app.sign_in(GRACE).await;
    require(&grace, "auditor", true).await.expect_problem(403, "forbidden");
    require(app.client(), "auditor", true).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_one_its_holder_may_do_nothing_but_turn_it_on() {
    let app = App::start().await;
    let (_, grace) = people(&app).await;
    let users = || grace.get("/api/core/v1/users");
    assert_json_snapshot!(users().await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "second_factor_required",
        "request_id": "[uuid]",
        "status": 403,
        "title": "A second factor is required",
        "type": "urn:matrice:problem:second_factor_required"
      }
    }
    "#);
    let change = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    grace.get("/api/core/v1/roles").await.expect_problem(403, "second_factor_required");
    grace
        .post("/api/core/v1/auth/password/change")
        .json(&change)
        .await
        .expect_problem(403, "second_factor_required");

    let me = grace.get(ME).await.expect_status(200);
    assert_eq!(me.body["second_factor"], json!({ "enabled": false, "required": true }));
    grace.patch(ME).json(&json!({ "locale": "fr" })).await.expect_status(200);
    grace.get("/api/core/v1/auth/sessions").await.expect_status(200);
    grace.post("/api/core/v1/auth/sessions/end-others").await.expect_status(204);
    grace.get("/api/core/v1/auth/mfa").await.expect_status(200);
    grace.post("/api/core/v1/auth/step-up").json(&json!({ "password": PASSWORD })).await.expect_status(204);

    grace.add_authenticator(&app).await;
    let me = grace.get(ME).await.expect_status(200);
    assert_eq!(me.body["second_factor"], json!({ "enabled": true, "required": true }));
    users().await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_one_its_holders_tokens_speak_of_no_role() {
    let app = App::start().await;
    let (_, grace) = people(&app).await;
    let roles = async |client: &Client| client.get(WHOAMI).await.expect_status(200).body["roles"].clone();
    assert_eq!(roles(&grace).await, Value::Array(Vec::new()));
    let grace = grace.refreshed().await;
    assert_eq!(roles(&grace).await, Value::Array(Vec::new()));
    grace.add_authenticator(&app).await;
    assert_eq!(roles(&grace.refreshed().await).await, json!(["auditor"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_counts_for_sessions_that_are_open_already() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let grace = app.sign_in(GRACE).await;
    grace.get("/api/core/v1/users").await.expect_status(200);
    require(&ada, "auditor", true).await.expect_status(200);
    grace.get("/api/core/v1/users").await.expect_problem(403, "second_factor_required");
    require(&ada, "auditor", false).await.expect_status(200);
    grace.get("/api/core/v1/users").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_one_its_holders_keys_open_nothing() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let grace = app.sign_in(GRACE).await;
    let (_, key) = make(&grace, &["users:read", "roles:read"]).await;
    require(&ada, "auditor", true).await.expect_status(200);
    for path in ["/api/core/v1/users", "/api/core/v1/roles"] {
        key.get(path).await.expect_problem(403, "second_factor_required");
    }
    assert_eq!(key.get(WHOAMI).await.expect_status(200).body["scopes"], json!([]));

    grace.add_authenticator(&app).await;
    key.get("/api/core/v1/users").await.expect_status(200);
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(6));
    let scopes = key.get(WHOAMI).await.expect_status(200).body["scopes"].take();
    assert_eq!(scopes, json!(["roles:read", "users:read"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_holder_keeps_the_last_one() {
    let app = App::start().await;
    let (ada, grace) = people(&app).await;
    grace.add_authenticator(&app).await;
    let remove = || grace.post("/api/core/v1/auth/mfa/totp/remove");
    assert_json_snapshot!(remove().await, @r#"
    {
      "status": 409,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "last_second_factor",
        "request_id": "[uuid]",
        "status": 409,
        "title": "The last second factor must stay on",
        "type": "urn:matrice:problem:last_second_factor"
      }
    }
    "#);
    assert_eq!(app.mails(GRACE).await, ["totp_added"]);
    require(&ada, "auditor", false).await.expect_status(200);
    remove().await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_demands_it_of_administrators_begins_with_themselves() {
    let app = App::start().await;
    let ada = app.setup().await;
    require(&ada, "administrator", true).await.expect_status(200);
    require(&ada, "administrator", false).await.expect_problem(403, "second_factor_required");
    ada.add_authenticator(&app).await;
    require(&ada, "administrator", false).await.expect_status(200);
}
