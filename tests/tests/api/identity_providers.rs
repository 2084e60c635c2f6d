//! `/api/core/v1/auth/identity-providers`: which are on, and the way to them

use std::{collections::BTreeMap, time::Duration};

use insta::assert_json_snapshot;
use reqwest::Url;
use serde_json::{Value, json};
use tests::{App, Browser, CLIENT_ID, ProviderPeer};

const PROVIDERS: &str = "/api/core/v1/auth/identity-providers";

pub fn grace() -> Value {
    json!({ "sub": "grace", "email": "grace@example.org", "email_verified": true, "name": "Grace Hopper", "locale": "fr-CA" })
}

#[tokio::test(flavor = "multi_thread")]
async fn none_is_on_unless_it_is_set() {
    let app = App::start().await;
    assert_json_snapshot!(app.client().get(PROVIDERS).await, @r#"
    {
      "status": 200,
      "body": {
        "items": []
      }
    }
    "#);
    for provider in ["google", "github", "openid", "facebook"] {
        let path = format!("{PROVIDERS}/{provider}/authorization");
        let begun = app.client().post(&path).json(&json!({ "purpose": "sign_in" })).await;
        begun.expect_problem(404, "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn says_which_are_on() {
    let app = App::builder()
        .variable("google_client_id", "g")
        .variable("google_client_secret", "g")
        .variable("github_client_id", "h")
        .variable("github_client_secret", "h")
        .variable("openid_client_id", "o")
        .variable("openid_client_secret", "o")
        .variable("openid_issuer", "https://id.example.org/realms/staff")
        .variable("openid_host", "https://id.example.org")
        .variable("openid_name", "The Company")
        .start()
        .await;
    assert_json_snapshot!(app.client().get(PROVIDERS).await.body["items"], @r#"
    [
      {
        "id": "google",
        "name": "Google"
      },
      {
        "id": "github",
        "name": "GitHub"
      },
      {
        "id": "openid",
        "name": "The Company"
      }
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_setting_is_the_operators_to_see() {
    for (variable, missing) in [
        ("google_client_id", "google_client_secret"),
        ("github_client_secret", "github_client_id"),
        ("openid_issuer", "openid_client_id"),
    ] {
        let app = App::builder().variable(variable, "https://id.example.org").start().await;
        let failed = app.client().get(PROVIDERS).await.expect_problem(500, "internal");
        let log = app.log_of(failed.header("x-request-id").unwrap()).await;
        let words = format!("variable `{missing}`: is missing: `{variable}` is set");
        assert!(log.contains(&words), "{log}");
        // Passwords work all the same.
        app.setup().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_sent_there_with_state_nonce_and_challenge() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let begun = Browser::new(&app, &provider).beginning("sign_in").await.expect_status(200);
    let [cookie] = &begun.cookies[..] else { panic!("{:?}", begun.cookies) };
    assert_eq!(cookie.name, "__Host-matrice_authorization");
    assert_eq!(cookie.attributes, ["Path=/", "Max-Age=600", "Secure", "HttpOnly", "SameSite=Strict"]);

    let url = Url::parse(begun.body["authorization_url"].as_str().unwrap()).unwrap();
    assert!(url.as_str().starts_with(&format!("{}/auth?", provider.url())), "{url}");
    let mut asked: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    let secrets = ["state", "nonce", "code_challenge"].map(|name| asked.remove(name).unwrap());
    assert_eq!(secrets.each_ref().map(String::len), [40, 64, 43]);
    assert!(secrets.iter().all(|secret| !secret.contains(&cookie.value)));
    assert_eq!(asked.remove("client_id").as_deref(), Some(CLIENT_ID));
    assert_json_snapshot!(asked, @r#"
    {
      "code_challenge_method": "S256",
      "redirect_uri": "http://matrice.test/sign-in/openid",
      "response_type": "code",
      "scope": "openid email profile"
    }
    "#);
    // At rest there is nothing that would finish it.
    let sql = "SELECT provider_authorizations::text FROM provider_authorizations";
    let row: String = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    assert!(secrets.iter().chain([&cookie.value]).all(|secret| !row.contains(secret.as_str())), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let path = format!("{PROVIDERS}/openid/authorization");
    for foreign in ["//evil.example", "/.//evil.example", "https://evil.example", "/\\evil.example", ""] {
        let request = json!({ "purpose": "sign_in", "return_to": foreign });
        let refused = app.client().post(&path).json(&request).await;
        assert_eq!(refused.body["errors"][0]["field"], "return_to", "{foreign}");
        refused.expect_problem(422, "validation_failed");
    }
    let refused = app.client().post(&path).json(&json!({ "purpose": "steal" })).await;
    assert_eq!(refused.body["errors"], json!([{ "field": "purpose", "code": "unknown_value" }]));
    let empty = app.client().post(&format!("{PROVIDERS}/openid/sign-in")).json(&json!({})).await;
    assert_eq!(empty.body["errors"], json!([{ "field": "code", "code": "required" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_that_began_knows_what_for() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let answer = browser.go("sign_in").await;
    assert_json_snapshot!(browser.pending(&answer).await, @r#"
    {
      "status": 200,
      "body": {
        "purpose": "sign_in",
        "return_to": "/account"
      }
    }
    "#);
    let stranger = Browser::new(&app, &provider);
    stranger.pending(&answer).await.expect_problem(403, "authorization_invalid");
    let unknown = json!({ "state": "mti_x" });
    browser.pending(&unknown).await.expect_problem(403, "authorization_invalid");
    let path = format!("{}?state=x&code=y", browser.path("authorization"));
    app.client().get(&path).await.expect_problem(422, "validation_failed");

    // Two tabs: the later one doesn't end the earlier one.
    let later = browser.go("sign_in").await;
    browser.post("sign-in", &answer).await.expect_status(200);
    browser.post("sign-in", &later).await.expect_status(200);
    browser.pending(&later).await.expect_problem(403, "authorization_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_minutes_and_no_longer() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let Some(clock) = app.movable_clock() else { return };
    app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let (late, early) = (browser.go("sign_in").await, browser.go("sign_in").await);
    clock.advance(Duration::from_mins(9));
    browser.post("sign-in", &early).await.expect_status(200);
    clock.advance(Duration::from_mins(1));
    browser.pending(&late).await.expect_problem(403, "authorization_invalid");
    browser.post("sign-in", &late).await.expect_problem(403, "authorization_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_counted_by_address() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let answer = json!({ "state": "mti_x", "code": "x" });
    let browser = Browser::new(&app, &provider);
    for _ in 0..100 {
        browser.post("sign-in", &answer).await.expect_problem(403, "authorization_invalid");
    }
    for refused in [browser.post("sign-in", &answer), browser.pending(&answer), browser.beginning("sign_in")]
    {
        let refused = refused.await.expect_problem(429, "rate_limited");
        assert!(refused.header("retry-after").is_some());
    }
    app.client().get(PROVIDERS).await.expect_status(200);
}
