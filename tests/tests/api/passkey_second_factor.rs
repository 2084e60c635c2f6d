//! Passkeys beside the password: `/api/core/v1/auth/login/second-factor` and `/step-up`.

use std::time::Duration;

use contract::PasskeyCeremony;
use serde_json::{Value, json};
use tests::{Algorithm, App, Call, Client, Device, PASSWORD, Scene};

const SECOND_FACTOR: &str = "/api/core/v1/auth/login/second-factor";
const STEP_UP: &str = "/api/core/v1/auth/step-up";
const ADA: &str = "ada@example.org";
const GRACE: &str = "grace@example.org";

fn begin(app: &App, challenge: &str) -> Call {
    app.client().post(&format!("{SECOND_FACTOR}/passkey")).json(&json!({ "challenge": challenge }))
}

fn answer(app: &App, challenge: &str, ceremony: &PasskeyCeremony, credential: &Value) -> Call {
    let passkey = json!({ "ceremony": ceremony.ceremony, "credential": credential });
    let body =
        json!({ "challenge": challenge, "method": "passkey", "passkey": passkey, "transport": "bearer" });
    app.client().post(SECOND_FACTOR).json(&body)
}

fn prove(client: &Client, ceremony: &PasskeyCeremony, credential: &Value) -> Call {
    let passkey = json!({ "ceremony": ceremony.ceremony, "credential": credential });
    client.post(STEP_UP).json(&json!({ "method": "passkey", "passkey": passkey }))
}

/// Ada and Grace, and their phones.
async fn people(app: &App) -> [(Client, Device); 2] {
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let grace = app.sign_in(GRACE).await;
    let (hers, _) = ada.add_passkey("Ada's phone", Algorithm::Es256).await;
    let (his, _) = grace.add_passkey("Grace's phone", Algorithm::Ed25519).await;
    [(ada, hers), (grace, his)]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_answers_the_challenge() {
    let app = App::start().await;
    let [(ada, mut phone), _] = people(&app).await;
    let request = json!({ "email": ADA, "password": PASSWORD });
    let asked = app.client().post("/api/core/v1/auth/login").json(&request).await.expect_status(202);
    assert_eq!(asked.body["methods"], json!(["passkey", "recovery_code"]));
    let challenge = asked.body["challenge"].as_str().unwrap();
    let ceremony: PasskeyCeremony = begin(&app, challenge).await.expect_status(200).json();
    assert_eq!(
        ceremony.options["allowCredentials"],
        json!([{ "type": "public-key", "id": phone.id(), "transports": ["hybrid", "internal"] }])
    );
    assert_eq!(ceremony.options["userVerification"], "required");
    // Devices that are asked for one passkey needn't say whose it is.
    phone.handle = None;
    let credential = phone.sign(&Scene::of(&ceremony));
    let granted = answer(&app, challenge, &ceremony, &credential).await.expect_status(200);
    app.client().signed_in(granted.json()).get("/api/core/v1/me").await.expect_status(200);
    answer(&app, challenge, &ceremony, &credential).await.expect_problem(401, "challenge_invalid");

    ada.add_authenticator(&app).await;
    let asked = app.client().post("/api/core/v1/auth/login").json(&request).await;
    assert_eq!(asked.body["methods"], json!(["passkey", "totp", "recovery_code"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_one_of_the_accounts_own_and_for_this_challenge() {
    let app = App::start().await;
    let [(_, mut phone), (_, mut graces)] = people(&app).await;
    let challenge = app.challenge(ADA).await;
    let asked = async || begin(&app, &challenge).await.expect_status(200).json::<PasskeyCeremony>();

    let ceremony = asked().await;
    let foreign = graces.sign(&Scene::of(&ceremony));
    answer(&app, &challenge, &ceremony, &foreign).await.expect_problem(403, "passkey_unknown");
    let replayed = phone.sign(&Scene::of(&ceremony));
    answer(&app, &challenge, &ceremony, &replayed).await.expect_problem(409, "passkey_ceremony_invalid");

    let anybodys = app.ask_passkey().await;
    let credential = phone.sign(&Scene::of(&anybodys));
    answer(&app, &challenge, &anybodys, &credential).await.expect_problem(409, "passkey_ceremony_invalid");

    let (here, ceremony) = (app.challenge(ADA).await, asked().await);
    let credential = phone.sign(&Scene::of(&ceremony));
    answer(&app, &here, &ceremony, &credential).await.expect_problem(409, "passkey_ceremony_invalid");
    answer(&app, &challenge, &ceremony, &credential).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tries_and_what_is_refused() {
    let app = App::start().await;
    let [(_, mut phone), (grace, _)] = people(&app).await;
    let challenge = app.challenge(ADA).await;
    let mut refuse = async |change: fn(&mut Scene), code: &str| {
        let ceremony = begin(&app, &challenge).await.expect_status(200).json();
        let mut scene = Scene::of(&ceremony);
        change(&mut scene);
        let refused = answer(&app, &challenge, &ceremony, &phone.sign(&scene)).await;
        refused.expect_problem(403, code);
    };
    refuse(|scene| scene.origin = "https://evil.example".into(), "passkey_wrong_site").await;
    refuse(|scene| scene.rp_id = "evil.example".into(), "passkey_wrong_site").await;
    refuse(|scene| scene.challenge = "A".repeat(22), "passkey_invalid").await;
    refuse(|scene| scene.verified = false, "passkey_not_verified").await;
    let ceremony = begin(&app, &challenge).await.expect_status(200).json();
    answer(&app, &challenge, &ceremony, &json!({})).await.expect_problem(403, "passkey_unknown");
    begin(&app, &challenge).await.expect_problem(401, "challenge_invalid");
    for unknown in ["", "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"] {
        begin(&app, unknown).await.expect_problem(401, "challenge_invalid");
    }
    let missing = json!({ "challenge": app.challenge(ADA).await, "method": "passkey" });
    let missing = app.client().post(SECOND_FACTOR).json(&missing).await;
    assert_eq!(missing.body["errors"], json!([{ "field": "passkey", "code": "required" }]));

    let added = grace.get("/api/core/v1/auth/passkeys").await.body;
    let path = format!("/api/core/v1/auth/passkeys/{}", added["items"][0]["id"].as_str().unwrap());
    grace.add_authenticator(&app).await;
    grace.call(reqwest::Method::DELETE, &path).await.expect_status(204);
    let challenge = app.challenge(GRACE).await;
    begin(&app, &challenge).await.expect_problem(409, "second_factor_off");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_proves_again_who_is_there() {
    let app = App::start().await;
    let [(ada, mut phone), (grace, mut graces)] = people(&app).await;
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(10));
    let (ada, grace) = (ada.refreshed().await, grace.refreshed().await);
    let protected = || ada.post("/api/core/v1/auth/mfa/recovery-codes");
    protected().await.expect_problem(403, "proof_required");
    let asked = async |client: &Client| -> PasskeyCeremony {
        client.post(&format!("{STEP_UP}/passkey")).await.expect_status(200).json()
    };

    let password = ada.post(STEP_UP).json(&json!({ "password": PASSWORD })).await;
    assert_eq!(password.expect_status(422).body["errors"][0]["field"], "method");
    let ceremony = asked(&ada).await;
    let foreign = graces.sign(&Scene::of(&ceremony));
    prove(&ada, &ceremony, &foreign).await.expect_problem(403, "passkey_unknown");
    let ceremony = asked(&grace).await;
    let credential = phone.sign(&Scene::of(&ceremony));
    prove(&ada, &ceremony, &credential).await.expect_problem(409, "passkey_ceremony_invalid");
    protected().await.expect_problem(403, "proof_required");

    let ceremony = asked(&ada).await;
    let credential = phone.sign(&Scene::of(&ceremony));
    prove(&ada, &ceremony, &credential).await.expect_status(204);
    protected().await.expect_status(200);
    prove(&ada, &ceremony, &credential).await.expect_problem(409, "passkey_ceremony_invalid");

    let begin = || app.client().post(&format!("{STEP_UP}/passkey"));
    begin().await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_none_is_asked_for_none() {
    let app = App::start().await;
    let ada = app.setup().await;
    let begin = ada.post(&format!("{STEP_UP}/passkey"));
    begin.await.expect_problem(409, "second_factor_off");
}
