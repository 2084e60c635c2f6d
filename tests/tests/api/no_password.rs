//! Accounts that began with an identity provider and have no password

use std::time::Duration;

use contract::{Me, Transport};
use serde_json::{Value, json};
use tests::{App, Browser, Client, PASSWORD, ProviderPeer, sign_in_request};

use crate::identity_providers::grace;

const GRACE: &str = "grace@example.org";
const STEP_UP: &str = "/api/core/v1/auth/step-up";

async fn me(client: &Client) -> Me {
    client.get("/api/core/v1/me").await.json()
}

/// Has just proven herself, long ago: needs a clock that moves.
async fn grown_old(app: &App, client: &Client) -> Option<Client> {
    app.movable_clock()?.advance(Duration::from_mins(11));
    Some(client.refreshed().await)
}

async fn is_proven(client: &Client) -> bool {
    client.post("/api/core/v1/auth/mfa/totp").await.status == 200
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_asks_for_the_password_says_that_there_is_none() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let grace = Browser::new(&app, &provider).signed_in().await;
    for (path, request) in [
        (STEP_UP, json!({ "password": PASSWORD })),
        (
            "/api/core/v1/auth/password/change",
            json!({ "current_password": PASSWORD, "new_password": "a better battery staple" }),
        ),
        ("/api/core/v1/auth/account/delete", json!({ "current_password": PASSWORD })),
        (
            "/api/core/v1/auth/email/change",
            json!({ "current_password": PASSWORD, "new_email": "hopper@example.org" }),
        ),
    ] {
        let refused = grace.post(path).json(&request).await;
        assert_eq!((refused.status, refused.code()), (409, "password_not_set"), "{path}: {}", refused.body);
    }
    // A stranger learns nothing of it.
    let request = sign_in_request(GRACE, Transport::Bearer);
    let refused = app.client().post("/api/core/v1/auth/login").json(&request).await;
    refused.expect_problem(401, "invalid_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_sets_one() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let grace = Browser::new(&app, &provider).signed_in().await;
    assert!(!me(&grace).await.has_password);
    Browser::of(&grace, &provider).step_up().await;
    // The last identity may go: the link works all the same.
    let listed = grace.get("/api/core/v1/auth/identities").await;
    let path = format!("/api/core/v1/auth/identities/{}", listed.body["items"][0]["id"].as_str().unwrap());
    grace.call(reqwest::Method::DELETE, &path).await.expect_status(204);
    let grace = crate::provider_sign_in::proven_grace(&app).await;
    assert!(me(&grace).await.has_password);
    grace.post(STEP_UP).json(&json!({ "password": PASSWORD })).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_proves_again_who_it_is() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let grace = Browser::new(&app, &provider).signed_in().await;
    // It knew her already, and didn't ask.
    assert!(!is_proven(&grace).await);
    Browser::of(&grace, &provider).step_up().await;
    assert!(is_proven(&grace).await);
    let activity = grace.get("/api/core/v1/auth/activity").await.body;
    let proven =
        activity["items"].as_array().unwrap().iter().find(|event| event["kind"] == "identity_proven");
    assert_eq!(proven.unwrap()["details"], json!({ "provider": "openid" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_proves_as_much_as_the_provider_tells() {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    app.setup().await;
    for (lie, proven) in [(Value::Null, true), (json!("stale"), false), (json!("silent"), false)] {
        provider.tell("lie", &lie).await;
        let grace = Browser::new(&app, &provider).signed_in().await;
        assert_eq!(is_proven(&grace).await, proven, "{lie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn but_only_where_it_has_just_asked() {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    app.setup().await;
    let grace = Browser::new(&app, &provider).signed_in().await;
    for (lie, code) in [("stale", "sign_in_not_fresh"), ("silent", "sign_in_not_fresh")] {
        provider.tell("lie", &lie).await;
        let mut browser = Browser::of(&grace, &provider);
        let answer = browser.go("step_up").await;
        browser.post("step-up", &answer).await.expect_problem(403, code);
    }
    provider.tell("lie", &Value::Null).await;
    let mut browser = Browser::of(&grace, &provider);
    let answer = browser.go("step_up").await;
    browser.post("step-up", &answer).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn and_only_for_its_own_account_without_a_second_factor() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    let mut browser = Browser::of(&ada, &provider);
    let answer = browser.go("step_up").await;
    browser.post("step-up", &answer).await.expect_problem(403, "identity_not_linked");

    let grace = Browser::new(&app, &provider).signed_in().await;
    Browser::of(&grace, &provider).step_up().await;
    grace.add_authenticator(&app).await;
    let mut browser = Browser::of(&grace, &provider);
    let answer = browser.go("step_up").await;
    browser.post("step-up", &answer).await.expect_problem(403, "proof_required");
    let Some(grace) = grown_old(&app, &grace).await else { return };
    assert!(!is_proven(&grace).await);
}
