//! Identity providers that lie, fail or say nothing: never somebody signed in, never a fault of ours

use insta::assert_json_snapshot;
use serde_json::Value;
use tests::{App, Browser, ProviderPeer, Response};

use crate::identity_providers::grace;

async fn sign_in(app: &App, provider: &ProviderPeer, lie: Option<&str>) -> Response {
    provider.tell("lie", &lie).await;
    Browser::new(app, provider).sign_in().await
}

async fn is_refused(lies: &[&str]) {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    app.setup().await;
    for lie in lies {
        let refused = sign_in(&app, &provider, Some(lie)).await;
        assert_eq!((refused.status, refused.code()), (502, "provider_failed"), "{lie}");
        assert!(!refused.body.to_string().contains("127.0.0.1"), "{}", refused.body);
    }
    assert!(app.mails("grace@example.org").await.is_empty());
    sign_in(&app, &provider, None).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_signed_by_somebody_else() {
    is_refused(&["foreign_key", "algorithm_none", "client_secret", "unknown_key"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_are_not_for_us() {
    is_refused(&["nonce", "no_nonce", "issuer", "audience", "authorized_party", "expired", "no_subject"])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_no_tokens() {
    is_refused(&["no_id_token", "garbage", "broken", "elsewhere", "endless"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn some_say_verified_in_words() {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    app.setup().await;
    sign_in(&app, &provider, Some("verified_as_text")).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_says_nothing_is_not_waited_for() {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    app.setup().await;
    let refused = sign_in(&app, &provider, Some("slow")).await;
    assert_json_snapshot!(refused, @r#"
    {
      "status": 504,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "provider_unavailable",
        "request_id": "[uuid]",
        "status": 504,
        "title": "The provider does not answer right now",
        "type": "urn:matrice:problem:provider_unavailable"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_down() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let answer = browser.go("sign_in").await;
    let nowhere = "http://127.0.0.1:1";
    let without = provider.application().variable("openid_issuer", nowhere).variable("openid_host", nowhere);
    let without = without.start().await;
    Browser::new(&without, &provider).beginning("sign_in").await.expect_problem(504, "provider_unavailable");
    // It goes down when the browser is on its way back.
    let (path, client) = (browser.path("sign-in"), app.client().clone());
    let cookies = browser.cookies();
    drop(provider);
    let refused = client.post(&path).cookies(&cookies).json(&answer).await;
    refused.expect_problem(504, "provider_unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_discovery_fails() {
    let provider = ProviderPeer::lying().await;
    let app = provider.application().start().await;
    for (lie, status, code) in
        [("no_discovery", 504, "provider_unavailable"), ("another_discovery", 502, "provider_failed")]
    {
        provider.tell("lie", &lie).await;
        Browser::new(&app, &provider).beginning("sign_in").await.expect_problem(status, code);
    }
    provider.tell("lie", &Value::Null).await;
    Browser::new(&app, &provider).beginning("sign_in").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_may_be_exchanged_at_any_time() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    Browser::new(&app, &provider).signed_in().await;
    provider.tell("keys", &Value::Null).await;
    Browser::new(&app, &provider).signed_in().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_are_not_named_are_not_reached() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().variable("openid_host", "https://id.example.org").start().await;
    Browser::new(&app, &provider).beginning("sign_in").await.expect_problem(504, "provider_unavailable");
}
