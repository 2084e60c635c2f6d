//! `/api/core/v1/users/{id}/sessions`

use std::time::Duration;

use contract::{Page, SecurityEvent, Session, UserId};
use insta::assert_json_snapshot;
use reqwest::Method;
use tests::{App, Call, Client};
use uuid::Uuid;

const ME: &str = "/api/core/v1/me";
const DAY: Duration = Duration::from_hours(24);

fn path(id: UserId) -> String {
    format!("/api/core/v1/users/{id}/sessions")
}

fn delete(client: &Client, path: &str) -> Call {
    client.call(Method::DELETE, path)
}

async fn list(client: &Client, id: UserId) -> Vec<Session> {
    client.get(&path(id)).await.expect_status(200).json::<Page<Session>>().items
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_where_an_account_is_signed_in() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    assert_eq!(list(&admin, grace.id).await, []);
    app.sign_in("grace@example.org").await;
    assert_json_snapshot!(admin.get(&path(grace.id)).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "address": "127.0.0.1",
            "created_at": "[time]",
            "current": false,
            "device": "",
            "expires_at": "[time]",
            "id": "[uuid]",
            "last_used_at": "[time]"
          }
        ]
      }
    }
    "#);

    let own = list(&admin, admin.get(ME).await.json::<contract::Me>().id).await;
    assert_eq!(own.iter().map(|session| session.current).collect::<Vec<_>>(), [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_sees_is_what_the_administrator_sees() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let hers = app.sign_in("grace@example.org").await;
    app.sign_in("grace@example.org").await;
    clock.advance(DAY * 13);
    let hers = hers.refreshed().await;
    clock.advance(DAY * 2);
    let hers = hers.refreshed().await;
    let admin = app.sign_in("ada@example.org").await;
    let owner = hers.get("/api/core/v1/auth/sessions").await.expect_status(200).json::<Page<Session>>().items;
    let seen = list(&admin, grace.id).await;
    assert_eq!(seen.len(), 1, "the other has not been used for a fortnight");
    assert_eq!((seen[0].id, seen[0].expires_at), (owner[0].id, owner[0].expires_at));
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_one_at_once_everywhere() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let first = app.sign_in("grace@example.org").await;
    let only = list(&admin, grace.id).await[0].id;
    let second = app.sign_in("grace@example.org").await;
    for _ in 0..2 {
        delete(&admin, &format!("{}/{only}", path(grace.id))).await.expect_status(204);
    }
    first.get(ME).await.expect_problem(401, "session_ended");
    first.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    second.get(ME).await.expect_status(200);
    assert_eq!(list(&admin, grace.id).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_all_at_once_everywhere() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let hers = [app.sign_in("grace@example.org").await, app.sign_in("grace@example.org").await];
    delete(&admin, &path(grace.id)).await.expect_status(204);
    for session in &hers {
        session.get(ME).await.expect_problem(401, "session_ended");
        session.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    }
    assert_eq!(list(&admin, grace.id).await, []);
    app.sign_in("grace@example.org").await.get(ME).await.expect_status(200);

    let log = "/api/core/v1/admin/security-events?filter[kind]=user_sessions_ended";
    let events = admin.get(log).await.expect_status(200).json::<Page<SecurityEvent>>().items;
    assert_eq!(events.iter().map(|event| event.user_id).collect::<Vec<_>>(), [Some(grace.id)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn not_for_everybody_nor_of_nobody() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let hers = app.sign_in("grace@example.org").await;
    let session = list(&admin, grace.id).await[0].id;
    hers.get(&path(grace.id)).await.expect_problem(403, "forbidden");
    delete(&hers, &path(grace.id)).await.expect_problem(403, "forbidden");
    delete(&hers, &format!("{}/{session}", path(grace.id))).await.expect_problem(403, "forbidden");

    let nobody = UserId(Uuid::now_v7());
    admin.get(&path(nobody)).await.expect_problem(404, "not_found");
    delete(&admin, &path(nobody)).await.expect_problem(404, "not_found");
    // A session of somebody else is none of hers.
    let own = admin.get(ME).await.json::<contract::Me>().id;
    delete(&admin, &format!("{}/{session}", path(own))).await.expect_problem(404, "not_found");
    delete(&admin, &format!("{}/none", path(grace.id))).await.expect_problem(404, "not_found");
    hers.get(ME).await.expect_status(200);

    clock.advance(Duration::from_mins(11));
    let admin = admin.refreshed().await;
    delete(&admin, &path(grace.id)).await.expect_problem(403, "proof_required");
}
