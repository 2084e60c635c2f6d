//! Signing in to another application.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::layout::StepUpDialog;
use ui_app::pages::{AuthorizePage, EndSessionPage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::member::page_of_ada;
use crate::page::{NOBODY, asked, mount, painted, provide_authentication, script_network};

const AUTHORIZATION: &str = "/api/core/v1/auth/oauth2/authorization";
const END_SESSION: &str = "/api/core/v1/auth/oauth2/end-session";

/// What the API says comes next.
fn next(step: &str) -> String {
    format!(
        r#"[200, "{{\"step\":\"{step}\",\"client_id\":\"0199b2f0-5a3e-7cc1-8d2b-1c0ffee00001\",\"client_name\":\"Time sheets\",\"scopes\":[\"openid\",\"email\"],\"asked_at\":\"2026-01-01T00:00:00Z\"}}"]"#
    )
}

fn refused(code: &str) -> String {
    format!(
        r#"[400, "{{\"type\":\"x\",\"title\":\"x\",\"status\":400,\"code\":\"{code}\",\"request_id\":\"r\"}}"]"#
    )
}

fn visitor() -> Visitor {
    Visitor::new(Connection::new(Web))
}

async fn settled() {
    for _ in 0..4 {
        painted().await;
    }
}

fn sent(path: &str) -> Vec<String> {
    asked().into_iter().filter(|line| line.contains(&format!("| {path} |"))).collect()
}

#[wasm_bindgen_test]
async fn who_decides_sees_what_and_for_which_account() {
    let answers = format!(
        r#""{AUTHORIZATION}": [{}], "{AUTHORIZATION}/decision": [{}]"#,
        next("consent"),
        refused("client_invalid")
    );
    let page = page_of_ada(&answers, || view! { <AuthorizePage visitor=visitor()/> }).await;
    settled().await;
    assert_eq!(page.find("h1").text_content().unwrap(), "Sign in to Time sheets?");
    assert!(page.find("ul").text_content().unwrap().contains("See your e-mail address"), "{}", page.text());
    assert!(page.text().contains("ada@example.org"));
    page.click("form button[type=button]");
    page.click("[type=submit]");
    settled().await;
    assert_eq!(sent(&format!("{AUTHORIZATION}/decision")).len(), 1, "it is told once");
    let decision = &sent(&format!("{AUTHORIZATION}/decision"))[0];
    assert!(decision.contains(r#""asked_at":"2026-01-01T00:00:00Z","approve":false"#), "{decision}");
    assert!(page.find("[role=alert]").text_content().unwrap().contains("not known here"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn an_application_that_is_wrong_is_explained_to_whoever_it_sent() {
    script_network(&format!(r#"{{{NOBODY}, "{AUTHORIZATION}": [{}]}}"#, refused("redirect_uri_invalid")));
    let page = mount(|| {
        provide_authentication();
        view! { <Router><AuthorizePage visitor=visitor()/></Router> }
    });
    settled().await;
    assert_eq!(page.find("h1").text_content().unwrap(), "This application can’t sign you in");
    assert!(page.find("[role=alert]").text_content().unwrap().contains("has not registered the address"));
    assert!(page.try_find("button").is_none(), "asking again would change nothing");
}

#[wasm_bindgen_test]
async fn a_proof_that_is_asked_for_can_be_put_off_and_refused() {
    let answers = format!(r#""{AUTHORIZATION}": [{}]"#, next("prove"));
    let page = page_of_ada(&answers, || view! { <StepUpDialog/> <AuthorizePage visitor=visitor()/> }).await;
    settled().await;
    assert!(page.try_find("dialog[open] #proof_password").is_some(), "{}", page.text());
    page.click("dialog[open] [aria-label=Close]");
    settled().await;
    assert_eq!(page.find("h1").text_content().unwrap(), "Is it you?");
    assert!(page.text().contains("Deny"));
    page.click("button.btn-primary");
    settled().await;
    assert!(page.try_find("dialog[open] #proof_password").is_some(), "{}", page.text());
}

#[wasm_bindgen_test]
async fn whoever_is_wrongly_asked_to_sign_out_still_can() {
    let answers = format!(r#""{END_SESSION}": [{}]"#, refused("id_token_hint_invalid"));
    let page = page_of_ada(&answers, || view! { <EndSessionPage visitor=visitor()/> }).await;
    settled().await;
    assert_eq!(page.find("h1").text_content().unwrap(), "Sign out of Matrice too?");
    assert!(page.find("[role=alert]").text_content().unwrap().contains("not valid"), "{}", page.text());
    assert!(page.try_find("[type=submit]").is_some());
}
