//! What the security log has of refusals.

use std::time::Duration;

use insta::assert_snapshot;
use reqwest::Method;
use serde_json::json;
use tests::{App, PASSWORD};

use crate::security_log::{EVENTS, log};

const WEAK: &str = "P@ssw0rd1234";
const AUTH: &str = "/api/core/v1/auth";

/// Whoever is refused goes on at no cost: the disk is not to be filled with it.
#[tokio::test(flavor = "multi_thread")]
async fn of_refusals_for_too_many_tries_it_has_one_a_minute() {
    let app = App::builder().variable("trusted_proxies", "127.0.0.1").start().await;
    app.setup().await;
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key = 'mail:recipient:reset:ada@example.org'";
    let forgot = async |address: &str, email: &str| {
        let call = app.client().post("/api/core/v1/auth/password/forgot").header("x-forwarded-for", address);
        call.json(&json!({ "email": email })).await
    };
    let logged = async || {
        let sql = "SELECT count(*) FROM security_events WHERE details ->> 'reason' = 'rate_limited'";
        app.database().client().query_one(sql, &[]).await.unwrap().get::<_, i64>(0)
    };
    forgot("203.0.113.1", "ada@example.org").await.expect_status(202);
    app.database().client().execute(sql, &[]).await.unwrap();
    for address in ["203.0.113.1", "203.0.113.1", "203.0.113.2"] {
        forgot(address, "ada@example.org").await.expect_problem(429, "rate_limited");
        assert_eq!(logged().await, 1, "about one account");
    }
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key = 'login:address:203.0.113.2'";
    app.database().client().execute(sql, &[]).await.unwrap();
    for stranger in 1..=3 {
        let email = format!("nobody{stranger}@example.org");
        forgot("203.0.113.2", &email).await.expect_problem(429, "rate_limited");
        assert_eq!(logged().await, 1, "from one network");
    }

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(1));
    forgot("203.0.113.2", "nobody@example.org").await.expect_problem(429, "rate_limited");
    assert_eq!(logged().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_are_refused_are_written_down_with_their_owners() {
    let app = App::start().await;
    let ada = app.setup().await;
    let complete = async |token: &str, password: &str| {
        let body = json!({ "token": token, "display_name": "Grace Hopper", "password": password });
        app.client().post(&format!("{AUTH}/sign-up/complete")).json(&body).await
    };
    complete("mtl_x", PASSWORD).await.expect_problem(403, "link_invalid");
    let asked = app.client().post(&format!("{AUTH}/sign-up")).json(&json!({ "email": "grace@example.org" }));
    asked.await.expect_status(202);
    let token = app.mailed_token("grace@example.org", "sign_up").await;
    let refused = complete(&token, WEAK).await.expect_problem(422, "validation_failed");
    assert_eq!(refused.body["errors"][0]["code"], "too_weak");
    complete(&token, PASSWORD).await.expect_status(200);

    let confirm = app.client().post(&format!("{AUTH}/email/confirm")).json(&json!({ "token": "mtl_x" }));
    confirm.await.expect_problem(403, "link_invalid");
    app.ask_for_reset("ada@example.org").await;
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = json!({ "token": token, "password": WEAK });
    let refused = app.client().post(&format!("{AUTH}/password/reset")).json(&reset).await;
    refused.expect_problem(422, "validation_failed");

    let invitations = format!("{AUTH}/invitations");
    let invited = ada.post(&invitations).json(&json!({ "email": "alan@example.org" })).await;
    let id = invited.expect_status(201).body["id"].as_str().unwrap().to_owned();
    let withdraw = || ada.call(Method::DELETE, &format!("{invitations}/{id}"));
    withdraw().await.expect_status(204);
    withdraw().await.expect_problem(404, "not_found");
    assert_snapshot!(log(&ada, EVENTS).await, @"
    ada@example.org set_up success
    - signed_up refused link_invalid
    grace@example.org sign_up_requested success
    grace@example.org signed_up refused validation_failed
    grace@example.org signed_up success
    - email_confirmed refused link_invalid
    ada@example.org password_forgotten success
    ada@example.org password_reset refused validation_failed
    alan@example.org invited success
    alan@example.org invitation_withdrawn success
    ada@example.org invitation_withdrawn refused not_found
    ");
}
