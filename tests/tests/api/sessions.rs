//! `/api/core/v1/auth/sessions`

use std::time::Duration;

use contract::Session;
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::Value;
use tests::{App, Client};

const SESSIONS: &str = "/api/core/v1/auth/sessions";
const ME: &str = "/api/core/v1/me";
const WHOAMI: &str = "/api/service/v1/whoami";

async fn sessions(client: &Client) -> Vec<Value> {
    client.get(SESSIONS).await.expect_status(200).body["items"].as_array().unwrap().clone()
}

fn path(session: &Value) -> String {
    format!("{SESSIONS}/{}", session["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_where_the_account_is_signed_in() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    app.sign_in("grace@example.org").await;
    assert_json_snapshot!(ada.get(SESSIONS).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "address": "127.0.0.1",
            "created_at": "[time]",
            "current": true,
            "device": "",
            "expires_at": "[time]",
            "id": "[uuid]",
            "last_used_at": "[time]"
          }
        ]
      }
    }
    "#);
    app.sign_in("ada@example.org").await;
    let current: Vec<_> = sessions(&ada).await.iter().map(|session| session["current"].clone()).collect();
    assert_eq!(current, [false, true], "the last used first");
    app.client().get(SESSIONS).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_says_when_it_ends() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let listed = async |client: &Client| -> Vec<Session> {
        let found = sessions(client).await.into_iter();
        found.map(|session| serde_json::from_value(session).unwrap()).collect()
    };
    let session = listed(&ada).await.remove(0);
    assert_eq!((session.expires_at - session.created_at).num_days(), 14);

    // Refreshed on the tenth day it has fourteen more, on the twentieth no more than thirty in all.
    let mut here = ada;
    for (in_all, left) in [(24, 14), (30, 10)] {
        clock.advance(Duration::from_hours(10 * 24));
        let refresh = serde_json::json!({ "refresh_token": here.refresh_token() });
        let renewed = app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_status(200);
        here = app.client().signed_in(renewed.json());
        let session = listed(&here).await.remove(0);
        let days = |length: chrono::TimeDelta| (length + chrono::TimeDelta::hours(1)).num_days();
        assert_eq!(days(session.expires_at - session.created_at), in_all);
        assert_eq!(days(session.expires_at - session.last_used_at), left);
    }

    // One that nobody refreshed has ended; it isn't listed.
    clock.advance(Duration::from_hours(15 * 24));
    let here = app.sign_in("ada@example.org").await;
    assert_eq!(listed(&here).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_ended_everywhere_and_for_good() {
    let app = App::start().await;
    let here = app.setup().await;
    let there = app.sign_in("ada@example.org").await;
    there.get(WHOAMI).await.expect_status(200);
    let other = sessions(&here).await.into_iter().find(|session| session["current"] == false).unwrap();
    for _ in 0..2 {
        here.call(Method::DELETE, &path(&other)).await.expect_status(204);
    }
    there.get(ME).await.expect_problem(401, "session_ended");
    there.get(WHOAMI).await.expect_problem(401, "session_ended");
    let refresh = serde_json::json!({ "refresh_token": there.refresh_token() });
    let refreshed = app.client().post("/api/core/v1/auth/refresh").json(&refresh).await;
    refreshed.expect_problem(401, "session_ended");
    assert_eq!(sessions(&here).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_others_are_ended_at_once() {
    let app = App::start().await;
    let here = app.setup().await;
    let others = [app.sign_in("ada@example.org").await, app.sign_in("ada@example.org").await];
    here.post(&format!("{SESSIONS}/end-others")).await.expect_status(204);
    for other in &others {
        other.get(ME).await.expect_problem(401, "session_ended");
        other.get(WHOAMI).await.expect_problem(401, "session_ended");
    }
    here.get(ME).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_anothers() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let hers = sessions(&grace).await.remove(0);
    ada.call(Method::DELETE, &path(&hers)).await.expect_problem(404, "not_found");
    ada.call(Method::DELETE, &format!("{SESSIONS}/nonsense")).await.expect_problem(404, "not_found");
    app.client().call(Method::DELETE, &path(&hers)).await.expect_problem(401, "unauthenticated");
    grace.get(ME).await.expect_status(200);
}
