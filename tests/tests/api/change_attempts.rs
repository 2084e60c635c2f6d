//! How often one may change how one signs in: each change mails the owner.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tests::{Algorithm, Browser, ProviderPeer};

use crate::identity_providers::grace;

const TOTP: &str = "/api/core/v1/auth/mfa/totp";

#[tokio::test(flavor = "multi_thread")]
async fn thirty_changes_of_any_kind_and_then_one_a_minute() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    Browser::of(&ada, &provider).link().await;
    let (_, added) = ada.add_passkey("Phone", Algorithm::Ed25519).await;
    let begun = ada.begin_passkey().await;
    let mut browser = Browser::of(&ada, &provider);
    let answer = browser.go("link").await;
    let kept =
        "UPDATE rate_limits SET tokens = tokens - 28 WHERE key LIKE 'change:account:%' AND tokens >= 28";
    assert_eq!(
        app.database().client().execute(kept, &[]).await.unwrap(),
        1,
        "linked, and added: two of thirty"
    );

    let identities = ada.get("/api/core/v1/auth/identities").await.body;
    let identity = format!("/api/core/v1/auth/identities/{}", identities["items"][0]["id"].as_str().unwrap());
    let passkey = format!("/api/core/v1/auth/passkeys/{}", added.passkey.id);
    let name = json!({ "name": "Old phone" });
    for change in [
        ada.post(TOTP),
        ada.confirm_totp("287082"),
        ada.post("/api/core/v1/auth/mfa/totp/remove"),
        ada.post("/api/core/v1/auth/mfa/recovery-codes"),
        ada.register_passkey(&begun, "Key", &json!({})),
        ada.patch(&passkey).json(&name),
        ada.call(Method::DELETE, &passkey),
        ada.call(Method::DELETE, &identity),
        browser.post("link", &answer),
    ] {
        change.await.expect_problem(429, "rate_limited");
    }
    assert_eq!(app.mails("ada@example.org").await, ["identity_linked", "passkey_added"]);

    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(1));
    ada.call(Method::DELETE, &identity).await.expect_status(204);
    ada.patch(&passkey).json(&name).await.expect_problem(429, "rate_limited");
}
