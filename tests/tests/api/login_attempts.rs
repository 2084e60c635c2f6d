//! How often a sign-in may be tried, and by whom as far as the server can tell.

use std::time::{Duration, Instant};

use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Call, PASSWORD};

fn sign_in(app: &App, password: &str) -> Call {
    let body = json!({ "email": "ada@example.org", "password": password, "transport": "bearer" });
    app.client().post("/api/core/v1/auth/login").json(&body)
}

/// A try that names no account and costs no hash: only its address counts.
fn open_a_link(app: &App) -> Call {
    let body =
        json!({ "token": "x", "email": "ada@example.org", "display_name": "Ada", "password": PASSWORD });
    app.client().post("/api/core/v1/auth/setup").json(&body)
}

/// The addresses of the sessions, in the order in which they were opened.
async fn addresses(app: &App) -> Vec<String> {
    let rows = app.database().client().query("SELECT address FROM sessions ORDER BY id", &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_wrong_passwords_in_a_row_and_then_one_in_thirty_seconds() {
    let app = App::start().await;
    app.setup().await;
    let started = Instant::now();
    for _ in 0..10 {
        sign_in(&app, "not the password").await.expect_problem(401, "invalid_credentials");
    }
    let mut limited = sign_in(&app, PASSWORD).await;
    let wait: u64 = limited.headers.remove("retry-after").unwrap().to_str().unwrap().parse().unwrap();
    assert!(wait <= 30 && wait + started.elapsed().as_secs() + 1 >= 30, "{wait}");
    assert_json_snapshot!(limited, @r#"
    {
      "status": 429,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "rate_limited",
        "request_id": "[uuid]",
        "status": 429,
        "title": "Too many requests",
        "type": "urn:matrice:problem:rate_limited"
      }
    }
    "#);

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(wait));
    sign_in(&app, PASSWORD).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_forgives_the_wrong_ones() {
    let app = App::start().await;
    app.setup().await;
    for _ in 0..2 {
        for _ in 0..9 {
            sign_in(&app, "not the password").await.expect_problem(401, "invalid_credentials");
        }
        sign_in(&app, PASSWORD).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_tries_in_a_row_from_one_address_whatever_its_headers_say() {
    let app = App::start().await;
    let started = Instant::now();
    let mut tries = 0;
    loop {
        let forged = format!("203.0.113.{}", tries % 250);
        let response =
            open_a_link(&app).header("x-forwarded-for", &forged).header("forwarded", &forged).await;
        if response.status == 429 {
            break;
        }
        response.expect_problem(403, "setup_token_invalid");
        tries += 1;
        assert!(tries <= 101 + started.elapsed().as_secs(), "{tries} tries were allowed");
    }
    assert!(tries >= 100, "{tries} tries were allowed");

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(1));
    open_a_link(&app).await.expect_problem(403, "setup_token_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_address_changes_nothing() {
    let app = App::start().await;
    app.setup().await;
    for (name, value) in [
        ("x-forwarded-for", "6.6.6.6"),
        ("forwarded", "for=6.6.6.6"),
        ("x-real-ip", "6.6.6.6"),
        ("spin-client-addr", "6.6.6.6:666"),
    ] {
        sign_in(&app, PASSWORD).header(name, value).await.expect_status(200);
    }
    assert_json_snapshot!(addresses(&app).await, @r#"
    [
      "127.0.0.1",
      "127.0.0.1",
      "127.0.0.1",
      "127.0.0.1",
      "127.0.0.1"
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_trusted_proxies_the_last_hop_that_is_none_of_them_counts() {
    let app = App::builder().variable("trusted_proxies", "127.0.0.1, 10.0.0.0/8").start().await;
    app.setup().await;
    for forwarded in
        ["203.0.113.7", "6.6.6.6, 203.0.113.7, 10.1.2.3", "2001:db8::7", "6.6.6.6, nonsense", "10.1.2.3"]
    {
        sign_in(&app, PASSWORD).header("x-forwarded-for", forwarded).await.expect_status(200);
    }
    assert_json_snapshot!(addresses(&app).await, @r#"
    [
      "127.0.0.1",
      "203.0.113.7",
      "203.0.113.7",
      "2001:db8::7",
      "127.0.0.1",
      "127.0.0.1"
    ]
    "#);
}
