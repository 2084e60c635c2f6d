//! `/api/core/v1/auth/oauth2/authorization`: whether an application may sign somebody in.

use std::time::Duration;

use contract::AuthorizationStep;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Client, PASSWORD, PUBLIC_URL};

use crate::applications::{
    AUTHORIZATION, Application, CALLBACK, CLIENTS, DECISION, approve, next_step, register, sent, with,
};

const CONSENTS: &str = "/api/core/v1/auth/consents";

/// The `error` that the application gets; the answer says whose it is and what was asked.
pub async fn told(person: &Client, question: &Value) -> String {
    let answer = person.post(AUTHORIZATION).json(question).await.expect_status(200);
    assert_eq!(sent(&answer, "state"), question["state"].as_str().map(str::to_owned));
    assert_eq!(sent(&answer, "iss").as_deref(), Some(PUBLIC_URL));
    assert_eq!(sent(&answer, "code"), None);
    sent(&answer, "error").unwrap_or_else(|| panic!("no error: {}", answer.body))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_asked_once() {
    let app = App::start().await;
    let ada = app.setup().await;
    let question = register(&ada, &json!({})).await.question();
    let asked = next_step(&ada, &question).await;
    assert_eq!(
        (asked.step, asked.redirect_to, asked.client_name.as_str()),
        (AuthorizationStep::Consent, None, "Time sheets")
    );
    assert_eq!(asked.scopes.to_string(), "openid profile email offline_access");
    let no = ada.post(DECISION).json(&with(question.clone(), &json!({ "approve": false }))).await;
    assert_eq!(sent(&no, "error").as_deref(), Some("access_denied"));
    assert_eq!(ada.get(CONSENTS).await.body["items"], json!([]));

    let less = with(question.clone(), &json!({ "scope": "openid email" }));
    approve(&ada, &less).await;
    let answer = ada.post(AUTHORIZATION).json(&less).await.expect_status(200);
    assert!(sent(&answer, "code").unwrap().starts_with("mta_"));
    assert_eq!(sent(&answer, "state").as_deref(), Some("st&te"));
    assert!(answer.body["redirect_to"].as_str().unwrap().starts_with(CALLBACK));
    assert_eq!(next_step(&ada, &question).await.step, AuthorizationStep::Consent, "more is asked for");
    approve(&ada, &question).await;
    assert_eq!(next_step(&ada, &less).await.step, AuthorizationStep::Redirect, "what is allowed adds up");

    let consents = ada.get(CONSENTS).await.expect_status(200).body;
    assert_eq!(consents["items"][0]["scopes"], json!(["openid", "profile", "email", "offline_access"]));
    let kinds = ada.get("/api/core/v1/auth/activity?limit=2").await.body;
    assert_eq!(kinds["items"][0]["kind"], "consent_given");
    assert_eq!(kinds["items"][0]["details"], json!({ "client_name": "Time sheets" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_an_address_that_is_not_the_applications() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application =
        register(&ada, &json!({ "redirect_uris": [CALLBACK, "http://127.0.0.1/callback"] })).await;
    let question = application.question();
    for id in [json!(null), json!("nobody"), json!("01890000-0000-7000-8000-000000000000")] {
        let wrong = with(question.clone(), &json!({ "client_id": id }));
        ada.post(AUTHORIZATION).json(&wrong).await.expect_problem(400, "client_invalid");
    }
    for uri in [
        json!(null),
        json!("https://evil.example/callback"),
        json!("https://app.example.org/callback/"),
        json!("https://app.example.org/callback?x=1"),
        json!("https://app.example.org@evil.example/callback"),
        json!("http://localhost/callback"),
    ] {
        // Whatever else is wrong, this is said first, and here.
        let wrong = with(question.clone(), &json!({ "redirect_uri": uri, "response_type": "token" }));
        for visitor in [&ada, app.client()] {
            visitor.post(AUTHORIZATION).json(&wrong).await.expect_problem(400, "redirect_uri_invalid");
        }
    }
    let native = with(question.clone(), &json!({ "redirect_uri": "http://127.0.0.1:49152/callback" }));
    assert_eq!(next_step(&ada, &native).await.step, AuthorizationStep::Consent);
    let disabled = ada.patch(&format!("{CLIENTS}/{}", application.id)).header("if-match", "\"1\"");
    disabled.json(&json!({ "disabled": true })).await.expect_status(200);
    ada.post(AUTHORIZATION).json(&question).await.expect_problem(400, "client_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_else_is_wrong_the_application_is_told() {
    let app = App::start().await;
    let ada = app.setup().await;
    let question = register(&ada, &json!({ "scopes": ["openid", "profile"] })).await.question();
    let question = with(question, &json!({ "scope": "openid profile" }));
    let long = "n".repeat(501);
    for (changes, error) in [
        (json!({ "response_type": null }), "invalid_request"),
        (json!({ "response_type": "token" }), "unsupported_response_type"),
        (json!({ "response_mode": "fragment" }), "invalid_request"),
        (json!({ "request": "eyJ" }), "request_not_supported"),
        (json!({ "request_uri": "https://app.example.org/request" }), "request_uri_not_supported"),
        (json!({ "code_challenge": null }), "invalid_request"),
        (json!({ "code_challenge": "short" }), "invalid_request"),
        (json!({ "code_challenge_method": null }), "invalid_request"),
        (json!({ "code_challenge_method": "plain" }), "invalid_request"),
        (json!({ "scope": null }), "invalid_scope"),
        (json!({ "scope": "openid email" }), "invalid_scope"),
        (json!({ "scope": "openid address" }), "invalid_scope"),
        (json!({ "nonce": long }), "invalid_request"),
        (json!({ "nonce": "n\u{0}1" }), "invalid_request"),
        (json!({ "state": "s\u{0}1" }), "invalid_request"),
        (json!({ "repeated": true }), "invalid_request"),
        (json!({ "id_token_hint": "garbage" }), "invalid_request"),
        (json!({ "prompt": "none login" }), "invalid_request"),
        (json!({ "prompt": "create" }), "invalid_request"),
        (json!({ "max_age": "-1" }), "invalid_request"),
        (json!({ "max_age": "soon" }), "invalid_request"),
    ] {
        let wrong = with(question.clone(), &changes);
        for visitor in [&ada, app.client()] {
            assert_eq!(told(visitor, &wrong).await, error, "{changes}");
        }
        let decided = ada.post(DECISION).json(&with(wrong, &json!({ "approve": true }))).await;
        assert_eq!(sent(&decided, "error").as_deref(), Some(error), "{changes}");
    }
    assert_eq!(ada.get(CONSENTS).await.body["items"], json!([]));
    let given = ada.get("/api/core/v1/admin/security-events?filter[kind]=consent_given").await.body;
    assert_eq!(given["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn prompts_are_honoured() {
    let app = App::start().await;
    let ada = app.setup().await;
    let question = register(&ada, &json!({})).await.question();
    let silent = with(question.clone(), &json!({ "prompt": "none" }));
    assert_eq!(told(app.client(), &silent).await, "login_required");
    assert_eq!(told(&ada, &silent).await, "consent_required");
    assert_eq!(next_step(app.client(), &question).await.step, AuthorizationStep::SignIn);
    approve(&ada, &question).await;
    assert_eq!(next_step(&ada, &silent).await.step, AuthorizationStep::Redirect);
    let again = with(question.clone(), &json!({ "prompt": "consent" }));
    assert_eq!(next_step(&ada, &again).await.step, AuthorizationStep::Consent);

    let login = with(question.clone(), &json!({ "prompt": "login" }));
    let asked = next_step(&ada, &login).await;
    assert_eq!(asked.step, AuthorizationStep::Prove);
    let since = with(login, &json!({ "asked_at": asked.asked_at }));
    let decision = with(since.clone(), &json!({ "approve": true }));
    let unproven = ada.post(DECISION).json(&decision).await.expect_status(200);
    assert_eq!(unproven.body["step"], "prove", "saying yes is no proof");
    let proof = json!({ "password": PASSWORD });
    ada.post("/api/core/v1/auth/step-up").json(&proof).await.expect_status(204);
    assert_eq!(next_step(&ada, &since).await.step, AuthorizationStep::Redirect);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_may_be_too_old_for_an_application() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let ada = app.setup().await;
    let question = register(&ada, &json!({})).await.question();
    approve(&ada, &question).await;
    clock.advance(Duration::from_mins(9));
    let aged = |seconds: &str| with(question.clone(), &json!({ "max_age": seconds }));
    assert_eq!(next_step(&ada, &aged("600")).await.step, AuthorizationStep::Redirect);
    assert_eq!(next_step(&ada, &aged("500")).await.step, AuthorizationStep::Prove);
    assert_eq!(next_step(&ada, &aged("0")).await.step, AuthorizationStep::Prove);
    let silent = with(aged("500"), &json!({ "prompt": "none" }));
    assert_eq!(told(&ada, &silent).await, "login_required");
    // What is asked for long counts as asked now.
    let old = app.now() - Duration::from_hours(2);
    let stale = with(aged("0"), &json!({ "asked_at": old.to_rfc3339() }));
    assert_eq!(next_step(&ada, &stale).await.step, AuthorizationStep::Prove);
    clock.advance(Duration::from_mins(2));
    ada.post(AUTHORIZATION).json(&question).await.expect_problem(401, "token_expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_of_ones_own_need_not_ask() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({ "skip_consent": true })).await;
    let silent = with(application.question(), &json!({ "prompt": "none" }));
    assert_eq!(next_step(&ada, &silent).await.step, AuthorizationStep::Redirect);
    let consents = ada.get(CONSENTS).await.body;
    assert_eq!(consents["items"][0]["client_id"], json!(application.id), "its owner sees it");
    // Once it has to, it asks: nobody has said yes before.
    let ask = ada.patch(&format!("{CLIENTS}/{}", application.id)).header("if-match", "\"1\"");
    ask.json(&json!({ "skip_consent": false })).await.expect_status(200);
    assert_eq!(told(&ada, &silent).await, "consent_required");
    let less = with(application.question(), &json!({ "scope": "openid" }));
    approve(&ada, &less).await;
    assert_eq!(next_step(&ada, &less).await.step, AuthorizationStep::Redirect);
    assert_eq!(told(&ada, &silent).await, "consent_required", "this is all that was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_prove_who_they_are_ask_each_time() {
    let app = App::start().await;
    let ada = app.setup().await;
    let native = ["http://127.0.0.1/callback", "org.example.app:/callback"];
    let addresses = json!([CALLBACK, native[0], native[1]]);
    for skip_consent in [false, true] {
        let public = json!({ "kind": "public", "redirect_uris": addresses, "skip_consent": skip_consent });
        let question = register(&ada, &public).await.question();
        for address in native {
            let question = with(question.clone(), &json!({ "redirect_uri": address }));
            approve(&ada, &question).await;
            assert_eq!(next_step(&ada, &question).await.step, AuthorizationStep::Consent, "{address}");
            let silent = with(question, &json!({ "prompt": "none" }));
            assert_eq!(told(&ada, &silent).await, "consent_required", "{address}");
        }
        // This address is nobody else's.
        assert_eq!(next_step(&ada, &question).await.step, AuthorizationStep::Redirect);
    }
    let confidential = register(&ada, &json!({ "redirect_uris": [native[0]] })).await.question();
    let confidential = with(confidential, &json!({ "redirect_uri": native[0] }));
    approve(&ada, &confidential).await;
    assert_eq!(next_step(&ada, &confidential).await.step, AuthorizationStep::Redirect);
}

#[tokio::test(flavor = "multi_thread")]
async fn is_the_persons_alone() {
    let app = App::start().await;
    let ada = app.setup().await;
    let question = register(&ada, &json!({})).await.question();
    let decision = with(question.clone(), &json!({ "approve": true }));
    app.client().post(DECISION).json(&decision).await.expect_problem(401, "unauthenticated");
    let (_, key) = crate::api_keys::make(&ada, &["users:read"]).await;
    key.post(DECISION).json(&decision).await.expect_problem(403, "session_required");
    key.post(AUTHORIZATION).json(&question).await.expect_problem(403, "session_required");
    key.get(CONSENTS).await.expect_problem(403, "session_required");
    let foreign = app.client().post(DECISION).header("sec-fetch-site", "cross-site").json(&decision);
    foreign.await.expect_problem(403, "cross_site_request");
    ada.post(DECISION).json(&json!({ "approve": "yes" })).await.expect_problem(400, "malformed_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_ends_what_the_application_got() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let application: Application = register(&ada, &json!({})).await;
    let (tokens, hers) = (application.sign_in(&app, &ada).await, application.sign_in(&app, &grace).await);
    let path = format!("{CONSENTS}/{}", application.id);
    ada.call(Method::DELETE, &path).await.expect_status(204);
    ada.call(Method::DELETE, &path).await.expect_problem(404, "not_found");
    app.client().call(Method::DELETE, &path).await.expect_problem(401, "unauthenticated");
    for name in ["access_token", "refresh_token"] {
        assert!(!application.is_active(&app, &tokens[name]).await, "{name}");
        assert!(application.is_active(&app, &hers[name]).await, "another person's {name}");
    }
    let refused =
        application.refresh(&app, tokens["refresh_token"].as_str().unwrap()).await.expect_status(400);
    assert_eq!(refused.body["error"], "invalid_grant");
    assert_eq!(next_step(&ada, &application.question()).await.step, AuthorizationStep::Consent);
    let kinds = ada.get("/api/core/v1/auth/activity?limit=1").await.body;
    assert_eq!(kinds["items"][0]["kind"], "consent_withdrawn");
}

/// Where a provider has vouched for somebody and doesn't say when it asked them.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_proven_nothing_was_authenticated_when_they_signed_in() {
    let app = App::start().await;
    let ada = app.setup().await;
    let question = register(&ada, &json!({})).await.question();
    let database = app.database().client();
    let vouched = "UPDATE sessions SET proven_at = NULL, created_at = created_at - interval '5 minutes'";
    database.execute(vouched, &[]).await.unwrap();
    approve(&ada, &question).await;
    let same =
        "SELECT authenticated_at = created_at FROM oauth_grants JOIN sessions ON sessions.id = session_id";
    assert!(database.query_one(same, &[]).await.unwrap().get::<_, bool>(0));
    for (seconds, step) in [("200", AuthorizationStep::Prove), ("400", AuthorizationStep::Redirect)] {
        let aged = with(question.clone(), &json!({ "max_age": seconds }));
        assert_eq!(next_step(&ada, &aged).await.step, step, "{seconds}");
    }
}
