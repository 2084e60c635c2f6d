//! A sign-in from a device that the account doesn't know is told to its owner.

use std::time::Duration;

use serde_json::json;
use tests::{App, Call};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const NEXT_FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
const ADA: &str = "ada@example.org";

fn login(app: &App, email: &str, user_agent: &str) -> Call {
    let body = json!({ "email": email, "password": tests::PASSWORD, "transport": "bearer" });
    app.client().post("/api/core/v1/auth/login").header("user-agent", user_agent).json(&body)
}

async fn sign_in(app: &App, email: &str, user_agent: &str) {
    login(app, email, user_agent).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_new_device_is_told_once() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert!(app.mails(ADA).await.is_empty(), "the first sign-in is no news");
    sign_in(&app, ADA, FIREFOX).await;
    sign_in(&app, ADA, NEXT_FIREFOX).await;
    app.sign_in(ADA).await;
    assert_eq!(app.mails(ADA).await, ["new_device"]);
    let text = app.newest_mail(ADA).await.text;
    assert!(text.contains("a new device: Firefox on Linux, from 127.0.0.1, on "), "{text}");
    assert!(text.contains("http://matrice.test/account"), "{text}");

    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    sign_in(&app, "grace@example.org", FIREFOX).await;
    assert!(app.mails("grace@example.org").await.is_empty());
    app.sign_in("grace@example.org").await;
    let text = app.newest_mail("grace@example.org").await.text;
    assert!(text.contains("a new device: one that doesn’t say what it is"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_known_for_ninety_days() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    app.setup().await;
    sign_in(&app, ADA, FIREFOX).await;
    clock.advance(Duration::from_hours(89 * 24));
    sign_in(&app, ADA, FIREFOX).await;
    assert_eq!(app.mails(ADA).await.len(), 1);
    clock.advance(Duration::from_hours(90 * 24));
    sign_in(&app, ADA, FIREFOX).await;
    assert_eq!(app.mails(ADA).await.len(), 2);
}

/// Many devices have one name: one that is signed in need not sign in again from elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn another_device_of_the_same_name_is_told() {
    let app = App::builder().variable("trusted_proxies", "127.0.0.1").start().await;
    let ada = app.setup().await;
    let from = async |address: &str| {
        login(&app, ADA, FIREFOX).header("x-forwarded-for", address).await.expect_status(200);
        app.mails(ADA).await.len()
    };
    assert_eq!(from("203.0.113.1").await, 1, "a new name");
    assert_eq!(from("203.0.113.1").await, 1, "a known place");
    assert_eq!(from("203.0.113.2").await, 2, "another place, and the device is signed in");
    assert_eq!(from("203.0.113.2").await, 2);
    ada.post("/api/core/v1/auth/sessions/end-others").await.expect_status(204);
    assert_eq!(from("203.0.113.3").await, 2, "it has signed out, and moved");
}

/// Sessions of the version before name no device; their `User-Agent` does.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_an_earlier_version_count() {
    let app = App::start().await;
    app.setup().await;
    let earlier = "UPDATE sessions SET device = NULL, user_agent = $1";
    app.database().client().execute(earlier, &[&FIREFOX]).await.unwrap();
    sign_in(&app, ADA, FIREFOX).await;
    assert!(app.mails(ADA).await.is_empty());
}
