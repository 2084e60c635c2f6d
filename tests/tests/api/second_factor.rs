//! `POST /api/core/v1/auth/login/second-factor`: signing in with a second factor.

use std::time::{Duration, SystemTime};

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, sign_in_request};

use crate::at_once::{RECOVERY_CODES, TOTP_FACTORS, at_once};

const LOGIN: &str = "/api/core/v1/auth/login";
const SECOND_FACTOR: &str = "/api/core/v1/auth/login/second-factor";
const ME: &str = "/api/core/v1/me";
const ADA: &str = "ada@example.org";

#[tokio::test(flavor = "multi_thread")]
async fn the_password_is_answered_with_a_challenge_and_the_code_with_tokens() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let (authenticator, _) = app.setup().await.add_authenticator(&app).await;
    let asked = app.client().post(LOGIN).json(&sign_in_request(ADA, Transport::Cookie)).await;
    assert_json_snapshot!(asked, @r#"
    {
      "status": 202,
      "body": {
        "challenge": "[token]",
        "expires_in": 300,
        "methods": [
          "totp",
          "recovery_code"
        ]
      }
    }
    "#);
    let solution = json!({
        "challenge": asked.body["challenge"], "method": "totp", "code": authenticator.next_code(&app),
    });
    let signed_in = app.client().post(SECOND_FACTOR).json(&solution).await;
    assert_json_snapshot!(signed_in, @r#"
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
    "#);
    let access = signed_in.cookie("__Host-matrice_access");
    app.client().get(ME).cookies([access]).await.expect_status(200);

    let code = authenticator.next_code(&app);
    let granted = app.solve(&app.challenge(ADA).await, "totp", &code).await.expect_status(200);
    app.client().signed_in(granted.json()).get(ME).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused() {
    let app = App::start().await;
    let (authenticator, _) = app.setup().await.add_authenticator(&app).await;
    let challenge = app.challenge(ADA).await;
    assert_json_snapshot!(app.solve(&challenge, "totp", &authenticator.wrong_code(&app)).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "second_factor_invalid",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The code is wrong",
        "type": "urn:matrice:problem:second_factor_invalid"
      }
    }
    "#);
    app.solve(&challenge, "recovery_code", "nonsense").await.expect_problem(401, "second_factor_invalid");
    app.solve(&challenge, "recovery_code", "7k3m-q9xt-2vbn-5hcd-w8rj-4pzs")
        .await
        .expect_problem(401, "second_factor_invalid");
    for unknown in ["", "mtc_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G"] {
        app.solve(unknown, "totp", &authenticator.code(&app)).await.expect_problem(401, "challenge_invalid");
    }
    assert_json_snapshot!(app.solve(&challenge, "sms", "").await.body["errors"], @r#"
    [
      {
        "code": "unknown_value",
        "field": "method"
      },
      {
        "code": "required",
        "field": "code"
      }
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_and_no_earlier_one_after_it() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let (authenticator, _) = app.setup().await.add_authenticator(&app).await;
    let confirmed_with = authenticator.code(&app);
    let challenge = app.challenge(ADA).await;
    app.solve(&challenge, "totp", &confirmed_with).await.expect_problem(401, "second_factor_invalid");
    let (earlier, code) = (authenticator.next_code(&app), authenticator.next_code(&app));
    app.solve(&challenge, "totp", &code).await.expect_status(200);
    app.solve(&challenge, "totp", &authenticator.next_code(&app))
        .await
        .expect_problem(401, "challenge_invalid");
    let challenge = app.challenge(ADA).await;
    for spent in [&code, &earlier] {
        app.solve(&challenge, "totp", spent).await.expect_problem(401, "second_factor_invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_may_differ_by_one_step() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let (authenticator, _) = app.setup().await.add_authenticator(&app).await;
    let code = async |steps: i64| {
        // Three minutes on, so that none was spent, and to the middle of a step, so that none ends meanwhile.
        let since = clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        clock.advance(Duration::from_secs(180 + 45 - since % 30));
        let step = Duration::from_secs(30 * steps.unsigned_abs());
        let shown_at = if steps < 0 { clock.now() - step } else { clock.now() + step };
        app.solve(&app.challenge(ADA).await, "totp", &authenticator.code_at(shown_at)).await.status
    };
    for (steps, status) in [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)] {
        assert_eq!(code(steps).await, status, "{steps}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_sign_ins_with_one_code_at_once_one_wins() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let (authenticator, recovery_codes) = app.setup().await.add_authenticator(&app).await;
    let code = authenticator.next_code(&app);
    for (lock, method, code) in
        [(TOTP_FACTORS, "totp", &code), (RECOVERY_CODES, "recovery_code", &recovery_codes[0])]
    {
        let (here, there) = (app.challenge(ADA).await, app.challenge(ADA).await);
        let solve = |challenge: &str| app.solve(challenge, method, code);
        let [won, lost] = at_once(&app, lock, solve(&here), solve(&there)).await;
        won.expect_status(200);
        lost.expect_problem(401, "second_factor_invalid");
    }
    assert_eq!(app.mails(ADA).await, ["totp_added", "recovery_code_used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_codes_for_one_challenge_at_once_one_wins() {
    let app = App::start().await;
    let (_, recovery_codes) = app.setup().await.add_authenticator(&app).await;
    let challenge = app.challenge(ADA).await;
    let solve = |code: usize| app.solve(&challenge, "recovery_code", &recovery_codes[code]);
    let [won, lost] = at_once(&app, RECOVERY_CODES, solve(0), solve(1)).await;
    assert_eq!((won.status, lost.status), (200, 401));
    assert_eq!(app.mails(ADA).await, ["totp_added", "recovery_code_used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_lets_in_once_and_its_owner_is_told() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (_, codes) = ada.add_authenticator(&app).await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    let signed_in = app.solve(&app.challenge(ADA).await, "recovery_code", &typed).await.expect_status(200);
    app.client().signed_in(signed_in.json()).get(ME).await.expect_status(200);
    let mail = app.newest_mail(ADA).await;
    assert_eq!(mail.kind, "recovery_code_used");
    assert!(mail.text.contains("9 are left"), "{}", mail.text);
    assert_eq!(ada.get("/api/core/v1/auth/mfa").await.body["recovery_codes_left"], 9);

    let challenge = app.challenge(ADA).await;
    app.solve(&challenge, "recovery_code", &typed).await.expect_problem(401, "second_factor_invalid");
    for code in codes.iter().filter(|code| **code != codes[3]) {
        let challenge = app.challenge(ADA).await;
        app.solve(&challenge, "recovery_code", code).await.expect_status(200);
    }
    assert!(app.newest_mail(ADA).await.text.contains("It was the last one"));
    let asked = app.client().post(LOGIN).json(&sign_in_request(ADA, Transport::Bearer)).await;
    assert_eq!(asked.body["methods"], json!(["totp"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_neither_signs_in_nor_turns_it_off() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let (authenticator, _) = app.setup().await.add_authenticator(&app).await;
    let forgotten = app.client().post("/api/core/v1/auth/password/forgot").json(&json!({ "email": ADA }));
    forgotten.await.expect_status(202);
    let token = app.mailed_token(ADA, "password_reset").await;
    let reset = json!({ "token": token, "password": tests::PASSWORD });
    let reset = app.client().post("/api/core/v1/auth/password/reset").json(&reset).await.expect_status(204);
    assert!(reset.cookies.is_empty());
    let challenge = app.challenge(ADA).await;
    app.solve(&challenge, "totp", &authenticator.next_code(&app)).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_locked_since_the_password_is_told_so() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let (_, codes) = app.sign_in("grace@example.org").await.add_authenticator(&app).await;
    let challenge = app.challenge("grace@example.org").await;
    ada.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    app.solve(&challenge, "recovery_code", &codes[0]).await.expect_problem(403, "account_locked");
}
