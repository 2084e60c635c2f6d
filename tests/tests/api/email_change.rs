//! `/api/core/v1/auth/email/...`: another address, and the proof of an address

use std::time::Duration;

use contract::{Me, Transport};
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD, sign_in_request};

use crate::at_once::{EMAIL_LINKS, at_once};

const CHANGE: &str = "/api/core/v1/auth/email/change";
const VERIFY: &str = "/api/core/v1/auth/email/verify";
const CONFIRM: &str = "/api/core/v1/auth/email/confirm";
const FORGOT: &str = "/api/core/v1/auth/password/forgot";
const RESET: &str = "/api/core/v1/auth/password/reset";
const ADA: &str = "ada@example.org";
const NEW: &str = "ada.king@example.org";

fn change(client: &Client, new: &str) -> Call {
    client.post(CHANGE).json(&json!({ "new_email": new, "current_password": PASSWORD }))
}

/// Asks for that address; answers the token of the link that is mailed there.
async fn mailed_link(app: &App, client: &Client, new: &str) -> String {
    let asked = change(client, new).await;
    assert_eq!((asked.status, &asked.body), (202, &Value::Null));
    app.mailed_token(&new.to_lowercase(), "email_verification").await
}

fn confirm(app: &App, token: &str) -> Call {
    app.client().post(CONFIRM).json(&json!({ "token": token }))
}

async fn me(client: &Client) -> Me {
    client.get("/api/core/v1/me").await.expect_status(200).json()
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_once_the_new_address_is_confirmed() {
    let app = App::start().await;
    let ada = app.setup().await;
    let user = format!("/api/core/v1/users/{}", me(&ada).await.id);
    app.client().post(FORGOT).json(&json!({ "email": ADA })).await.expect_status(202);
    let reset = app.mailed_token(ADA, "password_reset").await;

    let token = mailed_link(&app, &ada, "Ada.King@Example.org").await;
    assert_eq!(app.mails(ADA).await, ["password_reset", "email_change_requested"]);
    assert!(app.newest_mail(NEW).await.text.contains("http://matrice.test/confirm-email#token=mtl_"));
    assert_eq!(me(&ada).await.email.as_str(), ADA);
    assert_eq!(ada.get(&user).await.header("etag"), Some("\"1\""));

    confirm(&app, &token).await.expect_status(204);
    let changed = me(&ada).await;
    assert!(changed.email.as_str() == NEW && changed.email_verified, "{changed:?}");
    assert_eq!(ada.get(&user).await.header("etag"), Some("\"2\""));
    app.sign_in(NEW).await;
    let old = app.client().post("/api/core/v1/auth/login").json(&sign_in_request(ADA, Transport::Bearer));
    old.await.expect_problem(401, "invalid_credentials");
    assert_eq!(app.mails(ADA).await, ["password_reset", "email_change_requested", "email_changed"]);
    assert_eq!(app.mails(NEW).await, ["email_verification", "email_changed"]);
    confirm(&app, &token).await.expect_problem(403, "link_invalid");
    let reset = json!({ "token": reset, "password": "a better battery staple" });
    app.client().post(RESET).json(&reset).await.expect_problem(403, "link_invalid");
}

/// Neither by an answer, nor by what the account has afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_address_is_taken() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    app.sign_in("grace@example.org").await.patch("/api/core/v1/me").json(&json!({ "locale": "fr" })).await;
    let mut seen = Vec::new();
    for new in ["grace@example.org", "nobody@example.org"] {
        let asked = change(&ada, new).await;
        let mut export = ada.get("/api/core/v1/auth/account/export").await.body;
        for list in ["links", "mails"] {
            let last = export[list].as_array_mut().unwrap().pop().unwrap();
            seen.push(last["purpose"].clone());
            seen.push(last["kind"].clone());
        }
        seen.extend([json!(asked.status), asked.body]);
    }
    let (taken, free) = seen.split_at(seen.len() / 2);
    assert_eq!(taken, free);
    assert_eq!(app.mails(ADA).await, ["email_change_requested", "email_change_requested"]);
    assert_eq!(app.mails("grace@example.org").await, ["email_in_use"]);
    let mail = app.newest_mail("grace@example.org").await;
    assert!(mail.text.starts_with("Bonjour Grace Hopper,") && !mail.text.contains("token"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_the_password_and_another_address() {
    let app = App::start().await;
    let ada = app.setup().await;
    let refusals = async |new: &str, password: &str| {
        let request = json!({ "new_email": new, "current_password": password });
        let refused = ada.post(CHANGE).json(&request).await.expect_problem(422, "validation_failed");
        refused.body["errors"].clone()
    };
    assert_eq!(
        refusals("ada", "").await,
        json!([
            { "field": "new_email", "code": "invalid_format" },
            { "field": "current_password", "code": "required" },
        ])
    );
    let own = refusals("Ada@Example.org", PASSWORD).await;
    assert_eq!(own, json!([{ "field": "new_email", "code": "taken" }]));
    for _ in 0..10 {
        let wrong = refusals(NEW, "not the password").await;
        assert_eq!(wrong, json!([{ "field": "current_password", "code": "wrong" }]));
    }
    change(&ada, NEW).await.expect_problem(429, "rate_limited");
    change(app.client(), NEW).await.expect_problem(401, "unauthenticated");
    app.client().post(VERIFY).await.expect_problem(401, "unauthenticated");
    assert!(app.mails(NEW).await.is_empty() && app.mails(ADA).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_a_day() {
    let app = App::start().await;
    app.setup().await;
    let Some(clock) = app.movable_clock() else { return };
    let late = mailed_link(&app, &app.sign_in(ADA).await, NEW).await;
    clock.advance(Duration::from_hours(24));
    confirm(&app, &late).await.expect_problem(403, "link_invalid");
    let timely = mailed_link(&app, &app.sign_in(ADA).await, NEW).await;
    clock.advance(Duration::from_hours(23));
    confirm(&app, &timely).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_good() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let user = format!("/api/core/v1/users/{}", grace.id);
    let client = app.sign_in("grace@example.org").await;
    for token in ["", "mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", "'; DROP TABLE users; --"] {
        confirm(&app, token).await.expect_problem(403, "link_invalid");
    }
    let replaced = mailed_link(&app, &client, "wrong@example.org").await;
    let token = mailed_link(&app, &client, "hopper@example.org").await;
    confirm(&app, &replaced).await.expect_problem(403, "link_invalid");

    // Whoever knew the old password may have asked.
    let new = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    client.post("/api/core/v1/auth/password/change").json(&new).await.expect_status(204);
    confirm(&app, &token).await.expect_problem(403, "link_invalid");
    let old = json!({ "current_password": "a better battery staple", "new_password": PASSWORD });
    client.post("/api/core/v1/auth/password/change").json(&old).await.expect_status(204);

    // The address is a third one since: by somebody who had a reason.
    let token = mailed_link(&app, &client, "murray@example.org").await;
    let change = ada.patch(&user).header("if-match", "\"1\"").json(&json!({ "email": "g@example.org" }));
    change.await.expect_status(200);
    confirm(&app, &token).await.expect_problem(403, "link_invalid");
    assert_eq!(ada.get(&user).await.body["email"], "g@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_locked_confirms_nothing() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let user = format!("/api/core/v1/users/{}", grace.id);
    let token = mailed_link(&app, &app.sign_in("grace@example.org").await, "admiral@example.org").await;
    ada.post(&format!("{user}/lock")).await.expect_status(200);
    confirm(&app, &token).await.expect_problem(403, "link_invalid");
    assert_eq!(ada.get(&user).await.body["email"], "grace@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let hers = mailed_link(&app, &ada, "wanted@example.org").await;
    let graces = mailed_link(&app, &grace, "wanted@example.org").await;
    let [won, lost] = at_once(&app, EMAIL_LINKS, confirm(&app, &hers), confirm(&app, &graces)).await;
    won.expect_status(204);
    lost.expect_problem(403, "link_invalid");
    let winners = [me(&ada).await, me(&grace).await].map(|me| me.email.as_str() == "wanted@example.org");
    assert!(winners[0] != winners[1], "{winners:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_present_address_is_proven_too() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert!(!me(&ada).await.email_verified);
    let asked = ada.post(VERIFY).header("accept-language", "fr").await;
    assert_eq!((asked.status, &asked.body), (202, &Value::Null));
    assert_eq!(app.newest_mail(ADA).await.subject, "Cette adresse est-elle la vôtre\u{202f}?");
    let token = app.mailed_token(ADA, "email_verification").await;
    confirm(&app, &token).await.expect_status(204);
    confirm(&app, &token).await.expect_problem(403, "link_invalid");
    assert!(me(&ada).await.email_verified);
    assert_eq!(app.mails(ADA).await, ["email_verification"], "nothing changed that would have to be told");

    // Another address, given by an administrator, is another matter.
    ada.post(VERIFY).await.expect_status(202);
    let stale = app.mailed_token(ADA, "email_verification").await;
    let user = format!("/api/core/v1/users/{}", me(&ada).await.id);
    let change = ada.patch(&user).header("if-match", "\"2\"").json(&json!({ "email": NEW }));
    change.await.expect_status(200);
    assert!(!me(&ada).await.email_verified);
    confirm(&app, &stale).await.expect_problem(403, "link_invalid");
    assert_eq!(me(&ada).await.email.as_str(), NEW);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_mails_to_one_address_and_then_one_in_ten_minutes() {
    let app = App::start().await;
    let ada = app.setup().await;
    for _ in 0..2 {
        ada.post(VERIFY).await.expect_status(202);
    }
    change(&ada, NEW).await.expect_status(202);
    ada.post(VERIFY).await.expect_problem(429, "rate_limited");
    change(&ada, "another@example.org").await.expect_problem(429, "rate_limited");
    assert!(app.mails("another@example.org").await.is_empty());
}
