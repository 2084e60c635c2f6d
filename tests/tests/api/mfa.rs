//! `/api/core/v1/auth/mfa`: turning second factors on and off.

use contract::{RecoveryCodes, UserId};
use credentials::{EncryptionKey, EncryptionKeys, TotpSecret, os_rng};
use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Client};

use crate::at_once::{SECOND_FACTORS, at_once};

const MFA: &str = "/api/core/v1/auth/mfa";
const TOTP: &str = "/api/core/v1/auth/mfa/totp";
const REMOVE: &str = "/api/core/v1/auth/mfa/totp/remove";
const RECOVERY_CODES: &str = "/api/core/v1/auth/mfa/recovery-codes";
const ADA: &str = "ada@example.org";

async fn enabled(client: &Client) -> bool {
    client.get("/api/core/v1/me").await.body["second_factor"]["enabled"] == true
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_on_when_it_has_shown_a_code() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert_json_snapshot!(ada.get(MFA).await, @r#"
    {
      "status": 200,
      "body": {
        "passkeys": 0,
        "recovery_codes_left": 0
      }
    }
    "#);
    let authenticator = ada.begin_totp().await;
    assert!(!enabled(&ada).await);
    app.sign_in(ADA).await;

    assert_json_snapshot!(ada.confirm_totp(&authenticator.wrong_code(&app)).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "wrong",
            "field": "code"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    assert!(!enabled(&ada).await);

    let code = authenticator.code(&app);
    let shown = format!("{} {}", &code[..3], &code[3..]);
    let codes = ada.confirm_totp(&shown).await.expect_status(200).json::<RecoveryCodes>().recovery_codes;
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 29), "{codes:?}");
    assert!(enabled(&ada).await);
    assert_json_snapshot!(ada.get(MFA).await, @r#"
    {
      "status": 200,
      "body": {
        "passkeys": 0,
        "recovery_codes_left": 10,
        "totp_since": "[time]"
      }
    }
    "#);
    assert_eq!(app.mails(ADA).await, ["totp_added"]);
    ada.confirm_totp(&code).await.expect_problem(409, "totp_not_begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_is_told_secret_and_account() {
    let app = App::start().await;
    let ada = app.setup().await;
    let begun = ada.post(TOTP).await.expect_status(200);
    let secret = begun.body["secret"].as_str().unwrap().to_owned();
    assert_eq!(secret.len(), 32, "160 bits in base32");
    let uri = format!("otpauth://totp/Matrice:ada%40example.org?secret={secret}&issuer=Matrice");
    assert_eq!(begun.body["uri"], json!(uri));
    assert!(begun.body["qr_code"].as_str().unwrap().contains("<svg "));
    assert_ne!(ada.post(TOTP).await.body["secret"], begun.body["secret"], "anew each time");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_app_begun_last_is_confirmed() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.confirm_totp("287082").await.expect_problem(409, "totp_not_begun");
    let (first, second) = (ada.begin_totp().await, ada.begin_totp().await);
    ada.confirm_totp(&first.code(&app)).await.expect_problem(422, "validation_failed");
    assert_json_snapshot!(ada.confirm_totp(" ").await.body["errors"], @r#"
    [
      {
        "code": "required",
        "field": "code"
      }
    ]
    "#);
    ada.confirm_totp(&second.code(&app)).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_confirmations_at_once_one_gets_the_recovery_codes() {
    let app = App::start().await;
    let ada = app.setup().await;
    let authenticator = ada.begin_totp().await;
    let code = authenticator.code(&app);
    let confirm = || ada.confirm_totp(&code);
    let [won, lost] = at_once(&app, SECOND_FACTORS, confirm(), confirm()).await;
    won.expect_status(200);
    lost.expect_problem(409, "totp_not_begun");
    assert_eq!(app.mails(ADA).await, ["totp_added"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_app_goes_on_until_the_new_one_is_confirmed() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let (old, old_recovery) = ada.add_authenticator(&app).await;
    let new = ada.begin_totp().await;
    app.solve(&app.challenge(ADA).await, "totp", &old.next_code(&app)).await.expect_status(200);

    ada.confirm_totp(&new.next_code(&app)).await.expect_status(200);
    let challenge = app.challenge(ADA).await;
    for (method, code) in [("totp", &old.next_code(&app)), ("recovery_code", &old_recovery[0])] {
        app.solve(&challenge, method, code).await.expect_problem(401, "second_factor_invalid");
    }
    app.solve(&challenge, "totp", &new.next_code(&app)).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_it_is_asked_for_no_more() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.add_authenticator(&app).await;
    app.challenge(ADA).await;
    for _ in 0..2 {
        ada.post(REMOVE).await.expect_status(204);
    }
    assert!(!enabled(&ada).await);
    app.sign_in(ADA).await;
    assert_eq!(ada.get(MFA).await.body, json!({ "passkeys": 0, "recovery_codes_left": 0 }));
    assert_eq!(app.mails(ADA).await, ["totp_added", "totp_removed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_recovery_codes_void_the_old_ones() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.post(RECOVERY_CODES).await.expect_problem(409, "second_factor_off");
    let (_, old) = ada.add_authenticator(&app).await;
    let new = ada.post(RECOVERY_CODES).await.expect_status(200).json::<RecoveryCodes>().recovery_codes;
    let challenge = app.challenge(ADA).await;
    app.solve(&challenge, "recovery_code", &old[0]).await.expect_problem(401, "second_factor_invalid");
    app.solve(&challenge, "recovery_code", &new[0]).await.expect_status(200);
    let mails = app.mails(ADA).await;
    assert_eq!(mails, ["totp_added", "recovery_codes_replaced", "recovery_code_used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_new_sets_at_once_one_stays() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.add_authenticator(&app).await;
    let replace = || ada.post(RECOVERY_CODES);
    for answer in at_once(&app, SECOND_FACTORS, replace(), replace()).await {
        answer.expect_status(200);
    }
    assert_eq!(ada.get(MFA).await.body["recovery_codes_left"], 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_have_nothing_to_turn_on() {
    let app = App::start().await;
    app.client().get(MFA).await.expect_problem(401, "unauthenticated");
    for path in [TOTP, REMOVE, RECOVERY_CODES] {
        app.client().post(path).await.expect_problem(401, "unauthenticated");
    }
    app.client().confirm_totp("287082").await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaks_from_the_database_proves_nothing() {
    let key = EncryptionKey::generate(&mut os_rng()).expose();
    let app = App::builder().variable("encryption_key", &key).start().await;
    let ada = app.setup().await;
    let begun = ada.post(TOTP).await.expect_status(200);
    let database = app.database().client();
    let row =
        database.query_one("SELECT user_id::text, sealed_secret FROM totp_enrolments", &[]).await.unwrap();
    let (owner, sealed): (UserId, String) = (row.get::<_, &str>(0).parse().unwrap(), row.get(1));
    let sealed = serde_json::from_value(json!(sealed)).unwrap();
    let keys = EncryptionKeys::parse(&key).unwrap();
    let secret = TotpSecret::from_bytes(&keys.open(&sealed, owner).unwrap()).unwrap();
    assert_eq!(begun.body["secret"], json!(secret.base32()), "sealed, and nothing else");
    let other = EncryptionKeys::parse(&EncryptionKey::generate(&mut os_rng()).expose()).unwrap();
    assert!(other.open(&sealed, owner).is_err());

    ada.confirm_totp(&secret.code(app.now())).await.expect_status(200);
    let moved = database.query_one("SELECT sealed_secret FROM totp_factors", &[]).await.unwrap();
    assert_eq!(moved.get::<_, &str>(0), sealed.as_str());
    let sql = "SELECT count(DISTINCT hash) FROM recovery_codes WHERE octet_length(hash) = 32";
    assert_eq!(database.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_a_retired_key_is_sealed_anew_when_it_is_used() {
    let (old, new) =
        (EncryptionKey::generate(&mut os_rng()).expose(), EncryptionKey::generate(&mut os_rng()).expose());
    let app = App::builder().variable("encryption_key", &format!("{},{}", *new, *old)).start().await;
    let Some(_) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let (authenticator, _) = ada.add_authenticator(&app).await;
    let database = app.database().client();
    let row = database.query_one("SELECT user_id::text, sealed_secret FROM totp_factors", &[]).await.unwrap();
    let owner: UserId = row.get::<_, &str>(0).parse().unwrap();
    let (old, new) = (EncryptionKeys::parse(&old).unwrap(), EncryptionKeys::parse(&new).unwrap());
    let sealed = serde_json::from_value(json!(row.get::<_, String>(1))).unwrap();
    let retired = old.seal(&new.open(&sealed, owner).unwrap(), owner, &mut os_rng());
    database.execute("UPDATE totp_factors SET sealed_secret = $1", &[&retired.as_str()]).await.unwrap();

    app.solve(&app.challenge(ADA).await, "totp", &authenticator.next_code(&app)).await.expect_status(200);
    let row = database.query_one("SELECT sealed_secret FROM totp_factors", &[]).await.unwrap();
    let anew = serde_json::from_value(json!(row.get::<_, String>(0))).unwrap();
    assert_eq!(new.open(&anew, owner), new.open(&sealed, owner));
    app.solve(&app.challenge(ADA).await, "totp", &authenticator.next_code(&app)).await.expect_status(200);
}
