//! What an API key is good for, and what is none.

use std::time::Duration;

use credentials::{OpaqueToken, TokenKind, os_rng};
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::json;
use tests::{App, Client, PASSWORD};

use crate::api_keys::{KEYS, delete, make};

const ME: &str = "/api/core/v1/me";
const USERS: &str = "/api/core/v1/users";
const ROLES: &str = "/api/core/v1/roles";
const WHOAMI: &str = "/api/service/v1/whoami";
const EVENTS: &str = "/api/core/v1/admin/security-events";

/// A key that nobody has made.
fn made_up(app: &App) -> Client {
    app.client().with_token(OpaqueToken::generate(TokenKind::ApiKey, &mut os_rng()).expose())
}

/// Every component that knows who is calling; `services` once it has forgotten what it was told.
async fn assert_invalid(app: &App, key: &Client) {
    for path in [ME, USERS, ROLES, KEYS] {
        key.get(path).await.expect_problem(401, "api_key_invalid");
    }
    if let Some(clock) = app.movable_clock() {
        clock.advance(Duration::from_secs(6));
        key.get(WHOAMI).await.expect_problem(401, "api_key_invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn is_taken_wherever_a_token_is() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, key) = make(&ada, &["users:read", "users:write"]).await;
    assert_json_snapshot!(key.get(ME).await, @r#"
    {
      "status": 200,
      "body": {
        "api_key_id": "[uuid]",
        "created_at": "[time]",
        "display_name": "Ada Lovelace",
        "email": "ada@example.org",
        "email_verified": false,
        "has_password": true,
        "id": "[uuid]",
        "permissions": [
          "users:read",
          "users:write"
        ],
        "roles": [
          "administrator"
        ],
        "second_factor": {
          "enabled": false,
          "required": false
        }
      }
    }
    "#);
    let told = key.get(WHOAMI).await;
    assert_json_snapshot!(told, @r#"
    {
      "status": 200,
      "body": {
        "api_key_id": "[uuid]",
        "expires_at": "[time]",
        "roles": [],
        "scopes": [
          "users:read",
          "users:write"
        ],
        "user_id": "[uuid]"
      }
    }
    "#);
    // Now from what `services` remembers.
    assert_eq!(key.get(WHOAMI).await.body, told.body);
    let grace = key.create_user("grace@example.org", "Grace Hopper", &[]).await;
    key.get(&format!("{USERS}/{}", grace.id)).await.expect_status(200);
    key.get(ROLES).await.expect_problem(403, "forbidden");
    key.get(EVENTS).await.expect_problem(403, "forbidden");
    // It hands out no more than its scopes allow, though its owner could.
    let request = json!({ "email": "eve@example.org", "display_name": "Eve", "password": PASSWORD, "roles": ["auditor"] });
    key.post(USERS).json(&request).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn may_do_what_its_owner_still_may() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let owner = app.sign_in("grace@example.org").await;
    let body = json!({ "name": "Too much", "scopes": ["users:read", "users:write"] });
    owner.post(KEYS).json(&body).await.expect_problem(403, "forbidden");

    let (_, key) = make(&owner, &["users:read"]).await;
    key.get(USERS).await.expect_status(200);
    let change = ada.patch(&format!("{USERS}/{}", grace.id)).header("if-match", "\"1\"");
    change.json(&json!({ "roles": [] })).await.expect_status(200);
    key.get(USERS).await.expect_problem(403, "forbidden");
    assert_eq!(key.get(ME).await.body["permissions"], json!([]));
    assert_eq!(key.get(WHOAMI).await.body["scopes"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn may_not_do_what_is_its_owners_alone() {
    let app = App::start().await;
    let ada = app.setup().await;
    let all: Vec<_> = contract::Permission::ALL.into_iter().map(contract::Permission::as_str).collect();
    let (id, key) = make(&ada, &all).await;
    let passwords = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    for refused in [
        key.patch(ME).json(&json!({ "display_name": "Eve" })),
        key.post("/api/core/v1/auth/password/change").json(&passwords),
        key.get("/api/core/v1/auth/sessions"),
        key.post("/api/core/v1/auth/sessions/end-others"),
        key.call(Method::DELETE, &format!("/api/core/v1/auth/sessions/{id}")),
        key.get("/api/core/v1/auth/activity"),
        key.get(KEYS),
        key.post(KEYS).json(&json!({ "name": "Another" })),
        key.call(Method::DELETE, &format!("{KEYS}/{id}")),
    ] {
        refused.await.expect_problem(403, "session_required");
    }
    // It has no session to sign out of, and goes on.
    key.post("/api/core/v1/auth/logout").json(&json!({})).await.expect_status(204);
    key.get(ME).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_ones_are_refused_everywhere() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert_json_snapshot!(made_up(&app).get(ME).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "api_key_invalid",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The API key is not valid",
        "type": "urn:matrice:problem:api_key_invalid"
      }
    }
    "#);
    assert_invalid(&app, &made_up(&app)).await;
    for text in ["mtk_", "mtk_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"] {
        assert_invalid(&app, &app.client().with_token(text)).await;
    }
    let refresh = app.client().with_token(ada.refresh_token());
    refresh.get(ME).await.expect_problem(401, "token_invalid");

    let (id, key) = make(&ada, &[]).await;
    key.get(WHOAMI).await.expect_status(200);
    delete(&ada, &id).await;
    assert_invalid(&app, &key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn is_no_cookie() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, key) = make(&ada, &[]).await;
    let cookie = format!("__Host-matrice_access={}", key.access_token());
    app.client().get(ME).header("cookie", &cookie).await.expect_problem(401, "token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_with_its_time() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let (_, key) = make(&ada, &["users:read"]).await;
    clock.advance(Duration::from_hours(24 * 90 - 1));
    key.get(USERS).await.expect_status(200);
    key.get(WHOAMI).await.expect_status(200);
    clock.advance(Duration::from_hours(1));
    assert_invalid(&app, &key).await;
    let listed = app.sign_in("ada@example.org").await.get(KEYS).await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1, "its owner still sees it");
}

#[tokio::test(flavor = "multi_thread")]
async fn rests_while_its_owner_is_locked_and_ends_with_the_account() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let (_, key) = make(&app.sign_in("grace@example.org").await, &[]).await;
    ada.post(&format!("{USERS}/{}/lock", grace.id)).await.expect_status(200);
    assert_invalid(&app, &key).await;
    ada.post(&format!("{USERS}/{}/unlock", grace.id)).await.expect_status(200);
    key.get(ME).await.expect_status(200);
    app.database()
        .client()
        .batch_execute("DELETE FROM users WHERE email = 'grace@example.org'")
        .await
        .unwrap();
    assert_invalid(&app, &key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_wrong_ones_in_a_row_are_too_many_and_right_ones_go_on() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, key) = make(&ada, &[]).await;
    let wrong = made_up(&app);
    let mut tries = 0;
    let limited = loop {
        let path = [ME, ROLES, WHOAMI][tries % 3];
        let answer = wrong.get(path).await;
        if answer.status == 429 {
            break answer;
        }
        answer.expect_problem(401, "api_key_invalid");
        tries += 1;
    };
    assert!(tries >= 100, "{tries} tries were allowed");
    assert!(limited.header("retry-after").is_some());
    for path in [ME, WHOAMI] {
        key.get(path).await.expect_status(200);
    }
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(2));
    wrong.get(WHOAMI).await.expect_problem(401, "api_key_invalid");
}

/// Of IPv6 a subscriber has a network, and with it more addresses than there are limits.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_ones_of_an_ipv6_network_are_counted_together() {
    let app = App::builder().variable("trusted_proxies", "127.0.0.1").start().await;
    let wrong = made_up(&app);
    let from = |address: &str| wrong.get(ME).header("x-forwarded-for", address);
    from("2001:db8:0:1::7").await.expect_problem(401, "api_key_invalid");
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key = 'api-key:address:2001:db8:0:1::/64'";
    assert_eq!(app.database().client().execute(sql, &[]).await.unwrap(), 1);
    from("2001:db8:0:1:a::1").await.expect_problem(429, "rate_limited");
    from("2001:db8:0:2::7").await.expect_problem(401, "api_key_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_components_ask_each_other_is_not_for_the_public() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, key) = make(&ada, &[]).await;
    let question = json!({ "api_key": key.access_token(), "address": "127.0.0.1" });
    for prefix in ["", "/api/core/v1/auth", "/api/core/v1/auth/..", "/.well-known", "/.well-known/.."] {
        let path = format!("{prefix}/internal/api-keys/holder");
        let asked = app.client().post(&path).json(&question).await;
        assert!(matches!(asked.status, 404 | 405), "{path}: {} {}", asked.status, asked.body);
        let inside = app.client().post(&path).header("host", "login.spin.internal").json(&question);
        // Spin closes the connection without a word.
        assert!(inside.answer().await.is_none_or(|answer| answer.status == 400), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn services_need_login_for_keys_and_nobody_for_tokens() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, key) = make(&ada, &[]).await;
    app.database().close().await;
    key.get(WHOAMI).await.expect_problem(503, "unavailable");
    key.get(ME).await.expect_problem(503, "unavailable");
    ada.get(WHOAMI).await.expect_status(200);
    app.database().open().await;
    key.get(WHOAMI).await.expect_status(200);
}
