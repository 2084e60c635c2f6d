//! `POST /api/core/v1/auth/oauth2/token`: codes and refresh tokens, each good once.

use std::time::Duration;

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD, Response};

use crate::{
    applications::{
        Application, CALLBACK, CLIENTS, REVOKE, TOKEN, USERINFO, VERIFIER, approve, basic, post_form,
        register, text, with,
    },
    at_once::{OAUTH_GRANTS, at_once},
};

/// Fails unless it is a refusal in OAuth's own form.
#[track_caller]
fn assert_refused(response: &Response, status: u16, error: &str) {
    assert_eq!((response.status, &response.body["error"]), (status, &json!(error)), "{}", response.body);
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let challenge = (status == 401).then_some("Basic realm=\"oauth2\"");
    assert_eq!(response.header("www-authenticate"), challenge);
}

async fn start() -> (App, Client, Application) {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({})).await;
    (app, ada, application)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_buys_tokens() {
    let (app, ada, application) = start().await;
    let code = approve(&ada, &application.question()).await;
    let answer = application.exchange(&app, &code).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_json_snapshot!(answer, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "id_token": "[jwt]",
        "refresh_token": "[token]",
        "scope": "openid profile email offline_access",
        "token_type": "Bearer"
      }
    }
    "#);
    let less = with(application.question(), &json!({ "scope": "email" }));
    let code = approve(&ada, &less).await;
    let answer = application.exchange(&app, &code).await.expect_status(200);
    assert_eq!((answer.body.get("id_token"), answer.body.get("refresh_token")), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_its_clients_for_its_address_and_verifier() {
    let (app, ada, application) = start().await;
    let other = register(&ada, &json!({})).await;
    let code = approve(&ada, &application.question()).await;
    assert_refused(&other.exchange(&app, &code).await, 400, "invalid_grant");
    let wrong_verifier = VERIFIER.replace('d', "e");
    for (name, value, error) in [
        ("redirect_uri", "https://app.example.org/", "invalid_grant"),
        ("redirect_uri", "https://app.example.org/\u{0}", "invalid_grant"),
        ("redirect_uri", "nowhere", "invalid_grant"),
        ("redirect_uri", "", "invalid_request"),
        ("code_verifier", wrong_verifier.as_str(), "invalid_grant"),
        ("code_verifier", "short", "invalid_request"),
        ("code_verifier", "", "invalid_request"),
        ("code", "mta_x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0xnT6G", "invalid_grant"),
        ("code", "", "invalid_request"),
    ] {
        let mut parameters = vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        parameters.retain(|(found, _)| *found != name);
        parameters.push((name, value));
        assert_refused(&application.send(&app, TOKEN, &parameters).await, 400, error);
    }
    application.exchange(&app, &code).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_a_minute() {
    let (app, ada, application) = start().await;
    let Some(clock) = app.movable_clock() else { return };
    let code = approve(&ada, &application.question()).await;
    clock.advance(Duration::from_mins(1));
    assert_refused(&application.exchange(&app, &code).await, 400, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_presented_twice_ends_what_came_of_it() {
    let (app, ada, application) = start().await;
    let code = approve(&ada, &application.question()).await;
    let tokens = application.exchange(&app, &code).await.expect_status(200).body;
    assert!(application.is_active(&app, &tokens["refresh_token"]).await);
    assert_refused(&application.exchange(&app, &code).await, 400, "invalid_grant");
    for name in ["access_token", "refresh_token"] {
        assert!(!application.is_active(&app, &tokens[name]).await, "{name}");
    }

    let tokens = application.sign_in(&app, &ada).await;
    let spent = text(&tokens, "refresh_token");
    let next = application.refresh(&app, spent).await.expect_status(200).body;
    let stranger = register(&ada, &json!({})).await;
    assert_refused(&stranger.refresh(&app, spent).await, 400, "invalid_grant");
    assert!(application.is_active(&app, &next["refresh_token"]).await, "it was not the client's own");
    assert_refused(&application.refresh(&app, spent).await, 400, "invalid_grant");
    assert!(!application.is_active(&app, &next["refresh_token"]).await);
    assert_refused(&application.refresh(&app, text(&next, "refresh_token")).await, 400, "invalid_grant");

    let log = ada.get("/api/core/v1/admin/security-events?filter[kind]=client_token_reused").await.body;
    let lines = log["items"].as_array().unwrap();
    assert_eq!(lines.len(), 2, "{log}");
    assert_eq!(lines[0]["client_id"], json!(application.id));
    assert_eq!(lines[0]["details"], json!({ "reason": "token_invalid", "client_name": "Time sheets" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_is_the_second() {
    let (app, ada, application) = start().await;
    let code = approve(&ada, &application.question()).await;
    let exchange = || application.exchange(&app, &code);
    let [done, refused] = at_once(&app, OAUTH_GRANTS, exchange(), exchange()).await;
    assert_refused(&refused, 400, "invalid_grant");
    assert!(!application.is_active(&app, &done.expect_status(200).body["refresh_token"]).await);

    let tokens = application.sign_in(&app, &ada).await;
    let refresh = || application.refresh(&app, text(&tokens, "refresh_token"));
    let [done, refused] = at_once(&app, OAUTH_GRANTS, refresh(), refresh()).await;
    assert_refused(&refused, 400, "invalid_grant");
    assert!(!application.is_active(&app, &done.expect_status(200).body["refresh_token"]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_waits_for_whoever_deletes_what_it_stands_on() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let deleting = app.database().connect().await;
    deleting.batch_execute("BEGIN; SELECT FROM oauth_grants FOR UPDATE").await.unwrap();
    let delete = async {
        app.database().wait_for_blocked(1).await;
        deleting.batch_execute("DELETE FROM oauth_grants; COMMIT").await.unwrap();
    };
    let refresh = application.refresh(&app, text(&tokens, "refresh_token"));
    let (refused, ()) = tokio::join!(refresh.into_future(), delete);
    assert_refused(&refused, 400, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_buys_the_next_for_as_much_or_less() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let refresh = |token: &str, scope: &str| {
        let parameters = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        application.send(&app, TOKEN, &parameters)
    };
    let first = text(&tokens, "refresh_token");
    assert_refused(&refresh(first, "openid address").await, 400, "invalid_scope");
    let less = refresh(first, "openid").await.expect_status(200).body;
    assert_eq!(less["scope"], "openid");
    let whole = application.refresh(&app, text(&less, "refresh_token")).await.expect_status(200).body;
    assert_eq!(whole["scope"], "openid profile email offline_access");
    assert!(whole["id_token"].is_string());
    assert_refused(
        &application.send(&app, TOKEN, &[("grant_type", "refresh_token")]).await,
        400,
        "invalid_request",
    );
    assert_refused(&application.refresh(&app, "mto_").await, 400, "invalid_grant");
    assert_refused(&application.refresh(&app, ada.refresh_token()).await, 400, "invalid_grant");
    let narrow = register(&ada, &json!({ "scopes": ["openid", "offline_access"] })).await;
    let question = with(narrow.question(), &json!({ "scope": "openid offline_access" }));
    let code = approve(&ada, &question).await;
    let tokens = narrow.exchange(&app, &code).await.expect_status(200).body;
    let parameters = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&tokens, "refresh_token")),
        ("scope", "email"),
    ];
    assert_refused(&narrow.send(&app, TOKEN, &parameters).await, 400, "invalid_scope");
    narrow.refresh(&app, text(&tokens, "refresh_token")).await.expect_status(200);
}

/// Each ends what applications got in the session: its end, the account's lock, another password, its time.
#[tokio::test(flavor = "multi_thread")]
async fn what_ends_a_session_ends_its_refresh_tokens() {
    let (app, ada, application) = start().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let sign_in = async || {
        let person = app.sign_in("grace@example.org").await;
        let tokens = application.sign_in(&app, &person).await;
        (person, tokens)
    };
    let assert_ended = async |tokens: &Value, why: &str| {
        assert!(!application.is_active(&app, &tokens["access_token"]).await, "{why}");
        let refused = application.refresh(&app, text(tokens, "refresh_token")).await;
        assert_refused(&refused, 400, "invalid_grant");
    };
    let (person, tokens) = sign_in().await;
    person.post("/api/core/v1/auth/logout").json(&json!({})).await.expect_status(204);
    assert_ended(&tokens, "signed out").await;

    let (_, tokens) = sign_in().await;
    ada.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    assert_ended(&tokens, "locked").await;
    ada.post(&format!("/api/core/v1/users/{}/unlock", grace.id)).await.expect_status(200);
    assert_ended(&tokens, "unlocked again").await;

    let ((here, mine), (_, elsewhere)) = (sign_in().await, sign_in().await);
    let passwords = json!({ "current_password": PASSWORD, "new_password": "a better battery staple" });
    here.post("/api/core/v1/auth/password/change").json(&passwords).await.expect_status(204);
    assert_ended(&elsewhere, "another password").await;
    assert_ended(&mine, "another password, in the session that goes on").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_ends_with_its_time() {
    let (app, ada, application) = start().await;
    let Some(clock) = app.movable_clock() else { return };
    let tokens = application.sign_in(&app, &ada).await;
    clock.advance(Duration::from_hours(24 * 14 - 1));
    let next = application.refresh(&app, text(&tokens, "refresh_token")).await.expect_status(200).body;
    clock.advance(Duration::from_hours(24 * 14 - 1));
    let next = application.refresh(&app, text(&next, "refresh_token")).await.expect_status(200).body;
    // Thirty days after the sign-in.
    clock.advance(Duration::from_hours(24 * 2 + 2));
    assert_refused(&application.refresh(&app, text(&next, "refresh_token")).await, 400, "invalid_grant");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_application_gets_nothing() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let path = format!("{CLIENTS}/{}", application.id);
    let set = |version: &str, disabled: bool| {
        ada.patch(&path).header("if-match", version).json(&json!({ "disabled": disabled }))
    };
    set("\"1\"", true).await.expect_status(200);
    assert_refused(&application.refresh(&app, text(&tokens, "refresh_token")).await, 401, "invalid_client");
    set("\"2\"", false).await.expect_status(200);
    application.refresh(&app, text(&tokens, "refresh_token")).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_names_itself_in_one_way() {
    let (app, ada, application) = start().await;
    let Application { id, secret } = &application;
    let secret = secret.as_deref().unwrap();
    let public = register(&ada, &json!({ "kind": "public" })).await;
    let grant = ("grant_type", "refresh_token");
    // Whoever is known gets as far as being told what is missing.
    let in_body = [grant, ("client_id", id.as_str()), ("client_secret", secret)];
    assert_refused(&post_form(&app, TOKEN, &in_body).await, 400, "invalid_request");
    assert_refused(&public.send(&app, TOKEN, &[grant]).await, 400, "invalid_request");

    let other = register(&ada, &json!({})).await.secret.unwrap();
    let nobody = "01890000-0000-7000-8000-000000000000";
    for parameters in [
        &[grant][..],
        &[grant, ("client_id", id)],
        &[grant, ("client_id", id), ("client_secret", "wrong")],
        &[grant, ("client_id", id), ("client_secret", &other)],
        &[grant, ("client_id", nobody), ("client_secret", secret)],
        &[grant, ("client_id", "nobody")],
        &[grant, ("client_id", &public.id), ("client_secret", secret)],
    ] {
        assert_refused(&post_form(&app, TOKEN, parameters).await, 401, "invalid_client");
    }
    for header in ["Basic", "Basic !", "Bearer x", &basic(id, &other), &basic("nobody", "x"), &basic(id, "")]
    {
        let refused = post_form(&app, TOKEN, &[grant]).header("authorization", header).await;
        assert_refused(&refused, 401, "invalid_client");
    }
    for twice in [("client_secret", secret), ("client_id", nobody)] {
        let refused = application.send(&app, TOKEN, &[grant, twice]).await;
        assert_refused(&refused, 400, "invalid_request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_its_form() {
    let (app, _, application) = start().await;
    assert_refused(&application.send(&app, TOKEN, &[]).await, 400, "invalid_request");
    let unknown = application.send(&app, TOKEN, &[("grant_type", "password")]).await;
    assert_refused(&unknown, 400, "unsupported_grant_type");
    let twice = [("grant_type", "refresh_token"), ("grant_type", "refresh_token")];
    assert_refused(&application.send(&app, TOKEN, &twice).await, 400, "invalid_request");
    let json = app.client().post(TOKEN).json(&json!({ "grant_type": "refresh_token" })).await;
    assert_refused(&json, 400, "invalid_request");
    app.client().get(TOKEN).await.expect_problem(405, "method_not_allowed");
    let long = "x".repeat(65 * 1024);
    let large = application.send(&app, TOKEN, &[("code", &long)]).await;
    large.expect_problem(413, "payload_too_large");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_secrets_are_too_many_at_last() {
    let (app, _, application) = start().await;
    let wrong = Application { secret: Some("wrong".to_owned()), ..application.clone() };
    let mut tries = 0;
    let limited = loop {
        let answer = wrong.exchange(&app, "code").await;
        if answer.status != 401 {
            break answer;
        }
        tries += 1;
    };
    assert!(tries >= 90, "{tries} tries were allowed");
    assert_eq!((limited.status, &limited.body["error"]), (429, &json!("temporarily_unavailable")));
    assert!(limited.header("retry-after").is_some());
    // The application itself goes on.
    assert_refused(&application.send(&app, TOKEN, &[]).await, 400, "invalid_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_every_origin_get_their_tokens() {
    let app = App::builder().variable("cors_allowed_origins", "https://app.example.org").start().await;
    let ada = app.setup().await;
    let public = register(&ada, &json!({ "kind": "public" })).await;
    for origin in ["https://app.example.org", "https://elsewhere.example", "null"] {
        let page = |call: Call| call.header("origin", origin).header("sec-fetch-site", "cross-site");
        let code = approve(&ada, &public.question()).await;
        let tokens = page(public.exchange(&app, &code)).await.expect_status(200);
        let next = page(public.refresh(&app, text(&tokens.body, "refresh_token"))).await.expect_status(200);
        let person = app.client().with_token(text(&next.body, "access_token"));
        let told = page(person.get(USERINFO)).await.expect_status(200);
        let revoke = public.send(&app, REVOKE, &[("token", text(&next.body, "refresh_token"))]);
        let revoked = page(revoke).await.expect_status(200);
        for answer in [tokens, next, told, revoked] {
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{origin}");
        }
    }
}
