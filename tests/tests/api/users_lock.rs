//! `POST /api/core/v1/users/{id}/lock` and `/unlock`

use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Call, Client};

use crate::at_once::{ADMINISTRATORS, at_once};

fn lock(client: &Client, id: impl std::fmt::Display) -> Call {
    client.post(&format!("/api/core/v1/users/{id}/lock"))
}

fn unlock(client: &Client, id: impl std::fmt::Display) -> Call {
    client.post(&format!("/api/core/v1/users/{id}/unlock"))
}

async fn own_id(client: &Client) -> String {
    client.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_the_sessions_at_once_everywhere() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let sessions = [app.sign_in("grace@example.org").await, app.sign_in("grace@example.org").await];
    assert_json_snapshot!(lock(&admin, grace.id).await, @r#"
    {
      "status": 200,
      "headers": {
        "etag": "\"2\""
      },
      "body": {
        "created_at": "[time]",
        "display_name": "Grace Hopper",
        "email": "grace@example.org",
        "id": "[uuid]",
        "last_sign_in_at": "[time]",
        "roles": [],
        "second_factor": false,
        "status": "locked",
        "updated_at": "[time]",
        "version": 2
      }
    }
    "#);

    assert_json_snapshot!(sessions[0].get("/api/core/v1/me").await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "session_ended",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The session has ended",
        "type": "urn:matrice:problem:session_ended"
      }
    }
    "#);
    for session in &sessions {
        session.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
        session.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
        let refresh = json!({ "refresh_token": session.refresh_token() });
        let refreshed = app.client().post("/api/core/v1/auth/refresh").json(&refresh).await;
        refreshed.expect_problem(401, "session_ended");
    }
    admin.get("/api/service/v1/whoami").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_changes_nothing() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let first = lock(&admin, grace.id).await.expect_status(200);
    let second = lock(&admin, grace.id).await.expect_status(200);
    assert_eq!((second.header("etag"), &second.body), (first.header("etag"), &first.body));
    let first = unlock(&admin, grace.id).await.expect_status(200);
    let second = unlock(&admin, grace.id).await.expect_status(200);
    assert_eq!((second.header("etag"), &second.body), (first.header("etag"), &first.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn unlocking_lets_in_again_and_brings_no_session_back() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let before = app.sign_in("grace@example.org").await;
    lock(&admin, grace.id).await.expect_status(200);
    assert_json_snapshot!(unlock(&admin, grace.id).await, @r#"
    {
      "status": 200,
      "headers": {
        "etag": "\"3\""
      },
      "body": {
        "created_at": "[time]",
        "display_name": "Grace Hopper",
        "email": "grace@example.org",
        "id": "[uuid]",
        "last_sign_in_at": "[time]",
        "roles": [],
        "second_factor": false,
        "status": "active",
        "updated_at": "[time]",
        "version": 3
      }
    }
    "#);
    before.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
    before.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    let after = app.sign_in("grace@example.org").await;
    after.get("/api/core/v1/me").await.expect_status(200);
    after.get("/api/service/v1/whoami").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there() {
    let app = App::start().await;
    let admin = app.setup().await;
    for id in ["01890000-0000-7000-8000-000000000000", "nobody"] {
        lock(&admin, id).await.expect_problem(404, "not_found");
        unlock(&admin, id).await.expect_problem(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_is_not_locked() {
    let app = App::start().await;
    let admin = app.setup().await;
    let ada = own_id(&admin).await;
    assert_json_snapshot!(lock(&admin, &ada).await, @r#"
    {
      "status": 409,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "last_administrator",
        "request_id": "[uuid]",
        "status": 409,
        "title": "The last administrator must stay one",
        "type": "urn:matrice:problem:last_administrator"
      }
    }
    "#);
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["administrator"]).await;
    lock(&admin, grace.id).await.expect_status(200);
    lock(&admin, &ada).await.expect_problem(409, "last_administrator");
    admin.get("/api/core/v1/me").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_locking_each_other_one_stays() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &["administrator"]).await;
    let grace = app.sign_in("grace@example.org").await;
    let (ada_id, grace_id) = (own_id(&ada).await, own_id(&grace).await);
    let [won, lost] = at_once(&app, ADMINISTRATORS, lock(&ada, &grace_id), lock(&grace, &ada_id)).await;
    let locked = won.expect_status(200).body["id"].clone();
    lost.expect_problem(409, "last_administrator");
    let (winner, loser) = if locked == json!(grace_id) { (&ada, &grace) } else { (&grace, &ada) };
    winner.get("/api/core/v1/me").await.expect_status(200);
    loser.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
}
