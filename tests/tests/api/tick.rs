//! `POST /api/service/v1/tick`: who may say so, and what is deleted.

use std::time::{Duration, SystemTime};

use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, TICK_TOKEN};
use tokio_postgres::error::SqlState;

const TICK: &str = "/api/service/v1/tick";

#[tokio::test(flavor = "multi_thread")]
async fn a_timer_proves_itself() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert_json_snapshot!(app.client().post(TICK).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "unauthenticated",
        "request_id": "[uuid]",
        "status": 401,
        "title": "Sign in to continue",
        "type": "urn:matrice:problem:unauthenticated"
      }
    }
    "#);
    assert_json_snapshot!(ada.post(TICK).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "token_invalid",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The token is not valid",
        "type": "urn:matrice:problem:token_invalid"
      }
    }
    "#);
    for wrong in ["", &TICK_TOKEN[1..], "a-timer-of-the-tests-proves-itselF"] {
        app.client().with_token(wrong).post(TICK).await.expect_problem(401, "token_invalid");
    }
    app.client().with_token(TICK_TOKEN).get(TICK).await.expect_problem(405, "method_not_allowed");
    let ticked = app.client().with_token(TICK_TOKEN).post(TICK).await.expect_status(200);
    assert_eq!(ticked.body["mails"], json!({ "sent": 0, "deferred": 0, "failed": 0 }));
    assert!(!app.log().contains(TICK_TOKEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_the_tick_is_off() {
    let app = App::builder().variable("tick_token", "").start().await;
    app.client().post(TICK).await.expect_problem(401, "unauthenticated");
    for token in ["", TICK_TOKEN] {
        app.client().with_token(token).post(TICK).await.expect_problem(401, "token_invalid");
    }
    let short = App::builder().variable("tick_token", "short").start().await;
    short.client().with_token("short").post(TICK).await.expect_problem(500, "internal");
    assert!(
        short.log().contains("variable `tick_token`: must have 32 characters or more"),
        "{}",
        short.log()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_variables_are_named() {
    for (transport, variable, value) in [
        ("pigeon", "mail_transport", "pigeon"),
        ("smtp", "mail_from", "nobody"),
        ("smtp", "smtp_address", "mail.example.org:25"),
        ("smtp", "smtp_url", "mail.example.org"),
        ("smtp", "smtp_root_certificate", "-----BEGIN CERTIFICATE-----\n?"),
        ("http", "mail_api_origin", ""),
        ("http", "mail_api_origin", "http://mail.example.org"),
        ("http", "mail_api_token", ""),
        ("outbox", "retention_days", "0"),
    ] {
        let app = App::builder()
            .variable("mail_transport", transport)
            .variable("mail_from", "matrice@example.org")
            .variable("smtp_url", "smtps://localhost")
            .variable("mail_api_origin", "https://mail.example.org")
            .variable("mail_api_token", "token")
            .variable(variable, value)
            .start()
            .await;
        let refused = app.client().with_token(TICK_TOKEN).post(TICK).await;
        // The worker's reason has the id that the timer is told.
        let log = app.log_of(refused.header("x-request-id").unwrap()).await;
        assert!(log.contains(&format!("variable `{variable}`")), "{variable}: {}", app.log());
        refused.expect_problem(503, "unavailable");
    }
}

/// Of everything that expires, a row whose time is over and one whose time is not, at $1.
const ROWS: &str = "
    DO $$
    DECLARE
        at timestamptz := '{now}';
        account uuid := (SELECT id FROM users WHERE email = 'grace@example.org');
    BEGIN
        DELETE FROM rate_limits;
        INSERT INTO rate_limits VALUES ('full', 1, 30, true, at, at), ('filling', 0, 30, true, at, at + interval '1 hour');
        INSERT INTO email_links (hash, purpose, user_id, email, issued_at, expires_at, used_at) VALUES
            ('\\x01', 'password_reset', account, 'grace@example.org', at, at, NULL),
            ('\\x02', 'password_reset', account, 'grace@example.org', at, at + interval '1 day', at),
            ('\\x03', 'password_reset', account, 'grace@example.org', at, at + interval '1 hour', NULL);
        INSERT INTO second_factor_challenges VALUES ('\\x01', account, at, 5), ('\\x02', account, at + interval '1 hour', 5);
        INSERT INTO sessions (id, user_id, created_at, last_used_at, expires_at, address, user_agent) VALUES
            (md5('a')::uuid, account, at - interval '91 days', at - interval '90 days', at - interval '60 days', '::1', 'a'),
            (md5('b')::uuid, account, at - interval '91 days', at - interval '89 days', at - interval '60 days', '::1', 'b');
        INSERT INTO refresh_tokens (hash, session_id, issued_at, expires_at) VALUES
            ('\\x01', md5('b')::uuid, at, at), ('\\x02', md5('b')::uuid, at, at + interval '1 hour');
        INSERT INTO security_events (id, at, kind, outcome, address, user_agent, details) VALUES
            (md5('a')::uuid, at - interval '30 days', 'sign_in', 'success', '::1', 'a', '{}'),
            (md5('b')::uuid, at - interval '29 days', 'sign_in', 'success', '::1', 'b', '{}');
        INSERT INTO mails (id, kind, recipient, subject, created_at, state, sent_at) VALUES
            (md5('a')::uuid, 'test', 'a@example.org', 'S', at - interval '30 days', 'sent', at),
            (md5('b')::uuid, 'test', 'b@example.org', 'S', at - interval '29 days', 'sent', at);
    END
    $$";

#[tokio::test(flavor = "multi_thread")]
async fn what_has_expired_is_deleted_and_nothing_else() {
    let app = App::builder().variable("retention_days", "30").start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let rows = ROWS.replace("{now}", &app.now().to_rfc3339());
    app.database().client().batch_execute(&rows).await.unwrap();
    assert_json_snapshot!(app.tick().await.deleted, @r#"
    {
      "email_links": 2,
      "mails": 1,
      "oauth_grants": 0,
      "oauth_refresh_tokens": 0,
      "passkey_ceremonies": 0,
      "provider_authorizations": 0,
      "rate_limits": 1,
      "refresh_tokens": 1,
      "revoked_sessions": 0,
      "second_factor_challenges": 1,
      "security_events": 1,
      "sessions": 1
    }
    "#);
    // The last session of an account stays, however old: that a new device is one.
    let old = "UPDATE sessions SET last_used_at = last_used_at - interval '1 year'
               WHERE user_id = (SELECT id FROM users WHERE email = 'grace@example.org')";
    app.database().client().batch_execute(old).await.unwrap();
    let (sql, now) = ("SELECT delete_expired($1, 30)::text", SystemTime::from(app.now()));
    let again = app.database().client().query_one(sql, &[&now]).await.unwrap();
    let again: serde_json::Value = serde_json::from_str(again.get(0)).unwrap();
    assert!(again.as_object().unwrap().values().all(|count| *count == 0), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_deletes_more_than_a_batch_and_not_without_end() {
    let app = App::start().await;
    let at = app.now().to_rfc3339();
    let fill = format!(
        "INSERT INTO rate_limits SELECT 'full' || n, 1, 30, true, '{at}', '{at}' FROM generate_series(1, 10001) AS n"
    );
    app.database().client().batch_execute(&fill).await.unwrap();
    assert_eq!(app.tick().await.deleted["rate_limits"], 10_000);
    assert_eq!(app.tick().await.deleted["rate_limits"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sent_mail_to_nobodys_address_is_kept_for_a_month() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let at = app.now().to_rfc3339();
    let mails = format!(
        "INSERT INTO mails (id, user_id, kind, recipient, subject, created_at, state, sent_at) VALUES
            (md5('a')::uuid, NULL, 'old', 'a@example.org', 'S', '{at}', 'sent', timestamptz '{at}' - interval '30 days'),
            (md5('b')::uuid, NULL, 'recent', 'a@example.org', 'S', '{at}', 'sent', timestamptz '{at}' - interval '29 days'),
            (md5('c')::uuid, '{}', 'own', 'a@example.org', 'S', '{at}', 'sent', timestamptz '{at}' - interval '30 days');
         INSERT INTO mails (id, kind, recipient, subject, text_body, html_body, created_at, state) VALUES
            (md5('d')::uuid, 'failed', 'a@example.org', 'S', 'T', 'H', timestamptz '{at}' - interval '30 days', 'failed')",
        grace.id
    );
    app.database().client().batch_execute(&mails).await.unwrap();
    assert_eq!(app.tick().await.deleted["mails"], 1);
    let mut kept = app.mails("a@example.org").await;
    kept.sort();
    assert_eq!(kept, ["failed", "own", "recent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_asks_for_records_to_be_kept_for_less_than_a_day() {
    let app = App::start().await;
    let worker = app.database().connect_as("worker").await;
    for days in [0, -1, 36_501] {
        let refused =
            worker.query("SELECT delete_expired($1, $2)", &[&SystemTime::from(app.now()), &days]).await;
        assert_eq!(refused.unwrap_err().code(), Some(&SqlState::INVALID_PARAMETER_VALUE), "{days}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_session_is_remembered_while_its_tokens_live() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    ada.post("/api/core/v1/auth/logout").json(&json!({})).await.expect_status(204);
    assert_eq!(app.tick().await.deleted["revoked_sessions"], 0);
    ada.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    clock.advance(Duration::from_mins(15));
    assert_eq!(app.tick().await.deleted["revoked_sessions"], 1);
}
