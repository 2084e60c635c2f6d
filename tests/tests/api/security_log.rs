//! `GET /api/core/v1/admin/security-events` and `GET /api/core/v1/auth/activity`

use std::time::Duration;

use contract::Transport;
use insta::{assert_json_snapshot, assert_snapshot};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD, sign_in_request};

use crate::api_keys::make;

pub const EVENTS: &str = "/api/core/v1/admin/security-events";
const ACTIVITY: &str = "/api/core/v1/auth/activity";
const LOGIN: &str = "/api/core/v1/auth/login";
const SESSIONS: &str = "/api/core/v1/auth/sessions";
const NEW: &str = "a better battery staple";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

fn sign_in(app: &App, email: &str, password: &str) -> Call {
    let mut request = sign_in_request(email, Transport::Bearer);
    password.clone_into(&mut request.password);
    app.client().post(LOGIN).json(&request)
}

/// The log in the order of writing, a line an event: whose, what, how, and why not.
pub async fn log(client: &Client, path: &str) -> String {
    let events = client.get(path).await.expect_status(200).body["items"].take();
    let line = |event: &Value| {
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let reason =
            event["details"].get("reason").map_or_else(String::new, |code| format!(" {}", word(code)));
        format!("{} {} {}{reason}", word(&event["email"]), word(&event["kind"]), word(&event["outcome"]))
    };
    let lines: Vec<_> = events.as_array().unwrap().iter().rev().map(line).collect();
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_with_whose_and_from_where() {
    let app = App::start().await;
    let ada = app.setup().await;
    sign_in(&app, "ada@example.org", PASSWORD).header("user-agent", FIREFOX).await.expect_status(200);
    assert_json_snapshot!(ada.get(&format!("{EVENTS}?limit=1")).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "address": "127.0.0.1",
            "at": "[time]",
            "details": {},
            "device": "Firefox on Linux",
            "email": "ada@example.org",
            "id": "[uuid]",
            "kind": "sign_in",
            "outcome": "success",
            "session_id": "[uuid]",
            "user_id": "[uuid]"
          }
        ],
        "next_cursor": "[cursor]"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_sign_in_and_not_to() {
    let app = App::start().await;
    let setup =
        json!({ "token": "mts_x", "email": "eve@example.org", "display_name": "Eve", "password": PASSWORD });
    app.client()
        .post("/api/core/v1/auth/setup")
        .json(&setup)
        .await
        .expect_problem(403, "setup_token_invalid");
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    sign_in(&app, "grace@example.org", PASSWORD).await.expect_status(200);
    sign_in(&app, "grace@example.org", "wrong").await.expect_problem(401, "invalid_credentials");
    sign_in(&app, "nobody@example.org", "wrong").await.expect_problem(401, "invalid_credentials");
    ada.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    sign_in(&app, "grace@example.org", PASSWORD).await.expect_problem(403, "account_locked");
    assert_snapshot!(log(&ada, EVENTS).await, @"
    eve@example.org set_up refused setup_token_invalid
    ada@example.org set_up success
    grace@example.org user_created success
    grace@example.org sign_in success
    grace@example.org sign_in refused invalid_credentials
    nobody@example.org sign_in refused invalid_credentials
    grace@example.org user_locked success
    grace@example.org sign_in refused account_locked
    ");
    while sign_in(&app, "nobody@example.org", "wrong").await.status == 401 {}
    assert_snapshot!(log(&ada, &format!("{EVENTS}?limit=1")).await, @"nobody@example.org sign_in refused rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn forgotten_reset_and_changed_passwords() {
    let app = App::start().await;
    let ada = app.setup().await;
    for email in ["ada@example.org", "nobody@example.org"] {
        let forgot = app.client().post("/api/core/v1/auth/password/forgot");
        forgot.json(&json!({ "email": email })).await.expect_status(202);
    }
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let change = |current: &str| {
        let body = json!({ "current_password": current, "new_password": NEW });
        ada.post("/api/core/v1/auth/password/change").json(&body)
    };
    change("not the password").await.expect_problem(422, "validation_failed");
    change(PASSWORD).await.expect_status(204);
    let reset = json!({ "token": token, "password": PASSWORD });
    app.client()
        .post("/api/core/v1/auth/password/reset")
        .json(&reset)
        .await
        .expect_problem(403, "link_invalid");
    let forgot = app.client().post("/api/core/v1/auth/password/forgot");
    forgot.json(&json!({ "email": "ada@example.org" })).await.expect_status(202);
    let reset =
        json!({ "token": app.mailed_token("ada@example.org", "password_reset").await, "password": PASSWORD });
    app.client().post("/api/core/v1/auth/password/reset").json(&reset).await.expect_status(204);
    let ada = app.sign_in("ada@example.org").await;
    assert_snapshot!(log(&ada, EVENTS).await, @"
    ada@example.org set_up success
    ada@example.org password_forgotten success
    nobody@example.org password_forgotten success
    ada@example.org password_changed refused invalid_credentials
    ada@example.org password_changed success
    - password_reset refused link_invalid
    ada@example.org password_forgotten success
    ada@example.org password_reset success
    ada@example.org sign_in success
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_sessions_and_reused_tokens() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (other, third) = (app.sign_in("ada@example.org").await, app.sign_in("ada@example.org").await);
    let id = third.get("/api/core/v1/me").await.body["session_id"].as_str().unwrap().to_owned();
    ada.call(Method::DELETE, &format!("{SESSIONS}/{id}")).await.expect_status(204);
    ada.post(&format!("{SESSIONS}/end-others")).await.expect_status(204);
    // It has ended already: nobody is signed out.
    other.post("/api/core/v1/auth/logout").json(&json!({})).await.expect_status(204);
    let leaving = app.sign_in("ada@example.org").await;
    leaving.post("/api/core/v1/auth/logout").json(&json!({ "refresh_token": leaving.refresh_token() })).await;
    let refresh = json!({ "refresh_token": ada.refresh_token() });
    app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_status(200);
    app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_problem(401, "session_ended");
    let ada = app.sign_in("ada@example.org").await;
    assert_snapshot!(log(&ada, EVENTS).await, @"
    ada@example.org set_up success
    ada@example.org sign_in success
    ada@example.org sign_in success
    ada@example.org session_ended success
    ada@example.org other_sessions_ended success
    ada@example.org sign_in success
    ada@example.org sign_out success
    ada@example.org refresh_token_reused refused session_ended
    ada@example.org sign_in success
    ");
    let ended = &ada.get(&format!("{EVENTS}?filter[kind]=session_ended")).await.body["items"][0];
    assert_eq!(ended["details"]["ended_session_id"], id);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_administrators_do_to_accounts() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    app.add_role("clerk", &["users:read", "users:write"]).await;
    ada.create_user("alan@example.org", "Alan Turing", &["clerk"]).await;
    let alan = app.sign_in("alan@example.org").await;
    let path = format!("/api/core/v1/users/{}", grace.id);
    let change = |client: &Client, roles: Value| client.patch(&path).header("if-match", "\"1\"").json(&roles);
    change(&alan, json!({ "roles": ["administrator"] })).await.expect_problem(403, "forbidden");
    change(&ada, json!({ "roles": ["clerk"], "display_name": "Grace" })).await.expect_status(200);
    alan.post(&format!("{path}/unlock")).await.expect_status(200);
    let me = ada.get("/api/core/v1/me").await.body["id"].take();
    let last = ada.post(&format!("/api/core/v1/users/{}/lock", me.as_str().unwrap())).await;
    last.expect_problem(409, "last_administrator");
    assert_snapshot!(log(&ada, EVENTS).await, @"
    ada@example.org set_up success
    grace@example.org user_created success
    alan@example.org user_created success
    alan@example.org sign_in success
    grace@example.org user_changed refused forbidden
    grace@example.org user_changed success
    grace@example.org user_unlocked success
    ada@example.org user_locked refused last_administrator
    ");
    let mut changed = ada.get(&format!("{EVENTS}?filter[kind]=user_changed&filter[outcome]=success")).await;
    let changed = changed.body["items"][0].take();
    assert_eq!((&changed["actor_id"], &changed["user_id"]), (&me, &json!(grace.id)));
    assert_json_snapshot!(changed["details"], @r#"
    {
      "fields": [
        "display_name",
        "roles"
      ],
      "roles_gained": [
        "clerk"
      ],
      "roles_lost": [
        "auditor"
      ]
    }
    "#);
    let own = &ada.get(&format!("{EVENTS}?filter[kind]=user_locked")).await.body["items"][0];
    assert_eq!((&own["user_id"], own.get("actor_id")), (&me, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_who_did_it_and_with_which_key_when_both_are_gone() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace_id = ada.create_user("grace@example.org", "Grace Hopper", &["administrator"]).await.id;
    let alan = ada.create_user("alan@example.org", "Alan Turing", &[]).await.id;
    let grace = app.sign_in("grace@example.org").await;
    let (_, key) = make(&grace, &["users:write"]).await;
    key.post(&format!("/api/core/v1/users/{alan}/lock")).await.expect_status(200);
    let leave = grace.post("/api/core/v1/auth/account/delete").json(&json!({ "current_password": PASSWORD }));
    leave.await.expect_status(204);

    let who = |event: &Value| ["actor_email", "api_key_name"].map(|field| event.get(field).cloned());
    let locked = ada.get(&format!("{EVENTS}?filter[kind]=user_locked")).await.body["items"][0].take();
    assert_eq!(who(&locked), [Some(json!("grace@example.org")), Some(json!("Nightly export"))]);
    let left = ada.get(&format!("{EVENTS}?filter[user]={grace_id}")).await.body["items"].take();
    for event in left.as_array().unwrap() {
        assert_eq!(event["email"], "grace@example.org", "{event}");
    }
    // Its owner learns that it was another, and no more.
    ada.post(&format!("/api/core/v1/users/{alan}/unlock")).await.expect_status(200);
    let alan = app.sign_in("alan@example.org").await;
    let activity = alan.get(ACTIVITY).await.expect_status(200).body["items"].take();
    for event in &activity.as_array().unwrap()[1..] {
        assert_eq!((event.get("actor_id").is_some(), who(event)), (true, [None, None]), "{event}");
    }
    // A key of one's own is named.
    let me = ada.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned();
    let (_, key) = make(&ada, &["users:write"]).await;
    let rename = key.patch(&format!("/api/core/v1/users/{me}")).header("if-match", "\"1\"");
    rename.json(&json!({ "display_name": "Ada King" })).await.expect_status(200);
    let own = ada.get(ACTIVITY).await.expect_status(200).body["items"][0].take();
    assert_eq!(who(&own), [None, Some(json!("Nightly export"))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_pages_and_nothing_else() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let auditor = app.sign_in("grace@example.org").await;
    sign_in(&app, "grace@example.org", "wrong").await.expect_status(401);
    assert_snapshot!(log(&auditor, &format!("{EVENTS}?filter[user]={}", grace.id)).await, @"
    grace@example.org user_created success
    grace@example.org sign_in success
    grace@example.org sign_in refused invalid_credentials
    ");
    let both = format!("{EVENTS}?filter[kind]=sign_in&filter[outcome]=refused");
    assert_snapshot!(log(&auditor, &both).await, @"grace@example.org sign_in refused invalid_credentials");

    let (mut path, mut kinds) = (format!("{EVENTS}?limit=3"), Vec::new());
    loop {
        let page = auditor.get(&path).await.expect_status(200).body;
        kinds.extend(page["items"].as_array().unwrap().iter().map(|event| event["kind"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{EVENTS}?limit=3&cursor={cursor}");
    }
    assert_eq!(kinds, ["sign_in", "sign_in", "user_created", "set_up"]);

    for query in [
        "limit=0",
        "cursor=nonsense",
        "filter[kind]=nonsense",
        "filter[user]=grace",
        "filter[outcome]=done",
        "filter[actor]=x",
        "sort=at",
    ] {
        auditor.get(&format!("{EVENTS}?{query}")).await.expect_problem(422, "validation_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_see_their_own_and_few_see_all() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    sign_in(&app, "grace@example.org", "wrong").await.expect_status(401);
    sign_in(&app, "nobody@example.org", "wrong").await.expect_status(401);
    let grace = app.sign_in("grace@example.org").await;
    grace.get(EVENTS).await.expect_problem(403, "forbidden");
    for path in [EVENTS, ACTIVITY] {
        app.client().get(path).await.expect_problem(401, "unauthenticated");
    }
    let first = grace.get(&format!("{ACTIVITY}?limit=2")).await.expect_status(200);
    let rest = format!("{ACTIVITY}?cursor={}", first.body["next_cursor"].as_str().unwrap());
    let rest = grace.get(&rest).await.expect_status(200);
    let kinds = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|event| format!("{} {}", event["kind"], event["outcome"])).collect::<Vec<_>>()
    };
    let all = [kinds(&first.body), kinds(&rest.body)].concat();
    assert_eq!(all, [r#""sign_in" "success""#, r#""sign_in" "refused""#, r#""user_created" "success""#]);
    for query in ["limit=0", "cursor=nonsense", "filter[kind]=sign_in"] {
        grace.get(&format!("{ACTIVITY}?{query}")).await.expect_problem(422, "validation_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_down_is_not_answered() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let lock = format!("/api/core/v1/users/{}/lock", grace.id);
    app.database().client().batch_execute("ALTER TABLE security_events RENAME TO elsewhere").await.unwrap();
    sign_in(&app, "ada@example.org", PASSWORD).await.expect_problem(500, "internal");
    sign_in(&app, "ada@example.org", "wrong").await.expect_problem(500, "internal");
    ada.post(&lock).await.expect_problem(500, "internal");
    app.database().client().batch_execute("ALTER TABLE elsewhere RENAME TO security_events").await.unwrap();
    ada.post(&lock).await.expect_status(200);
    assert_snapshot!(log(&ada, EVENTS).await, @"
    ada@example.org set_up success
    grace@example.org user_created success
    grace@example.org user_locked success
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_written_down() {
    let app = App::start().await;
    let ada = app.setup().await;
    let Some(clock) = app.movable_clock() else { return };
    sign_in(&app, "ada@example.org", "a secret slip").await.expect_status(401);
    let forgot = app.client().post("/api/core/v1/auth/password/forgot");
    forgot.json(&json!({ "email": "ada@example.org" })).await.expect_status(202);
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    clock.advance(Duration::from_mins(31));
    let reset = json!({ "token": token, "password": NEW });
    app.client().post("/api/core/v1/auth/password/reset").json(&reset).await.expect_status(403);
    let sql = "SELECT jsonb_agg(event)::text FROM security_events AS event";
    let log: String = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    for secret in [PASSWORD, NEW, "a secret slip", &token, ada.access_token(), ada.refresh_token()] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
