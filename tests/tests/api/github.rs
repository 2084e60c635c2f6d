//! Signing in with GitHub, which has no ID tokens for people

use contract::Me;
use serde_json::{Value, json};
use tests::{Browser, ProviderPeer};

fn user() -> Value {
    json!({ "id": 583_231, "login": "octocat", "name": null })
}

fn emails(verified: bool) -> Value {
    json!([
        { "email": "other@example.org", "primary": false, "verified": true, "visibility": null },
        { "email": "Octocat@Example.org", "primary": true, "verified": verified, "visibility": "private" },
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn makes_an_account_and_knows_it_by_its_number() {
    let provider = ProviderPeer::github(user(), emails(true)).await;
    let app = provider.application().start().await;
    app.setup().await;
    let me: Me = Browser::new(&app, &provider).signed_in().await.get("/api/core/v1/me").await.json();
    assert_eq!((me.display_name.as_str(), me.email.as_str()), ("octocat", "octocat@example.org"));
    assert!(me.email_verified && !me.has_password, "{me:?}");
    // Another login and no verified address: the same person.
    let renamed =
        json!({ "user": { "id": 583_231, "login": "hubot", "name": "Hubot" }, "emails": emails(false) });
    provider.tell("user", &renamed).await;
    let again: Me = Browser::new(&app, &provider).signed_in().await.get("/api/core/v1/me").await.json();
    assert_eq!(again.id, me.id);
    // The old login is somebody else's now.
    provider.tell("user", &json!({ "user": { "id": 1, "login": "octocat", "name": null } })).await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "provider_email_unverified");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_primary_address_must_be_verified() {
    let provider = ProviderPeer::github(user(), emails(false)).await;
    let app = provider.application().start().await;
    app.setup().await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "provider_email_unverified");
    provider.tell("user", &json!({ "emails": [] })).await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "provider_email_unverified");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_of_their_browser_and_good_once() {
    let provider = ProviderPeer::github(user(), emails(true)).await;
    let app = provider.application().start().await;
    app.setup().await;
    let (mut browser, mut thief) = (Browser::new(&app, &provider), Browser::new(&app, &provider));
    let stolen = browser.go("sign_in").await;
    let mut answer = thief.go("sign_in").await;
    answer["code"] = stolen["code"].clone();
    thief.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    let mut answer = browser.go("sign_in").await;
    answer["code"] = "made up".into();
    browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_refusals_are_no_faults_of_ours() {
    let provider = ProviderPeer::github(user(), emails(true)).await;
    let wrong = provider.application().variable("github_client_secret", "another").start().await;
    Browser::new(&wrong, &provider).sign_in().await.expect_problem(502, "provider_failed");
    let elsewhere = format!("{}/api/v4", provider.url());
    let app = provider.application().variable("github_api_url", &elsewhere).start().await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(502, "provider_failed");
    provider.tell("user", &json!({ "user": { "login": "octocat" } })).await;
    let app = provider.application().start().await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(502, "provider_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn is_linked_and_never_proves_anew() {
    let provider = ProviderPeer::github(user(), emails(false)).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    Browser::of(&ada, &provider).link().await;
    let mut browser = Browser::of(&ada, &provider);
    let answer = browser.go("step_up").await;
    browser.post("step-up", &answer).await.expect_problem(403, "sign_in_not_fresh");
    let me: Me = Browser::new(&app, &provider).signed_in().await.get("/api/core/v1/me").await.json();
    assert_eq!(me.email.as_str(), "ada@example.org");
}

/// It asks nobody who is signed in there, and never says when it did.
#[tokio::test(flavor = "multi_thread")]
async fn proves_nothing_anew_and_a_mailed_password_does() {
    let provider = ProviderPeer::github(user(), emails(true)).await;
    let app = provider.application().start().await;
    app.setup().await;
    let octocat = Browser::new(&app, &provider).signed_in().await;
    octocat.post("/api/core/v1/auth/mfa/totp").await.expect_problem(403, "proof_required");
    let mut browser = Browser::of(&octocat, &provider);
    let answer = browser.go("step_up").await;
    browser.post("step-up", &answer).await.expect_problem(403, "sign_in_not_fresh");
    let forgotten = json!({ "email": "octocat@example.org" });
    app.client().post("/api/core/v1/auth/password/forgot").json(&forgotten).await.expect_status(202);
    let token = app.mailed_token("octocat@example.org", "password_reset").await;
    let chosen = json!({ "token": token, "password": tests::PASSWORD });
    app.client().post("/api/core/v1/auth/password/reset").json(&chosen).await.expect_status(204);
    let octocat = Browser::new(&app, &provider).signed_in().await;
    octocat.post("/api/core/v1/auth/mfa/totp").await.expect_problem(403, "proof_required");
    let password = json!({ "password": tests::PASSWORD });
    octocat.post("/api/core/v1/auth/step-up").json(&password).await.expect_status(204);
    octocat.post("/api/core/v1/auth/mfa/totp").await.expect_status(200);
}
