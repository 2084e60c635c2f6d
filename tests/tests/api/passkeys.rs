//! `/api/core/v1/auth/passkeys`: adding, listing, renaming and removing passkeys.

use std::time::Duration;

use contract::{Passkey, RegisteredPasskey};
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Algorithm, App, Client, Device, Scene};

use crate::at_once::{SECOND_FACTORS, at_once};

const PASSKEYS: &str = "/api/core/v1/auth/passkeys";
const MFA: &str = "/api/core/v1/auth/mfa";
const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";

fn path(passkey: &Passkey) -> String {
    format!("{PASSKEYS}/{}", passkey.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_asked_for_a_passkey_that_signs_in_by_itself() {
    let app = App::start().await;
    let ada = app.setup().await;
    let begun = ada.begin_passkey().await;
    assert_eq!((begun.ceremony.len(), begun.expires_in), (40, 300));
    let mut options = begun.options.clone();
    let (challenge, handle) = (options["challenge"].take(), options["user"]["id"].take());
    let length = |text: &Value| text.as_str().map(str::len);
    assert_eq!((length(&challenge), length(&handle)), (Some(22), Some(86)), "16 and 64 random bytes");
    let algorithm = |id: i32| json!({ "type": "public-key", "alg": id });
    assert_eq!(
        options,
        json!({
            "rp": { "id": "matrice.test", "name": "matrice.test" },
            "user": { "id": null, "name": "ada@example.org", "displayName": "Ada Lovelace" },
            "challenge": null,
            "pubKeyCredParams": [algorithm(-8), algorithm(-7), algorithm(-257)],
            "timeout": 300_000,
            "excludeCredentials": [],
            "authenticatorSelection": {
                "residentKey": "required", "requireResidentKey": true, "userVerification": "required",
            },
            "hints": [],
            "attestation": "none",
            "attestationFormats": ["none"],
            "extensions": {},
        })
    );
    let (device, _) = ada.add_passkey("Phone", Algorithm::Es256).await;
    let again = ada.begin_passkey().await;
    assert_eq!(again.options["user"]["id"], begun.options["user"]["id"], "the account's own");
    assert_ne!(again.options["challenge"], begun.options["challenge"]);
    assert_eq!(
        again.options["excludeCredentials"],
        json!([{ "type": "public-key", "id": device.id(), "transports": ["hybrid", "internal"] }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_a_second_factor_and_the_first_brings_recovery_codes() {
    let app = App::start().await;
    let ada = app.setup().await;
    let begun = ada.begin_passkey().await;
    let (_, credential) = Device::create(Algorithm::Ed25519, &begun, &Scene::of(&begun));
    let mut added = ada.register_passkey(&begun, " My phone ", &credential).await;
    let codes = added.body["recovery_codes"].take();
    assert_eq!(codes.as_array().map(Vec::len), Some(10));
    assert_json_snapshot!(added, @r#"
    {
      "status": 201,
      "body": {
        "passkey": {
          "backed_up": true,
          "created_at": "[time]",
          "id": "[uuid]",
          "name": "My phone",
          "transports": [
            "hybrid",
            "internal"
          ]
        },
        "recovery_codes": null
      }
    }
    "#);
    assert_eq!(ada.get("/api/core/v1/me").await.body["second_factor"]["enabled"], true);
    assert_eq!(ada.get(MFA).await.body, json!({ "passkeys": 1, "recovery_codes_left": 10 }));

    let (_, second) = ada.add_passkey("Laptop", Algorithm::Es256).await;
    assert!(second.recovery_codes.is_empty(), "those from before are good");
    let listed = ada.get(PASSKEYS).await.expect_status(200).body;
    let names: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert_eq!(names, ["Laptop", "My phone"]);
    assert_eq!(app.mails(ADA).await, ["passkey_added", "passkey_added"]);
    let mail = app.newest_mail(ADA).await;
    assert!(mail.text.contains("a new passkey, “Laptop”"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_may_not_send() {
    let app = App::start().await;
    let ada = app.setup().await;
    let add = async |change: fn(&mut Scene)| {
        let begun = ada.begin_passkey().await;
        let mut scene = Scene::of(&begun);
        change(&mut scene);
        let (_, credential) = Device::create(Algorithm::Es256, &begun, &scene);
        ada.register_passkey(&begun, "Phone", &credential).await
    };
    add(|scene| scene.origin = "https://evil.example".into()).await.expect_problem(403, "passkey_wrong_site");
    add(|scene| scene.rp_id = "evil.example".into()).await.expect_problem(403, "passkey_wrong_site");
    add(|scene| scene.challenge = "A".repeat(22)).await.expect_problem(403, "passkey_invalid");
    add(|scene| scene.verified = false).await.expect_problem(403, "passkey_not_verified");

    let begun = ada.begin_passkey().await;
    ada.register_passkey(&begun, "Phone", &json!({})).await.expect_problem(403, "passkey_invalid");
    let nameless = ada.register_passkey(&begun, " ", &json!({})).await;
    assert_eq!(nameless.body["errors"], json!([{ "field": "name", "code": "required" }]));
    assert_eq!(ada.get(MFA).await.body["passkeys"], 0);
    assert!(app.mails(ADA).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_is_good_once_for_five_minutes_in_its_session() {
    let app = App::start().await;
    let ada = app.setup().await;
    let begun = ada.begin_passkey().await;
    let (_, credential) = Device::create(Algorithm::Es256, &begun, &Scene::of(&begun));
    let elsewhere = app.sign_in(ADA).await;
    elsewhere
        .register_passkey(&begun, "Phone", &credential)
        .await
        .expect_problem(409, "passkey_ceremony_invalid");
    let signed_in = app.ask_passkey().await;
    for wrong in ["", "mtp_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", &signed_in.ceremony] {
        let request = json!({ "ceremony": wrong, "name": "Phone", "credential": credential });
        let refused = ada.post(PASSKEYS).json(&request).await;
        refused.expect_problem(409, "passkey_ceremony_invalid");
    }
    ada.register_passkey(&begun, "Phone", &credential).await.expect_status(201);
    let again = || ada.register_passkey(&begun, "Phone", &credential);
    again().await.expect_problem(409, "passkey_ceremony_invalid");

    let later = ada.begin_passkey().await;
    let (_, credential) = Device::create(Algorithm::Es256, &later, &Scene::of(&later));
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(5));
    ada.register_passkey(&later, "Laptop", &credential).await.expect_problem(409, "passkey_ceremony_invalid");
    app.ask_passkey().await;
    let sql = "SELECT count(*) FROM passkey_ceremonies";
    let kept: i64 = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(kept, 1, "whoever begins one takes expired ones along");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_one_accounts_alone() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let grace = app.sign_in(GRACE).await;
    let (_, RegisteredPasskey { passkey, .. }) = ada.add_passkey("Phone", Algorithm::Es256).await;
    for (client, path) in [(&grace, path(&passkey)), (&ada, format!("{PASSKEYS}/{}", ada_id(&ada).await))] {
        let renamed = client.patch(&path).json(&json!({ "name": "Mine" })).await;
        renamed.expect_problem(404, "not_found");
        client.call(Method::DELETE, &path).await.expect_problem(404, "not_found");
    }
    assert_eq!(grace.get(PASSKEYS).await.body["items"], json!([]));

    // The same device's answer to another account's ceremony: its id is taken.
    let (hers, his) = (grace.begin_passkey().await, ada.begin_passkey().await);
    let (_, first) = Device::create(Algorithm::Es256, &hers, &Scene::of(&hers));
    grace.register_passkey(&hers, "Phone", &first).await.expect_status(201);
    let sql = "UPDATE passkeys SET credential_id = $1 WHERE name = 'Phone' AND id = $2::text::uuid";
    let (_, copy) = Device::create(Algorithm::Es256, &his, &Scene::of(&his));
    let moved = [copy["id"].as_str().unwrap().to_owned(), passkey.id.to_string()];
    app.database().client().execute(sql, &[&moved[0], &moved[1]]).await.unwrap();
    ada.register_passkey(&his, "Phone", &copy).await.expect_problem(409, "passkey_taken");
}

async fn ada_id(ada: &Client) -> String {
    ada.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_renamed_and_removed_and_the_last_takes_the_recovery_codes_along() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, phone) = ada.add_passkey("Phone", Algorithm::Es256).await;
    let (_, laptop) = ada.add_passkey("Laptop", Algorithm::Ed25519).await;
    let renamed = ada.patch(&path(&phone.passkey)).json(&json!({ "name": "Old phone" })).await;
    assert_eq!(renamed.expect_status(200).json::<Passkey>().name.as_str(), "Old phone");
    let nameless = ada.patch(&path(&phone.passkey)).json(&json!({})).await;
    assert_eq!(nameless.body["errors"], json!([{ "field": "name", "code": "required" }]));

    let remove = |passkey: &Passkey| ada.call(Method::DELETE, &path(passkey));
    remove(&phone.passkey).await.expect_status(204);
    remove(&phone.passkey).await.expect_problem(404, "not_found");
    assert_eq!(ada.get(MFA).await.body, json!({ "passkeys": 1, "recovery_codes_left": 10 }));
    remove(&laptop.passkey).await.expect_status(204);
    assert_eq!(ada.get(MFA).await.body, json!({ "passkeys": 0, "recovery_codes_left": 0 }));
    app.sign_in(ADA).await;
    let mail = app.newest_mail(ADA).await;
    assert_eq!((mail.kind.as_str(), mail.subject.as_str()), ("passkey_removed", "A passkey was removed"));
    assert!(mail.text.contains("“Laptop” is removed"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_an_app_either_may_go() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, codes) = ada.add_authenticator(&app).await;
    let (_, added) = ada.add_passkey("Phone", Algorithm::Es256).await;
    assert!(added.recovery_codes.is_empty());
    ada.post("/api/core/v1/auth/mfa/totp/remove").await.expect_status(204);
    assert_eq!(ada.get(MFA).await.body, json!({ "passkeys": 1, "recovery_codes_left": 10 }));
    app.solve(&app.challenge(ADA).await, "recovery_code", &codes[0]).await.expect_status(200);
    ada.post("/api/core/v1/auth/mfa/recovery-codes").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thief_of_the_session_adds_and_removes_none() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, added) = ada.add_passkey("Phone", Algorithm::Es256).await;
    let begun = ada.begin_passkey().await;
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(10));
    let thief = ada.refreshed().await;
    let asked = thief.post(&format!("{PASSKEYS}/registration")).await;
    asked.expect_problem(403, "proof_required");
    thief.register_passkey(&begun, "Mine", &json!({})).await.expect_problem(403, "proof_required");
    thief.call(Method::DELETE, &path(&added.passkey)).await.expect_problem(403, "proof_required");
    for path in [PASSKEYS.to_owned(), MFA.to_owned()] {
        app.client().get(&path).await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_ones_at_once_one_brings_the_codes_and_twenty_are_enough() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (here, there) = (ada.begin_passkey().await, ada.begin_passkey().await);
    let credential = |begun| Device::create(Algorithm::Ed25519, begun, &Scene::of(begun)).1;
    let first = ada.register_passkey(&here, "Here", &credential(&here));
    let second = ada.register_passkey(&there, "There", &credential(&there));
    let both = at_once(&app, SECOND_FACTORS, first, second).await;
    let codes: usize =
        both.map(|answer| answer.json::<RegisteredPasskey>().recovery_codes.len()).iter().sum();
    assert_eq!(codes, 10);

    let last = ada.begin_passkey().await;
    for number in 3..=20 {
        ada.add_passkey(&format!("Passkey {number}"), Algorithm::Ed25519).await;
    }
    let refused = ada.register_passkey(&last, "One more", &credential(&last)).await;
    refused.expect_problem(409, "too_many_passkeys");
    let begin = || ada.post(&format!("{PASSKEYS}/registration"));
    begin().await.expect_problem(409, "too_many_passkeys");
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_not_asked_without_end() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.begin_passkey().await;
    // As if she had begun many before.
    let sql = "UPDATE rate_limits SET tokens = tokens - 29 WHERE key LIKE 'passkey:account:%'";
    assert_eq!(app.database().client().execute(sql, &[]).await.unwrap(), 1);
    let begin = ada.post(&format!("{PASSKEYS}/registration"));
    begin.await.expect_problem(429, "rate_limited");
    let step_up = ada.post("/api/core/v1/auth/step-up/passkey");
    step_up.await.expect_problem(429, "rate_limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_may_ask_for_a_second_factor_and_a_passkey_is_one() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let demand = |required: bool| {
        ada.patch("/api/core/v1/roles/auditor").json(&json!({ "requires_second_factor": required }))
    };
    demand(true).await.expect_status(200);
    let grace = app.sign_in(GRACE).await;
    let users = || grace.get("/api/core/v1/users");
    users().await.expect_problem(403, "second_factor_required");
    grace.get(PASSKEYS).await.expect_status(200);
    let (mut device, added) = grace.add_passkey("Phone", Algorithm::Es256).await;
    users().await.expect_status(200);
    let signed_in = app.sign_in_with(&mut device, |_| ()).await.expect_status(200);
    let roles = app.client().signed_in(signed_in.json()).get("/api/service/v1/whoami").await.body;
    assert_eq!(roles["roles"], json!(["auditor"]));

    let remove = || grace.call(Method::DELETE, &path(&added.passkey));
    remove().await.expect_problem(409, "last_second_factor");
    demand(false).await.expect_status(200);
    remove().await.expect_status(204);
    let events = grace.get("/api/core/v1/auth/activity").await.body;
    let log: Vec<_> = events["items"].as_array().unwrap().iter().map(line).collect();
    assert_eq!(
        log,
        [
            "passkey_removed success Phone",
            "passkey_removed refused Phone",
            "sign_in success Phone",
            "passkey_added success Phone",
            "sign_in success ",
            "user_created success ",
        ]
    );
}

fn line(event: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let passkey = text(&event["details"]["passkey_name"]);
    format!("{} {} {passkey}", text(&event["kind"]), text(&event["outcome"]))
}
