//! `/api/core/v1/auth/api-keys`

use std::time::Duration;

use contract::Transport;
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Client, sign_in_request};

use crate::at_once::{API_KEYS, at_once};

pub const KEYS: &str = "/api/core/v1/auth/api-keys";
const ME: &str = "/api/core/v1/me";
const WHOAMI: &str = "/api/service/v1/whoami";
const EVENTS: &str = "/api/core/v1/admin/security-events";

/// All keys but one that an account may have, for every account.
const FILL: &str = "
    INSERT INTO api_keys (id, user_id, name, hash, scopes, created_at, expires_at)
    SELECT gen_random_uuid(), users.id, 'x', decode(to_hex(n), 'escape'), '{}', created_at, created_at
    FROM users, generate_series(1, 49) AS n";

/// Makes a key with these scopes; answers its id and a client that uses it.
pub async fn make(owner: &Client, scopes: &[&str]) -> (String, Client) {
    let body = json!({ "name": "Nightly export", "scopes": scopes });
    let made = owner.post(KEYS).json(&body).await.expect_status(201).body;
    let id = made["api_key"]["id"].as_str().unwrap().to_owned();
    (id, owner.with_token(made["token"].as_str().unwrap()))
}

pub async fn delete(owner: &Client, id: &str) {
    owner.call(Method::DELETE, &format!("{KEYS}/{id}")).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn is_shown_once_and_its_owner_told() {
    let app = App::start().await;
    let ada = app.setup().await;
    let body =
        json!({ "name": " Nightly export ", "scopes": ["users:read", "roles:read"], "expires_in_days": 7 });
    let made = ada.post(KEYS).json(&body).await;
    assert_json_snapshot!(made, @r#"
    {
      "status": 201,
      "body": {
        "api_key": {
          "created_at": "[time]",
          "expires_at": "[time]",
          "id": "[uuid]",
          "name": "Nightly export",
          "scopes": [
            "roles:read",
            "users:read"
          ]
        },
        "token": "[token]"
      }
    }
    "#);
    assert_json_snapshot!(ada.get(KEYS).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "created_at": "[time]",
            "expires_at": "[time]",
            "id": "[uuid]",
            "name": "Nightly export",
            "scopes": [
              "roles:read",
              "users:read"
            ]
          }
        ]
      }
    }
    "#);
    let token = made.body["token"].as_str().unwrap();
    let stored =
        app.database().client().query_one("SELECT to_jsonb(api_keys)::text FROM api_keys", &[]).await;
    assert!(!stored.unwrap().get::<_, String>(0).contains(token));
    let mail = app.newest_mail("ada@example.org").await;
    assert_eq!(mail.kind, "api_key_created");
    assert!(mail.text.contains("“Nightly export”") && !mail.text.contains(token), "{}", mail.text);

    delete(&ada, made.body["api_key"]["id"].as_str().unwrap()).await;
    assert_eq!(app.mails("ada@example.org").await, ["api_key_created", "api_key_deleted"]);
    assert_eq!(ada.get(KEYS).await.body, json!({ "items": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_its_use_once_a_minute() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let (_, key) = make(&ada, &[]).await;
    let used = async || ada.get(KEYS).await.body["items"][0]["last_used_at"].clone();
    assert_eq!(used().await, Value::Null);
    key.get(ME).await.expect_status(200);
    let first = used().await;
    assert!(first.is_string());
    clock.advance(Duration::from_secs(50));
    key.get(ME).await.expect_status(200);
    assert_eq!(used().await, first);
    clock.advance(Duration::from_secs(11));
    key.get(WHOAMI).await.expect_status(200);
    assert_ne!(used().await, first);
    assert_eq!(ada.get(KEYS).await.body["items"][0]["last_used_address"], "127.0.0.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_and_their_bounds() {
    let app = App::start().await;
    let ada = app.setup().await;
    let body = json!({ "name": " ", "scopes": ["users:burn"], "expires_in_days": 367 });
    assert_json_snapshot!(ada.post(KEYS).json(&body).await.body["errors"], @r#"
    [
      {
        "code": "required",
        "field": "name"
      },
      {
        "code": "unknown_value",
        "field": "scopes"
      },
      {
        "code": "invalid_format",
        "field": "expires_in_days",
        "limit": 366
      }
    ]
    "#);
    ada.post(KEYS).json(&json!({ "name": "x", "expires_in_days": "soon" })).await.expect_status(400);
    app.client().post(KEYS).json(&json!({ "name": "x" })).await.expect_problem(401, "unauthenticated");
    app.database().client().execute(FILL, &[]).await.unwrap();
    make(&ada, &[]).await;
    ada.post(KEYS).json(&json!({ "name": "x" })).await.expect_problem(409, "too_many_api_keys");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_is_the_last() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.database().client().execute(FILL, &[]).await.unwrap();
    let create = || ada.post(KEYS).json(&json!({ "name": "x" }));
    let [created, refused] = at_once(&app, API_KEYS, create(), create()).await;
    created.expect_status(201);
    refused.expect_problem(409, "too_many_api_keys");
    assert_eq!(ada.get(KEYS).await.body["items"].as_array().unwrap().len(), 50);
    assert_eq!(app.mails("ada@example.org").await, ["api_key_created"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_deletes_anothers() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let (id, key) = make(&grace, &[]).await;
    for id in [id.as_str(), "nonsense"] {
        ada.call(Method::DELETE, &format!("{KEYS}/{id}")).await.expect_problem(404, "not_found");
    }
    app.client().call(Method::DELETE, &format!("{KEYS}/{id}")).await.expect_problem(401, "unauthenticated");
    assert_eq!(ada.get(KEYS).await.body, json!({ "items": [] }));
    key.get(ME).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_security_log_knows_what_was_done_with_it() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (id, key) = make(&ada, &["users:read", "users:write"]).await;
    let grace = key.create_user("grace@example.org", "Grace Hopper", &[]).await;
    app.sign_in("grace@example.org")
        .await
        .post(KEYS)
        .json(&json!({ "name": "Mine", "scopes": ["users:read"] }))
        .await;
    delete(&ada, &id).await;
    let events = async |filter: &str| ada.get(&format!("{EVENTS}?{filter}")).await.body["items"].clone();
    let created = events("filter[kind]=user_created").await;
    assert_eq!(created[0]["api_key_id"], id);
    assert_eq!((&created[0]["user_id"], created[0].get("session_id")), (&json!(grace.id), None));
    let [made, deleted] =
        [events("filter[kind]=api_key_created").await, events("filter[kind]=api_key_deleted").await];
    let line = |event: &Value| json!([event["email"], event["outcome"], event["details"]]);
    assert_json_snapshot!([&made[1], &made[0], &deleted[0]].map(line), @r#"
    [
      [
        "ada@example.org",
        "success",
        {
          "api_key_name": "Nightly export"
        }
      ],
      [
        "grace@example.org",
        "refused",
        {
          "api_key_name": "Mine",
          "reason": "forbidden"
        }
      ],
      [
        "ada@example.org",
        "success",
        {
          "api_key_name": "Nightly export"
        }
      ]
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_make_them_too() {
    let app = App::start().await;
    app.setup().await;
    let request = sign_in_request("ada@example.org", Transport::Cookie);
    let cookies = app.client().post("/api/core/v1/auth/login").json(&request).await.cookies;
    let body = json!({ "name": "From a page" });
    let made =
        |site: &str| app.client().post(KEYS).json(&body).cookies(&cookies).header("sec-fetch-site", site);
    made("cross-site").await.expect_problem(403, "cross_site_request");
    made("same-origin").await.expect_status(201);
}
