//! Answers that a browser brings back from an identity provider: whose they are, for what, and how often

use serde_json::json;
use tests::{Browser, ProviderPeer};

use crate::{identity_providers::grace, provider_sign_in::log};

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_good_once() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let answer = browser.go("sign_in").await;
    browser.post("sign-in", &answer).await.expect_status(200);
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    assert!(log(&ada).await.ends_with("- sign_in refused openid authorization_invalid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_its_browsers_and_nobody_tries_twice() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let (mut browser, mut thief) = (Browser::new(&app, &provider), Browser::new(&app, &provider));
    let answer = browser.go("sign_in").await;
    thief.go("sign_in").await;
    thief.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");

    // Without the cookie it doesn't get that far.
    let answer = browser.go("sign_in").await;
    Browser::new(&app, &provider).post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    browser.post("sign-in", &answer).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_of_its_state() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let (mut browser, mut thief) = (Browser::new(&app, &provider), Browser::new(&app, &provider));
    // A stolen code with the thief's own state: the code verifier is another.
    let stolen = browser.go("sign_in").await;
    let mut answer = thief.go("sign_in").await;
    answer["code"] = stolen["code"].clone();
    thief.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");

    // A code that was spent, with a new state.
    let spent = browser.go("sign_in").await;
    browser.post("sign-in", &spent).await.expect_status(200);
    let mut answer = browser.go("sign_in").await;
    answer["code"] = spent["code"].clone();
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    let mut answer = browser.go("sign_in").await;
    answer["code"] = json!("made up");
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_for_what_it_was_asked_for() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    for (asked, used) in
        [("link", "sign-in"), ("step_up", "sign-in"), ("sign_in", "link"), ("link", "step-up")]
    {
        let mut browser = Browser::of(&ada, &provider);
        let answer = browser.go(asked).await;
        browser.post(used, &answer).await.expect_problem(403, "authorization_invalid");
    }
    for purpose in ["link", "step_up"] {
        Browser::new(&app, &provider).beginning(purpose).await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_names_its_issuer() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let answer = browser.go("sign_in").await;
    assert_eq!(answer["iss"], provider.url());
    for issuer in [json!("https://accounts.google.com"), json!(null)] {
        let mut answer = browser.go("sign_in").await;
        answer["iss"] = issuer;
        browser.post("sign-in", &answer).await.expect_problem(502, "provider_failed");
    }
    browser.post("sign-in", &answer).await.expect_status(200);

    // Where a provider doesn't promise to, it may all the same.
    let lying = ProviderPeer::lying().await;
    let app = lying.application().start().await;
    app.setup().await;
    let mut browser = Browser::new(&app, &lying);
    let mut answer = browser.go("sign_in").await;
    answer["iss"] = "https://accounts.google.com".into();
    browser.post("sign-in", &answer).await.expect_problem(502, "provider_failed");
    let mut answer = browser.go("sign_in").await;
    answer["iss"] = lying.url().into();
    browser.post("sign-in", &answer).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_may_say_no() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    provider.tell("person", &json!(null)).await;
    let mut browser = Browser::new(&app, &provider);
    let answer = browser.go("sign_in").await;
    assert_eq!(answer["error"], "access_denied");
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_denied");
    assert!(log(&ada).await.ends_with("- sign_in refused openid authorization_denied"));
    for (error, status, code) in [
        ("login_required", 403, "authorization_denied"),
        ("server_error", 502, "provider_failed"),
        ("invalid_scope", 502, "provider_failed"),
        ("temporarily_unavailable", 504, "provider_unavailable"),
    ] {
        let mut answer = browser.go("sign_in").await;
        answer["error"] = error.into();
        browser.post("sign-in", &answer).await.expect_problem(status, code);
    }
}
