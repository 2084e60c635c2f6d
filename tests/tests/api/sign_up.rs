//! `/api/core/v1/auth/sign-up/...`

use std::time::{Duration, SystemTime};

use contract::{Me, TokenGrant};
use credentials::{OpaqueToken, TokenKind, os_rng};
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Call, PASSWORD};

use crate::at_once::{EMAIL_LINKS, at_once};

const SIGN_UP: &str = "/api/core/v1/auth/sign-up";
const COMPLETE: &str = "/api/core/v1/auth/sign-up/complete";
const GRACE: &str = "grace@example.org";

async fn sign_up(app: &App, email: &str) {
    let asked = app.client().post(SIGN_UP).json(&json!({ "email": email })).await;
    assert_eq!((asked.status, &asked.body), (202, &Value::Null));
}

async fn mailed_link(app: &App, email: &str) -> String {
    sign_up(app, email).await;
    app.mailed_token(email, "sign_up").await
}

fn complete(app: &App, token: &str) -> Call {
    let request = json!({
        "token": token,
        "display_name": " Grace Hopper ",
        "password": PASSWORD,
        "transport": "bearer",
    });
    app.client().post(COMPLETE).json(&request)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_makes_an_account_and_signs_in() {
    let app = App::start().await;
    let ada = app.setup().await;
    sign_up(&app, " Grace@Example.org ").await;
    let users = ada.get("/api/core/v1/users").await.body;
    assert_eq!(users["items"].as_array().unwrap().len(), 1, "there is no account before the link is opened");

    let token = app.mailed_token(GRACE, "sign_up").await;
    let completed = complete(&app, &token).await;
    assert_json_snapshot!(completed, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "refresh_token": "[token]",
        "token_type": "Bearer"
      }
    }
    "#);
    let grace = app.client().signed_in(completed.json::<TokenGrant>());
    let me: Me = grace.get("/api/core/v1/me").await.json();
    assert_eq!((me.email.as_str(), me.display_name.as_str()), (GRACE, "Grace Hopper"));
    assert!(me.email_verified && me.roles.is_empty(), "{me:?}");
    app.sign_in(GRACE).await;
    complete(&app, &token).await.expect_problem(403, "link_invalid");
    assert_eq!(app.mails(GRACE).await, ["sign_up"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_in_by_cookie_unless_told() {
    let app = App::start().await;
    app.setup().await;
    let request =
        json!({ "token": mailed_link(&app, GRACE).await, "display_name": "G", "password": PASSWORD });
    let completed = app.client().post(COMPLETE).json(&request).await.expect_status(200);
    assert_eq!(completed.body, json!({ "expires_in": 600 }));
    app.client().get("/api/core/v1/me").cookies(&completed.cookies).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_account_exists() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user(GRACE, "Grace Hopper", &[]).await;
    ada.patch("/api/core/v1/me").json(&json!({ "locale": "fr" })).await.expect_status(200);
    ada.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    for email in ["ada@example.org", GRACE] {
        sign_up(&app, email).await;
        assert_eq!(app.mails(email).await, ["already_signed_up"]);
    }
    let links = app.database().client().query_one("SELECT count(*) FROM email_links", &[]).await.unwrap();
    assert_eq!(links.get::<_, i64>(0), 0);
    let mail = app.newest_mail("ada@example.org").await;
    assert_eq!(mail.subject, "Vous avez déjà un compte", "her own choice of language");
    for link in ["http://matrice.test/sign-in\n", "http://matrice.test/forgot-password\n"] {
        assert!(mail.text.contains(link), "{}", mail.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_good() {
    let app = App::start().await;
    let ada = app.setup().await;
    for token in ["", "mtl_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", "'; DROP TABLE users; --"] {
        complete(&app, token).await.expect_problem(403, "link_invalid");
    }
    let replaced = mailed_link(&app, GRACE).await;
    let newest = mailed_link(&app, GRACE).await;
    complete(&app, &replaced).await.expect_problem(403, "link_invalid");
    // What is for one purpose is for no other.
    let reset = json!({ "token": newest, "password": PASSWORD });
    app.client()
        .post("/api/core/v1/auth/password/reset")
        .json(&reset)
        .await
        .expect_problem(403, "link_invalid");
    app.client()
        .post("/api/core/v1/auth/email/confirm")
        .json(&json!({ "token": newest }))
        .await
        .expect_problem(403, "link_invalid");
    let forgot = json!({ "email": "ada@example.org" });
    app.client().post("/api/core/v1/auth/password/forgot").json(&forgot).await.expect_status(202);
    let reset = app.mailed_token("ada@example.org", "password_reset").await;
    complete(&app, &reset).await.expect_problem(403, "link_invalid");

    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    complete(&app, &newest).await.expect_problem(403, "link_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_for_a_day() {
    let app = App::start().await;
    app.setup().await;
    let Some(clock) = app.movable_clock() else { return };
    let late = mailed_link(&app, GRACE).await;
    clock.advance(Duration::from_hours(24));
    complete(&app, &late).await.expect_problem(403, "link_invalid");
    let timely = mailed_link(&app, GRACE).await;
    clock.advance(Duration::from_hours(23));
    complete(&app, &timely).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins() {
    let app = App::start().await;
    let ada = app.setup().await;
    let token = mailed_link(&app, GRACE).await;
    let [won, lost] = at_once(&app, EMAIL_LINKS, complete(&app, &token), complete(&app, &token)).await;
    won.expect_status(200);
    lost.expect_problem(403, "link_invalid");

    let asked = mailed_link(&app, "alan@example.org").await;
    let invitation = json!({ "email": "alan@example.org" });
    ada.post("/api/core/v1/auth/invitations").json(&invitation).await.expect_status(201);
    let offered = app.mailed_token("alan@example.org", "invitation").await;
    let [won, lost] = at_once(&app, EMAIL_LINKS, complete(&app, &asked), complete(&app, &offered)).await;
    won.expect_status(200);
    lost.expect_problem(403, "link_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_before_the_first_administrator() {
    let app = App::start().await;
    let token = mailed_link(&app, GRACE).await;
    complete(&app, &token).await.expect_problem(403, "link_invalid");
    app.setup().await;
    complete(&app, &token).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn may_be_closed() {
    let app = App::builder().variable("sign_up", "closed").start().await;
    app.setup().await;
    let refused = app.client().post(SIGN_UP).json(&json!({ "email": GRACE })).await;
    assert_json_snapshot!(refused, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "sign_up_closed",
        "request_id": "[uuid]",
        "status": 403,
        "title": "Accounts are by invitation only",
        "type": "urn:matrice:problem:sign_up_closed"
      }
    }
    "#);
    assert!(app.mails(GRACE).await.is_empty());
    assert_eq!(app.client().get(SIGN_UP).await.body, json!({ "open": false, "domains": [] }));

    // A link of the days when it was open.
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let now = SystemTime::from(app.now());
    let sql = "INSERT INTO email_links (hash, purpose, email, issued_at, expires_at)
               VALUES ($1, 'sign_up', $2, $3, $3::timestamptz + interval '1 day')";
    let hash = token.hash();
    app.database().client().execute(sql, &[&hash.as_bytes().as_slice(), &GRACE, &now]).await.unwrap();
    complete(&app, token.expose()).await.expect_problem(403, "sign_up_closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn may_be_for_certain_domains() {
    let app = App::builder().variable("sign_up", "example.com, Example.org").start().await;
    app.setup().await;
    let rules = app.client().get(SIGN_UP).await.body;
    assert_eq!(rules, json!({ "open": true, "domains": ["example.com", "example.org"] }));
    for stranger in ["eve@evil.example", "eve@sub.example.org", "eve@example.org.evil.example"] {
        let refused = app.client().post(SIGN_UP).json(&json!({ "email": stranger })).await;
        assert_eq!(refused.body["errors"], json!([{ "field": "email", "code": "domain_not_allowed" }]));
        refused.expect_problem(422, "validation_failed");
        assert!(app.mails(stranger).await.is_empty());
    }
    let token = mailed_link(&app, GRACE).await;
    complete(&app, &token).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_rule_is_the_operators_to_see() {
    let app = App::builder().variable("sign_up", "opened").start().await;
    let failed = app.client().get(SIGN_UP).await.expect_problem(500, "internal");
    let log = app.log_of(failed.header("x-request-id").unwrap()).await;
    assert!(log.contains("variable `sign_up`") && log.contains("`opened`"), "{log}");
    app.client().post(SIGN_UP).json(&json!({ "email": GRACE })).await.expect_problem(500, "internal");
    app.setup().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_mails_to_one_address_and_then_one_in_ten_minutes() {
    let app = App::start().await;
    for _ in 0..3 {
        sign_up(&app, GRACE).await;
    }
    let limited = app.client().post(SIGN_UP).json(&json!({ "email": GRACE })).await;
    assert!(limited.header("retry-after").is_some());
    limited.expect_problem(429, "rate_limited");
    sign_up(&app, "alan@example.org").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_speaks_the_browsers_language() {
    let app = App::start().await;
    assert_eq!(app.client().get(SIGN_UP).await.body, json!({ "open": true, "domains": [] }));
    let asked =
        app.client().post(SIGN_UP).header("accept-language", "fr-CA").json(&json!({ "email": GRACE }));
    asked.await.expect_status(202);
    let mail = app.newest_mail(GRACE).await;
    assert_eq!(mail.subject, "Terminez la création de votre compte");
    assert!(mail.text.contains("http://matrice.test/sign-up#token=mtl_"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    app.setup().await;
    let asked = app.client().post(SIGN_UP).json(&json!({ "email": "grace" })).await;
    assert_eq!(asked.body["errors"], json!([{ "field": "email", "code": "invalid_format" }]));
    let token = mailed_link(&app, GRACE).await;
    let request = json!({ "token": token, "display_name": " ", "password": "too short" });
    assert_json_snapshot!(app.client().post(COMPLETE).json(&request).await.body["errors"], @r#"
    [
      {
        "code": "required",
        "field": "display_name"
      },
      {
        "code": "too_short",
        "field": "password",
        "limit": 12
      }
    ]
    "#);
    complete(&app, &token).await.expect_status(200);
}
