//! Guessing that goes on, from many addresses or at many accounts, and owners who get in all the same.

use std::time::Duration;

use serde_json::json;
use tests::{App, Call, PASSWORD, Response};

/// Where the account was set up, and so its owner's.
const HOME: &str = "127.0.0.1";
const WRONG: &str = "not the password";

async fn start() -> App {
    App::builder()
        .variable("trusted_proxies", "127.0.0.1")
        // What many strangers ask for at once is another test's.
        .variable("password_hashes_per_second", "1000")
        .start()
        .await
}

fn sign_in(app: &App, address: &str, email: &str, password: &str) -> Call {
    let body = json!({ "email": email, "password": password, "transport": "bearer" });
    app.client().post("/api/core/v1/auth/login").header("x-forwarded-for", address).json(&body)
}

fn as_ada(app: &App, address: &str, password: &str) -> Call {
    sign_in(app, address, "ada@example.org", password)
}

fn forgot(app: &App, address: &str, email: &str) -> Call {
    let call = app.client().post("/api/core/v1/auth/password/forgot").header("x-forwarded-for", address);
    call.json(&json!({ "email": email }))
}

fn refresh(app: &App, address: &str) -> Call {
    let body = json!({ "refresh_token": "mtr_0000000000000000000000000000002C8GjS" });
    app.client().post("/api/core/v1/auth/refresh").header("x-forwarded-for", address).json(&body)
}

/// Wrong passwords, each from another address, until strangers have no more of the ten tries.
async fn guess(app: &App) {
    guess_after(app, 0).await;
}

/// The same after so many tries of strangers, among whom an owner is who signs in from a new address.
async fn guess_after(app: &App, tries: u8) {
    for address in tries + 1..=10 {
        let guess = as_ada(app, &format!("203.0.113.{address}"), WRONG).await;
        guess.expect_problem(401, "invalid_credentials");
    }
}

/// Leaves one token in the buckets of that kind.
async fn nearly_empty(app: &App, kind: &str) {
    let sql = "UPDATE rate_limits SET tokens = 1 WHERE key LIKE $1";
    let emptied = app.database().client().execute(sql, &[&format!("login:{kind}:%")]).await.unwrap();
    assert_eq!(emptied, 1, "{kind}");
}

/// The seconds after which a refused client may come again.
fn wait(refused: Response) -> u64 {
    refused.expect_problem(429, "rate_limited").header("retry-after").unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_lock_each_other_out_and_not_the_owner() {
    let app = start().await;
    app.setup().await;
    guess(&app).await;
    as_ada(&app, "198.51.100.1", PASSWORD).await.expect_problem(429, "rate_limited");
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);

    // Each address of the owner's stands for itself.
    for _ in 0..10 {
        as_ada(&app, HOME, WRONG).await.expect_problem(401, "invalid_credentials");
    }
    as_ada(&app, HOME, PASSWORD).await.expect_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_the_owners_for_thirty_days_from_the_first_sign_in() {
    let app = start().await;
    app.setup().await;
    as_ada(&app, "198.51.100.1", PASSWORD).await.expect_status(200);
    guess_after(&app, 1).await;
    as_ada(&app, "198.51.100.1", PASSWORD).await.expect_status(200);

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_hours(30 * 24));
    guess(&app).await;
    as_ada(&app, HOME, PASSWORD).await.expect_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_session_is_used_is_the_owners_too() {
    let app = start().await;
    let ada = app.setup().await;
    let body = json!({ "refresh_token": ada.refresh_token() });
    let refresh = app.client().post("/api/core/v1/auth/refresh").header("x-forwarded-for", "198.51.100.1");
    let ada = app.client().signed_in(refresh.json(&body).await.expect_status(200).json());
    let sessions = ada.get("/api/core/v1/auth/sessions").await.expect_status(200);
    assert_eq!(sessions.body["items"][0]["address"], "198.51.100.1");
    guess(&app).await;
    as_ada(&app, "198.51.100.1", PASSWORD).await.expect_status(200);
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);
    as_ada(&app, "198.51.100.2", PASSWORD).await.expect_problem(429, "rate_limited");
}

/// Of IPv6 a subscriber has a network, and with it more addresses than there are limits.
#[tokio::test(flavor = "multi_thread")]
async fn an_ipv6_network_is_one_address() {
    let app = start().await;
    app.setup().await;
    as_ada(&app, "2001:db8:0:1::7", PASSWORD).await.expect_status(200);
    guess_after(&app, 1).await;
    as_ada(&app, "2001:db8:0:2::7", PASSWORD).await.expect_problem(429, "rate_limited");
    for wrong in 1..=10 {
        let guess = as_ada(&app, &format!("2001:db8:0:1::{wrong}"), WRONG).await;
        guess.expect_problem(401, "invalid_credentials");
    }
    as_ada(&app, "2001:db8:0:1:a::1", PASSWORD).await.expect_problem(429, "rate_limited");
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_session_guesses_no_faster_from_many_addresses() {
    let app = start().await;
    let stolen = app.setup().await;
    let change = async |address: &str| {
        let guess = json!({ "current_password": WRONG, "new_password": "a better battery staple" });
        let call = stolen.post("/api/core/v1/auth/password/change").header("x-forwarded-for", address);
        call.json(&guess).await
    };
    for address in 1..=10 {
        change(&format!("203.0.113.{address}")).await.expect_problem(422, "validation_failed");
    }
    change("203.0.113.11").await.expect_problem(429, "rate_limited");
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_at_an_account_for_long_becomes_slower() {
    let app = start().await;
    app.setup().await;
    as_ada(&app, "203.0.113.1", WRONG).await.expect_problem(401, "invalid_credentials");
    nearly_empty(&app, "account-lasting").await;
    as_ada(&app, "203.0.113.2", WRONG).await.expect_problem(401, "invalid_credentials");
    let wait = wait(as_ada(&app, "203.0.113.3", WRONG).await);
    assert!((31..=600).contains(&wait), "{wait}");
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(wait));
    as_ada(&app, "203.0.113.3", WRONG).await.expect_problem(401, "invalid_credentials");
    as_ada(&app, "203.0.113.3", WRONG).await.expect_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_goes_on_for_long_becomes_slower() {
    let app = start().await;
    refresh(&app, HOME).await.expect_problem(401, "session_ended");
    nearly_empty(&app, "address-lasting").await;
    refresh(&app, HOME).await.expect_problem(401, "session_ended");
    let wait = wait(refresh(&app, HOME).await);
    assert!((2..=10).contains(&wait), "{wait}");

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_secs(wait));
    refresh(&app, HOME).await.expect_problem(401, "session_ended");
}

/// A subscriber may have 256 networks of IPv6: going on from one after the other is going on.
#[tokio::test(flavor = "multi_thread")]
async fn the_ipv6_networks_of_a_subscriber_become_slower_together() {
    let app = start().await;
    refresh(&app, "2001:db8:0:101::1").await.expect_problem(401, "session_ended");
    nearly_empty(&app, "address-lasting").await;
    refresh(&app, "2001:db8:0:102::1").await.expect_problem(401, "session_ended");
    refresh(&app, "2001:db8:0:1ff::1").await.expect_problem(429, "rate_limited");
    refresh(&app, "2001:db8:0:201::1").await.expect_problem(401, "session_ended");
}

/// Whoever is refused for their address takes nothing from anybody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_refused_keeps_nobody_from_mails_and_tries() {
    let app = start().await;
    app.setup().await;
    forgot(&app, "203.0.113.1", "nobody@example.org").await.expect_status(202);
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key = 'login:address:203.0.113.1'";
    app.database().client().execute(sql, &[]).await.unwrap();
    for _ in 0..10 {
        forgot(&app, "203.0.113.1", "ada@example.org").await.expect_problem(429, "rate_limited");
        as_ada(&app, "203.0.113.1", WRONG).await.expect_problem(429, "rate_limited");
    }
    for _ in 0..3 {
        forgot(&app, HOME, "ada@example.org").await.expect_status(202);
    }
    for _ in 0..10 {
        as_ada(&app, "203.0.113.2", WRONG).await.expect_problem(401, "invalid_credentials");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_one_mail_keeps_nobody_from_another() {
    let app = start().await;
    let ada = app.setup().await;
    let mail = json!({ "email": "ada@example.org" });
    for _ in 0..3 {
        app.client().post("/api/core/v1/auth/sign-up").json(&mail).await.expect_status(202);
        ada.post("/api/core/v1/auth/email/verify").await.expect_status(202);
    }
    for refused in [
        app.client().post("/api/core/v1/auth/sign-up").json(&mail),
        ada.post("/api/core/v1/auth/email/verify"),
    ] {
        refused.await.expect_problem(429, "rate_limited");
    }
    forgot(&app, HOME, "ada@example.org").await.expect_status(202);
}

/// Else a stranger would see when the owner signs in.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_forgives_strangers_nothing_and_a_new_password_does() {
    let app = start().await;
    app.setup().await;
    guess(&app).await;
    as_ada(&app, HOME, PASSWORD).await.expect_status(200);
    as_ada(&app, "203.0.113.1", WRONG).await.expect_problem(429, "rate_limited");

    forgot(&app, HOME, "ada@example.org").await.expect_status(202);
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = json!({ "token": token, "password": "a better battery staple" });
    app.client().post("/api/core/v1/auth/password/reset").json(&reset).await.expect_status(204);
    as_ada(&app, "203.0.113.1", WRONG).await.expect_problem(401, "invalid_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_fails_at_many_accounts_is_suspected() {
    let app = start().await;
    app.setup().await;
    as_ada(&app, "203.0.113.1", PASSWORD).await.expect_status(200);
    let stuff = async |account: usize| {
        sign_in(&app, "203.0.113.1", &format!("user{account}@example.org"), WRONG).await
    };
    // Somebody who mistypes counts once.
    for account in [0, 0, 0].into_iter().chain(1..=20) {
        stuff(account).await.expect_problem(401, "invalid_credentials");
    }
    let wait = wait(stuff(21).await);
    assert!((601..=3600).contains(&wait), "{wait}");
    stuff(0).await.expect_problem(429, "rate_limited");
    // Neither other addresses nor those who are at home there.
    sign_in(&app, "203.0.113.2", "user21@example.org", WRONG)
        .await
        .expect_problem(401, "invalid_credentials");
    as_ada(&app, "203.0.113.1", PASSWORD).await.expect_status(200);
    let sql = "SELECT address FROM security_events WHERE kind = 'credential_stuffing'";
    let events = app.database().client().query(sql, &[]).await.unwrap();
    assert!(matches!(&events[..], [event] if event.get::<_, &str>(0) == "203.0.113.1"));

    let Some(clock) = app.movable_clock() else { return };
    let log = app.log();
    let lines: Vec<_> = log.lines().filter(|line| line.contains("credential_stuffing_suspected")).collect();
    assert!(matches!(lines[..], [line] if line.contains("203.0.113.1")), "{lines:?}");
    clock.advance(Duration::from_secs(wait));
    stuff(21).await.expect_problem(401, "invalid_credentials");
}
