//! The passwords of a whole installation are hashed at a bounded rate.

use std::time::Duration;

use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Call, PASSWORD};

/// Two hashes at once, one of them a stranger's, then one in a thousand seconds: no time of the test's own matters.
async fn slow() -> App {
    App::builder()
        .variable("password_hashes_per_second", "0.001")
        .variable("trusted_proxies", "127.0.0.1")
        .start()
        .await
}

fn sign_in(app: &App, address: &str, email: &str) -> Call {
    let body = json!({ "email": email, "password": PASSWORD, "transport": "bearer" });
    app.client().post("/api/core/v1/auth/login").header("x-forwarded-for", address).json(&body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_sign_ins_starves_nothing() {
    let app = slow().await;
    let ada = app.setup().await;
    sign_in(&app, "127.0.0.1", "ada@example.org").await.expect_status(200);
    for stranger in 1..=20 {
        let flood = sign_in(&app, &format!("203.0.113.{stranger}"), &format!("nobody{stranger}@example.org"));
        flood.await.expect_problem(503, "overloaded");
    }
    let mut refused = sign_in(&app, "127.0.0.1", "ada@example.org").await;
    let wait: u64 = refused.headers.remove("retry-after").unwrap().to_str().unwrap().parse().unwrap();
    assert!((1..=1000).contains(&wait), "{wait}");
    assert_json_snapshot!(refused, @r#"
    {
      "status": 503,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "overloaded",
        "request_id": "[uuid]",
        "status": 503,
        "title": "Too much is asked at once",
        "type": "urn:matrice:problem:overloaded"
      }
    }
    "#);
    let change = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    ada.post("/api/core/v1/auth/password/change").json(&change).await.expect_problem(503, "overloaded");

    // Whoever is in goes on.
    ada.get("/api/core/v1/me").await.expect_status(200);
    let refresh = json!({ "refresh_token": ada.refresh_token() });
    app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_status(200);

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(wait));
    sign_in(&app, "127.0.0.1", "ada@example.org").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_its_own_limits_refuse_takes_nothing_from_it() {
    let app = slow().await;
    app.setup().await;
    let set = async |level: f64, keys: &str| {
        let sql = "UPDATE rate_limits SET tokens = $1 WHERE key LIKE $2";
        assert!(app.database().client().execute(sql, &[&level, &keys]).await.unwrap() > 0, "{keys}");
    };
    set(2.0, "password:%").await;
    sign_in(&app, "203.0.113.1", "nobody@example.org").await.expect_problem(401, "invalid_credentials");
    set(2.0, "password:%").await;
    set(0.0, "login:account:%").await;
    for _ in 0..3 {
        sign_in(&app, "203.0.113.1", "nobody@example.org").await.expect_problem(429, "rate_limited");
    }
    sign_in(&app, "203.0.113.1", "somebody@example.org").await.expect_problem(401, "invalid_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_leave_half_to_those_who_are_known() {
    let app = slow().await;
    app.setup().await;
    sign_in(&app, "203.0.113.1", "nobody@example.org").await.expect_problem(503, "overloaded");
    sign_in(&app, "127.0.0.1", "ada@example.org").await.expect_status(200);
}

/// Another's first password is work as any other.
#[tokio::test(flavor = "multi_thread")]
async fn accounts_that_are_made_take_from_it() {
    let app = slow().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let alan = json!({ "email": "alan@example.org", "display_name": "Alan Turing", "password": PASSWORD });
    let refused = ada.post("/api/core/v1/users").json(&alan).await.expect_problem(503, "overloaded");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=1000).contains(&wait), "{wait}");

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(wait));
    // Signing in again would be work, too.
    let refresh = json!({ "refresh_token": ada.refresh_token() });
    let fresh = app.client().post("/api/core/v1/auth/refresh").json(&refresh).await.expect_status(200);
    let ada = app.client().signed_in(fresh.json());
    ada.post("/api/core/v1/users").json(&alan).await.expect_status(201);
}

/// Else a flood would leave its accounts without tries.
#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_time_no_try_is_counted() {
    let app = slow().await;
    app.setup().await;
    for stranger in 1..=11 {
        let flood = sign_in(&app, &format!("203.0.113.{stranger}"), "ada@example.org");
        flood.await.expect_problem(503, "overloaded");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_is_none_is_named_in_the_log() {
    let app = App::builder().variable("password_hashes_per_second", "many").start().await;
    let response = sign_in(&app, "127.0.0.1", "ada@example.org").await.expect_problem(500, "internal");
    let log = app.log_of(response.header("x-request-id").unwrap()).await;
    assert!(log.contains("password_hashes_per_second"), "{log}");
}
