//! `/api/core/v1/auth/identities`: linked, listed, unlinked

use std::time::Duration;

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Browser, Client, ProviderPeer};

use crate::{
    identity_providers::grace,
    provider_sign_in::{log, proven_grace},
};

const IDENTITIES: &str = "/api/core/v1/auth/identities";
const GRACE: &str = "grace@example.org";

/// Somebody whose address here is another than there.
fn hopper() -> Value {
    json!({ "sub": "hopper", "email": "hopper@example.com", "email_verified": false })
}

async fn unlink(client: &Client, id: &Value) -> tests::Response {
    client.call(Method::DELETE, &format!("{IDENTITIES}/{}", id.as_str().unwrap())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_identity_signs_in_until_it_is_unlinked() {
    let provider = ProviderPeer::openid(hopper()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "provider_email_unverified");
    Browser::of(&ada, &provider).link().await;
    assert_eq!(app.mails("ada@example.org").await, ["identity_linked"]);
    let me = Browser::new(&app, &provider).signed_in().await.get("/api/core/v1/me").await;
    assert_eq!(me.body["email"], "ada@example.org");
    let listed = ada.get(IDENTITIES).await;
    assert_json_snapshot!(listed, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "created_at": "[time]",
            "email": "hopper@example.com",
            "id": "[uuid]",
            "last_used_at": "[time]",
            "provider": "openid"
          }
        ]
      }
    }
    "#);
    // Once more changes nothing.
    Browser::of(&ada, &provider).link().await;
    assert_eq!(ada.get(IDENTITIES).await.body["items"].as_array().unwrap().len(), 1);

    let id = &listed.body["items"][0]["id"];
    unlink(&ada, id).await.expect_status(204);
    unlink(&ada, id).await.expect_problem(404, "not_found");
    assert_eq!(app.mails("ada@example.org").await, ["identity_linked", "identity_unlinked"]);
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "provider_email_unverified");
    let log = log(&ada).await;
    assert!(log.contains("ada@example.org identity_linked success openid -"), "{log}");
    assert!(log.contains("ada@example.org identity_unlinked success openid -"), "{log}");
}

/// Its address is the account's, and proven: that alone would link it.
#[tokio::test(flavor = "multi_thread")]
async fn unlinked_by_its_owner_it_is_linked_by_nobody_else() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await.create_user(GRACE, "Grace Hopper", &[]).await;
    let here = proven_grace(&app).await;
    Browser::new(&app, &provider).signed_in().await;
    for _ in 0..2 {
        let id = here.get(IDENTITIES).await.body["items"][0]["id"].take();
        unlink(&here, &id).await.expect_status(204);
        Browser::new(&app, &provider).sign_in().await.expect_problem(403, "link_required");
        assert_eq!(here.get(IDENTITIES).await.body["items"], json!([]));
        assert_eq!(app.newest_mail(GRACE).await.kind, "identity_unlinked");
        let exported = here.get("/api/core/v1/auth/account/export").await.expect_status(200);
        assert_eq!(exported.body["unlinked_identities"][0]["subject"], "grace");
        Browser::of(&here, &provider).link().await;
        Browser::new(&app, &provider).signed_in().await;
    }
    let exported = here.get("/api/core/v1/auth/account/export").await.expect_status(200);
    assert_eq!(exported.body["unlinked_identities"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_is_one_accounts() {
    let provider = ProviderPeer::openid(hopper()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let grace = app.sign_in(GRACE).await;
    Browser::of(&ada, &provider).link().await;
    let mut browser = Browser::of(&grace, &provider);
    let answer = browser.go("link").await;
    browser.post("link", &answer).await.expect_problem(409, "identity_taken");
    assert!(app.mails(GRACE).await.is_empty());
    let id = &ada.get(IDENTITIES).await.body["items"][0]["id"];
    unlink(&grace, id).await.expect_problem(404, "not_found");
    assert_eq!(grace.get(IDENTITIES).await.body["items"], json!([]));
    app.client().get(IDENTITIES).await.expect_problem(401, "unauthenticated");
}

/// Whoever lures somebody into finishing what they have begun themselves links nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_session_has_begun_no_other_finishes() {
    let provider = ProviderPeer::openid(hopper()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let mut browser = Browser::of(&app.sign_in(GRACE).await, &provider);
    let answer = browser.go("link").await;
    let (path, cookies) = (browser.path("link"), browser.cookies());
    for other in [&ada, &app.sign_in(GRACE).await] {
        let refused = other.post(&path).cookies(&cookies).json(&answer).await;
        refused.expect_problem(403, "authorization_invalid");
    }
    assert_eq!(ada.get(IDENTITIES).await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn linking_and_unlinking_ask_for_a_fresh_proof() {
    let provider = ProviderPeer::openid(hopper()).await;
    let app = provider.application().start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    Browser::of(&ada, &provider).link().await;
    let mut browser = Browser::of(&ada, &provider);
    let id = &ada.get(IDENTITIES).await.body["items"][0]["id"];
    let answer = browser.go("link").await;
    clock.advance(Duration::from_mins(11));
    let ada = ada.refreshed().await;
    let (path, cookies) = (browser.path("link"), browser.cookies());
    unlink(&ada, id).await.expect_problem(403, "proof_required");
    ada.post(&path).cookies(&cookies).json(&answer).await.expect_problem(403, "proof_required");
    Browser::of(&ada, &provider).beginning("link").await.expect_problem(403, "proof_required");
    let password = json!({ "password": tests::PASSWORD });
    ada.post("/api/core/v1/auth/step-up").json(&password).await.expect_status(204);
    unlink(&ada, id).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_exported_and_goes_with_the_account() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await.create_user(GRACE, "Grace Hopper", &[]).await;
    let here = proven_grace(&app).await;
    Browser::new(&app, &provider).signed_in().await;
    let exported = here.get("/api/core/v1/auth/account/export").await.expect_status(200);
    let identity = &exported.body["identities"][0];
    assert_eq!((&identity["issuer"], &identity["subject"]), (&json!(provider.url()), &json!("grace")));
    let password = json!({ "current_password": tests::PASSWORD });
    here.post("/api/core/v1/auth/account/delete").json(&password).await.expect_status(204);
    let left = "SELECT count(*) FROM identities";
    let left: i64 = app.database().client().query_one(left, &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
    // It is nobody's now, and may begin anew.
    Browser::new(&app, &provider).signed_in().await;
}
