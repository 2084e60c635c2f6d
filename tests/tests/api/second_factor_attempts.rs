//! How often a code may be tried: what guessing six digits is up against.

use std::time::Duration;

use contract::Transport;
use serde_json::json;
use tests::{App, PASSWORD, sign_in_request};

const ADA: &str = "ada@example.org";
const STEP_UP: &str = "/api/core/v1/auth/step-up";
const LOGIN: &str = "/api/core/v1/auth/login";

#[tokio::test(flavor = "multi_thread")]
async fn five_codes_for_one_challenge() {
    let app = App::start().await;
    let Some(_) = app.movable_clock() else { return };
    let (authenticator, codes) = app.setup().await.add_authenticator(&app).await;
    let challenge = app.challenge(ADA).await;
    for _ in 0..5 {
        let wrong = app.solve(&challenge, "totp", &authenticator.wrong_code(&app)).await;
        wrong.expect_problem(401, "second_factor_invalid");
    }
    app.solve(&challenge, "recovery_code", &codes[0]).await.expect_problem(401, "challenge_invalid");
    let code = authenticator.next_code(&app);
    app.solve(&app.challenge(ADA).await, "totp", &code).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_good_for_five_minutes() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let (_, codes) = app.setup().await.add_authenticator(&app).await;
    let (late, timely) = (app.challenge(ADA).await, app.challenge(ADA).await);
    clock.advance(Duration::from_secs(290));
    app.solve(&timely, "recovery_code", &codes[0]).await.expect_status(200);
    clock.advance(Duration::from_secs(10));
    app.solve(&late, "recovery_code", &codes[1]).await.expect_problem(401, "challenge_invalid");
    app.challenge(ADA).await;
    let left = app.database().client().query_one("SELECT count(*) FROM second_factor_challenges", &[]).await;
    assert_eq!(left.unwrap().get::<_, i64>(0), 1, "expired ones are cleared away");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_codes_for_one_account_and_then_one_in_five_minutes() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let (authenticator, codes) = ada.add_authenticator(&app).await;
    let wrong = authenticator.wrong_code(&app);
    for _ in 0..2 {
        let challenge = app.challenge(ADA).await;
        for _ in 0..5 {
            app.solve(&challenge, "totp", &wrong).await.expect_problem(401, "second_factor_invalid");
        }
    }
    let challenge = app.challenge(ADA).await;
    let limited = app.solve(&challenge, "recovery_code", &codes[0]).await;
    assert!(limited.header("retry-after").unwrap().parse::<u64>().unwrap() > 200);
    limited.expect_problem(429, "rate_limited");
    // Who has the password keeps nobody out who is signed in.
    let wrong_code = json!({ "method": "totp", "code": wrong });
    for _ in 0..10 {
        ada.post(STEP_UP).json(&wrong_code).await.expect_problem(422, "validation_failed");
    }
    let step_up = json!({ "method": "recovery_code", "code": codes[0] });
    ada.post(STEP_UP).json(&step_up).await.expect_problem(429, "rate_limited");

    clock.advance(Duration::from_mins(5));
    app.solve(&app.challenge(ADA).await, "recovery_code", &codes[0]).await.expect_status(200);
    for _ in 0..2 {
        let challenge = app.challenge(ADA).await;
        for _ in 0..4 {
            app.solve(&challenge, "totp", &wrong).await.expect_problem(401, "second_factor_invalid");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_alone_forgives_no_wrong_ones() {
    let app = App::start().await;
    let (_, codes) = app.setup().await.add_authenticator(&app).await;
    let sign_in = || app.client().post(LOGIN).json(&sign_in_request(ADA, Transport::Bearer));
    for _ in 0..9 {
        sign_in().await.expect_status(202);
    }
    let challenge = app.challenge(ADA).await;
    sign_in().await.expect_problem(429, "rate_limited");
    app.solve(&challenge, "recovery_code", &codes[0]).await.expect_status(200);
    sign_in().await.expect_status(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_another_day_is_upgraded_before_the_code() {
    let app = App::start().await;
    app.setup().await.add_authenticator(&app).await;
    let database = app.database().client();
    let old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    database.execute("UPDATE password_credentials SET hash = $1", &[&old]).await.unwrap();
    let sign_in = async |password: &str| {
        let request = json!({ "email": ADA, "password": password });
        app.client().post(LOGIN).json(&request).await.status
    };
    assert_eq!([sign_in("password").await, sign_in(PASSWORD).await], [202, 401]);
    let row = database.query_one("SELECT hash FROM password_credentials", &[]).await.unwrap();
    assert!(row.get::<_, &str>(0).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}
