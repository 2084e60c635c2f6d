//! `/api/core/v1/auth/passkeys/authentication` and `/sign-in`: signing in with a passkey alone.

use std::time::Duration;

use insta::{allow_duplicates, assert_json_snapshot};
use serde_json::{Value, json};
use tests::{Algorithm, App, Client, Device, Scene};

const BEGIN: &str = "/api/core/v1/auth/passkeys/authentication";
const SIGN_IN: &str = "/api/core/v1/auth/passkeys/sign-in";
const ME: &str = "/api/core/v1/me";

/// Ada, and her phone.
async fn ada_with_passkey(app: &App) -> (Client, Device) {
    let ada = app.setup().await;
    let (device, _) = ada.add_passkey("Phone", Algorithm::Es256).await;
    (ada, device)
}

async fn sign_ins(ada: &Client) -> Vec<Value> {
    let events = ada.get("/api/core/v1/auth/activity").await.body;
    let events = events["items"].as_array().unwrap().iter().filter(|event| event["kind"] == "sign_in");
    events.map(|event| event["details"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_both_factors() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    let (mut laptop, _) = ada.add_passkey("Laptop", Algorithm::Ed25519).await;
    let mut asked = app.ask_passkey().await;
    let challenge = asked.options["challenge"].take();
    assert_eq!(challenge.as_str().map(str::len), Some(22));
    assert_json_snapshot!(asked.options, @r#"
    {
      "allowCredentials": [],
      "challenge": null,
      "extensions": {},
      "hints": [],
      "rpId": "matrice.test",
      "timeout": 300000,
      "userVerification": "required"
    }
    "#);
    for device in [&mut phone, &mut laptop] {
        let ceremony = app.ask_passkey().await;
        let credential = device.sign(&Scene::of(&ceremony));
        let request = json!({ "ceremony": ceremony.ceremony, "credential": credential });
        let signed_in = app.client().post(SIGN_IN).json(&request).await;
        allow_duplicates!(assert_json_snapshot!(signed_in, @r#"
        {
          "status": 200,
          "cookies": [
            "__Host-matrice_access=[jwt]; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict",
            "__Secure-matrice_refresh=[token]; Path=/api/core/v1/auth; Max-Age=1209600; Secure; HttpOnly; SameSite=Strict"
          ],
          "body": {
            "expires_in": 600
          }
        }
        "#));
    }
    let granted = app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
    let there = app.client().signed_in(granted.json());
    assert_eq!(there.get(ME).await.body["email"], "ada@example.org");
    there.post("/api/core/v1/auth/mfa/recovery-codes").await.expect_status(200);
    let names: Vec<_> = sign_ins(&ada).await.iter().map(|details| details["passkey_name"].clone()).collect();
    assert_eq!(names, ["Phone", "Laptop", "Phone"]);
    let listed = ada.get("/api/core/v1/auth/passkeys").await.body;
    assert!(listed["items"].as_array().unwrap().iter().all(|item| item["last_used_at"].is_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_for_something_else_is_refused() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    let origin = app.sign_in_with(&mut phone, |scene| scene.origin = "https://evil.example".into()).await;
    origin.expect_problem(403, "passkey_wrong_site");
    let port = app.sign_in_with(&mut phone, |scene| scene.origin.push_str(":8080")).await;
    port.expect_problem(403, "passkey_wrong_site");
    let site = app.sign_in_with(&mut phone, |scene| scene.rp_id = "evil.example".into()).await;
    site.expect_problem(403, "passkey_wrong_site");
    let challenge = app.sign_in_with(&mut phone, |scene| scene.challenge = "A".repeat(22)).await;
    challenge.expect_problem(403, "passkey_invalid");
    let unverified = app.sign_in_with(&mut phone, |scene| scene.verified = false).await;
    assert_json_snapshot!(unverified, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "passkey_not_verified",
        "request_id": "[uuid]",
        "status": 403,
        "title": "The device did not verify its owner",
        "type": "urn:matrice:problem:passkey_not_verified"
      }
    }
    "#);
    let reasons: Vec<_> = sign_ins(&ada).await.iter().map(|details| details["reason"].clone()).collect();
    let wrong_site = "passkey_wrong_site";
    assert_eq!(reasons, ["passkey_not_verified", "passkey_invalid", wrong_site, wrong_site, wrong_site]);
    app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
}

/// Our page in a frame of somebody else's, and what was signed when a passkey was made, or made when one was to sign.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_elsewhere_or_otherwise_is_refused() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    let frame = |top_origin: Option<&str>| {
        let top_origin = top_origin.map(str::to_owned);
        move |scene: &mut Scene| (scene.cross_origin, scene.top_origin) = (true, top_origin)
    };
    for top_origin in [None, Some("https://evil.example")] {
        let framed = app.sign_in_with(&mut phone, frame(top_origin)).await;
        framed.expect_problem(403, "passkey_wrong_site");
        let begun = ada.begin_passkey().await;
        let mut scene = Scene::of(&begun);
        frame(top_origin)(&mut scene);
        let (_, credential) = Device::create(Algorithm::Es256, &begun, &scene);
        let framed = ada.register_passkey(&begun, "Framed", &credential).await;
        framed.expect_problem(403, "passkey_wrong_site");
    }
    let made = app.sign_in_with(&mut phone, |scene| scene.kind = Some("webauthn.create")).await;
    made.expect_problem(403, "passkey_invalid");
    let begun = ada.begin_passkey().await;
    let signed = Scene { kind: Some("webauthn.get"), ..Scene::of(&begun) };
    let (_, credential) = Device::create(Algorithm::Es256, &begun, &signed);
    ada.register_passkey(&begun, "Signed", &credential).await.expect_problem(403, "passkey_invalid");
    app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_must_hold() {
    let app = App::start().await;
    let (_, mut phone) = ada_with_passkey(&app).await;
    let ceremony = app.ask_passkey().await;
    let mut forged = phone.sign(&Scene::of(&ceremony));
    let other = phone.sign(&Scene::of(&app.ask_passkey().await));
    forged["response"]["signature"] = other["response"]["signature"].clone();
    app.sign_in_by(&ceremony, &forged).await.expect_problem(403, "passkey_invalid");
    for nonsense in [json!({ "id": phone.id() }), json!({ "id": phone.id(), "response": 1 })] {
        let ceremony = app.ask_passkey().await;
        app.sign_in_by(&ceremony, &nonsense).await.expect_problem(403, "passkey_invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_which_accounts_there_are() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    let begun = ada.begin_passkey().await;
    let (mut unknown, _) = Device::create(Algorithm::Es256, &begun, &Scene::of(&begun));
    let hers = app.sign_in_with(&mut unknown, |_| ()).await;
    unknown.handle = Some("A".repeat(86));
    let nobodys = app.sign_in_with(&mut unknown, |_| ()).await;
    for refused in [&hers, &nobodys] {
        allow_duplicates!(assert_json_snapshot!(refused, @r#"
        {
          "status": 403,
          "headers": {
            "content-type": "application/problem+json"
          },
          "body": {
            "code": "passkey_unknown",
            "request_id": "[uuid]",
            "status": 403,
            "title": "The passkey is not known",
            "type": "urn:matrice:problem:passkey_unknown"
          }
        }
        "#));
    }
    phone.handle = Some("A".repeat(86));
    let somebody_elses = app.sign_in_with(&mut phone, |_| ()).await;
    somebody_elses.expect_problem(403, "passkey_unknown");
    for nothing in [json!(null), json!({}), json!([]), json!({ "id": 7 })] {
        let ceremony = app.ask_passkey().await;
        app.sign_in_by(&ceremony, &nothing).await.expect_problem(403, "passkey_unknown");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_is_good_once_and_for_five_minutes() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    let ceremony = app.ask_passkey().await;
    let credential = phone.sign(&Scene::of(&ceremony));
    app.sign_in_by(&ceremony, &credential).await.expect_status(200);
    let again = || app.sign_in_by(&ceremony, &credential);
    again().await.expect_problem(409, "passkey_ceremony_invalid");

    let refused = app.ask_passkey().await;
    app.sign_in_by(&refused, &json!({})).await.expect_problem(403, "passkey_unknown");
    let retried = phone.sign(&Scene::of(&refused));
    app.sign_in_by(&refused, &retried).await.expect_problem(409, "passkey_ceremony_invalid");

    let step_up = ada.post("/api/core/v1/auth/step-up/passkey").await.expect_status(200).json();
    let elsewhere = phone.sign(&Scene::of(&step_up));
    app.sign_in_by(&step_up, &elsewhere).await.expect_problem(409, "passkey_ceremony_invalid");

    let Some(clock) = app.movable_clock() else { return };
    for (seconds, status) in [(290, 200), (300, 409)] {
        let ceremony = app.ask_passkey().await;
        let credential = phone.sign(&Scene::of(&ceremony));
        clock.advance(Duration::from_secs(seconds));
        app.sign_in_by(&ceremony, &credential).await.expect_status(status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_goes_back_is_refused_and_logged() {
    let app = App::start().await;
    let (ada, mut phone) = ada_with_passkey(&app).await;
    phone.counter = 7;
    app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
    for copy in [7, 3, 0] {
        phone.counter = copy;
        app.sign_in_with(&mut phone, |_| ()).await.expect_problem(403, "passkey_cloned");
    }
    assert!(app.log().contains("passkey_cloned"), "{}", app.log());
    assert_eq!(sign_ins(&ada).await[0]["reason"], "passkey_cloned");
    phone.counter = 8;
    app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_closed_to_its_passkey() {
    let app = App::start().await;
    let ada = app.setup().await;
    let user = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let (mut phone, _) = grace.add_passkey("Phone", Algorithm::Ed25519).await;
    ada.post(&format!("/api/core/v1/users/{}/lock", user.id)).await.expect_status(200);
    app.sign_in_with(&mut phone, |_| ()).await.expect_problem(403, "account_locked");
    let unverified = app.sign_in_with(&mut phone, |scene| scene.verified = false).await;
    unverified.expect_problem(403, "passkey_not_verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_counted() {
    let app = App::start().await;
    let begin = || app.client().post(BEGIN);
    let sign_in = || app.client().post(SIGN_IN).json(&json!({}));
    let second_factor =
        || app.client().post("/api/core/v1/auth/login/second-factor/passkey").json(&json!({}));
    let level = async || {
        let sql = "SELECT round(tokens)::int FROM rate_limits WHERE key = 'login:page:127.0.0.1'";
        app.database().client().query_one(sql, &[]).await.unwrap().get::<_, i32>(0)
    };
    begin().await.expect_status(200);
    assert_eq!(level().await, 299);
    assert!(sign_in().await.status >= 400);
    // As if many had come before.
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key IN ('login:page:127.0.0.1', 'login:address:127.0.0.1')";
    app.database().client().execute(sql, &[]).await.unwrap();
    for call in [begin(), sign_in(), second_factor()] {
        call.await.expect_problem(429, "rate_limited");
    }
    let other_site = app.client().post(BEGIN).header("sec-fetch-site", "cross-site").await;
    other_site.expect_problem(403, "cross_site_request");
}
