//! `/api/core/v1/auth/oauth2/authorization`: whom an application expects, and what it leaves out.

use std::time::Duration;

use contract::AuthorizationStep;
use serde_json::{Value, json};
use tests::App;

use crate::{
    applications::{AUTHORIZATION, DECISION, next_step, post_form, register, sent, with},
    authorization::told,
    required_second_factor::people,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_empty_counts_as_left_out() {
    let app = App::start().await;
    let ada = app.setup().await;
    let empty = json!({
        "response_mode": "", "state": "", "nonce": "", "prompt": "", "max_age": "", "request": "", "request_uri": "",
        "id_token_hint": "",
    });
    let question = with(register(&ada, &json!({})).await.question(), &empty);
    let answer = ada.post(DECISION).json(&with(question.clone(), &json!({ "approve": true }))).await;
    assert!(sent(&answer, "code").is_some());
    assert_eq!(sent(&answer, "state"), None);
    let without = with(question.clone(), &json!({ "response_type": "" }));
    let refused = ada.post(AUTHORIZATION).json(&without).await;
    assert_eq!(sent(&refused, "error_description").as_deref(), Some("response_type is missing"));
    let nobody = with(question.clone(), &json!({ "client_id": "" }));
    ada.post(AUTHORIZATION).json(&nobody).await.expect_problem(400, "client_invalid");
    let nowhere = with(question, &json!({ "redirect_uri": "" }));
    ada.post(AUTHORIZATION).json(&nowhere).await.expect_problem(400, "redirect_uri_invalid");
}

/// The pages read their address; what comes as a form is sent on to it.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_may_ask_by_a_form() {
    let app = App::start().await;
    for page in ["/authorize", "/sign-out"] {
        let form = post_form(&app, page, &[("client_id", "c"), ("state", "a&b c")]);
        let answer = form.header("origin", "https://app.example.org").header("sec-fetch-site", "cross-site");
        let answer = answer.await.expect_status(303);
        assert_eq!(answer.header("location"), Some(format!("{page}?client_id=c&state=a%26b+c").as_str()));
        app.client().post(page).json(&json!({})).await.expect_problem(400, "malformed_request");
    }
    app.client().post("/sign-in").await.expect_problem(405, "method_not_allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_says_whom_it_expects() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let (application, other) = (register(&ada, &json!({})).await, register(&ada, &json!({})).await);
    let (tokens, hers) = (application.sign_in(&app, &ada).await, application.sign_in(&app, &grace).await);
    let expecting = |token: &Value| with(application.question(), &json!({ "id_token_hint": token }));
    let question = expecting(&tokens["id_token"]);
    assert_eq!(next_step(&ada, &question).await.step, AuthorizationStep::Redirect);
    assert_eq!(next_step(app.client(), &question).await.step, AuthorizationStep::SignIn);
    assert_eq!(told(&grace, &question).await, "login_required");
    assert_eq!(told(&ada, &expecting(&hers["id_token"])).await, "login_required");
    let decision = with(expecting(&hers["id_token"]), &json!({ "approve": true }));
    let decided = ada.post(DECISION).json(&decision).await.expect_status(200);
    assert_eq!(sent(&decided, "error").as_deref(), Some("login_required"));

    let foreign = other.sign_in(&app, &ada).await;
    for token in [&foreign["id_token"], &tokens["access_token"], &json!("garbage")] {
        for visitor in [&ada, app.client()] {
            assert_eq!(told(visitor, &expecting(token)).await, "invalid_request", "{token}");
        }
    }
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_hours(1));
    let ada = ada.refreshed().await;
    assert_eq!(next_step(&ada, &question).await.step, AuthorizationStep::Redirect, "an expired one will do");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_turn_on_a_second_factor_does_so_first() {
    let app = App::start().await;
    let (ada, grace) = people(&app).await;
    let question = register(&ada, &json!({ "skip_consent": true })).await.question();
    grace.post(AUTHORIZATION).json(&question).await.expect_problem(403, "second_factor_required");
    let decision = with(question.clone(), &json!({ "approve": true }));
    grace.post(DECISION).json(&decision).await.expect_problem(403, "second_factor_required");
    // Nobody can where nobody is to be asked anything.
    let silent = with(question.clone(), &json!({ "prompt": "none" }));
    assert_eq!(told(&grace, &silent).await, "interaction_required");
    assert_eq!(next_step(&ada, &silent).await.step, AuthorizationStep::Redirect);
    assert_eq!(told(&grace, &with(question, &json!({ "scope": "address" }))).await, "invalid_scope");
}
