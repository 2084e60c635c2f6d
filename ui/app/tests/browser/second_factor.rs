//! The second step of signing in, and the question for a fresh proof.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::layout::StepUpDialog;
use ui_app::pages::{AccountPage, ChallengePage, SignInAttempt, SignInPage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::member::page_of_ada;
use crate::page::{Mounted, NOBODY, asked, mount, painted, provide_authentication, script_network};

const LOGIN: &str = "/api/core/v1/auth/login";
const STEP_UP: &str = "/api/core/v1/auth/step-up";
/// What an account with an authenticator app can answer with.
const APP: &str = r#"\"totp\",\"recovery_code\""#;
const TOTP: &str = "/api/core/v1/auth/mfa/totp";

fn problem(status: u16, code: &str) -> String {
    format!(
        r#"[{status}, "{{\"type\":\"x\",\"title\":\"x\",\"status\":{status},\"code\":\"{code}\",\"request_id\":\"r\"}}"]"#
    )
}

/// Signing in as the routes put it together, up to the challenge.
async fn challenged(methods: &str, answers_to_code: &str) -> Mounted {
    let challenge =
        format!(r#"[202, "{{\"challenge\":\"mtc_1\",\"methods\":[{methods}],\"expires_in\":300}}"]"#);
    script_network(&format!(
        r#"{{{NOBODY}, "{LOGIN}": [{challenge}], "{LOGIN}/second-factor": [{answers_to_code}]}}"#
    ));
    let page = mount(|| {
        provide_authentication();
        let attempt = SignInAttempt::new();
        let visitor = || Visitor::new(Connection::new(Web));
        let password = move || view! { <SignInPage visitor=visitor() attempt/> };
        view! {
            <Router>
                <Show when=move || attempt.is_challenged() fallback=password>
                    <ChallengePage visitor=visitor() attempt/>
                </Show>
            </Router>
        }
    });
    painted().await;
    page.fill("#email", "ada@example.org");
    page.fill("#password", "correct horse battery staple");
    page.click("[type=submit]");
    settled().await;
    page
}

async fn settled() {
    for _ in 0..4 {
        painted().await;
    }
}

fn times_asked(path: &str) -> usize {
    asked().iter().filter(|line| line.contains(&format!("| {path} |"))).count()
}

#[wasm_bindgen_test]
async fn a_wrong_code_can_be_replaced_at_once() {
    let page = challenged(APP, &problem(401, "second_factor_invalid")).await;
    let field = page.find("#code");
    assert_eq!(document().active_element(), Some(field.clone()), "the field has the focus");
    assert_eq!(field.get_attribute("inputmode").unwrap(), "numeric");
    assert_eq!(field.get_attribute("autocomplete").unwrap(), "one-time-code");
    page.click("[type=submit]");
    painted().await;
    assert!(page.text().contains("Enter the code."), "{}", page.text());
    page.fill("#code", "000 000");
    page.click("[type=submit]");
    settled().await;
    assert_eq!(page.find("[role=alert]").text_content().unwrap(), "This code is wrong or has been used.");
    assert_eq!(document().active_element(), Some(field));
    let sent = r#"{"challenge":"mtc_1","method":"totp","code":"000 000","transport":"cookie"}"#;
    assert!(asked().iter().any(|line| line.contains(sent)), "{:?}", asked());
}

#[wasm_bindgen_test]
async fn a_challenge_that_is_over_leads_back_to_the_password() {
    let page = challenged(APP, &problem(401, "challenge_invalid")).await;
    page.click("form button[type=button]");
    painted().await;
    assert_eq!(page.find("#code").get_attribute("autocomplete").unwrap(), "off");
    page.fill("#code", "7k3m-q9xt-2vbn-5hcd-w8rj-4pzs");
    page.click("[type=submit]");
    settled().await;
    assert!(asked().iter().any(|line| line.contains(r#""method":"recovery_code""#)));
    assert!(page.text().contains("Sign in again."), "{}", page.text());
    let email: web_sys::HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(page.find("#email"));
    assert_eq!(email.value(), "ada@example.org");
}

/// These tests are served by a network address, to which no passkey can be bound.
#[wasm_bindgen_test]
async fn what_the_browser_cannot_do_is_not_offered() {
    let page = challenged(r#"\"passkey\",\"recovery_code\""#, "").await;
    assert!(!page.text().contains("Use a passkey"), "{}", page.text());
    assert_eq!(document().active_element(), Some(page.find("#code")));
    assert!(page.text().contains("Recovery code"));
    assert!(!page.text().contains("authenticator app"), "there is none");
    let page = challenged(r#"\"passkey\""#, "").await;
    assert!(page.try_find("#code").is_none());
    assert!(page.text().contains("Passkeys don’t work at this address."), "{}", page.text());
}

/// Ada's account, where setting up an app has been refused without a fresh proof.
async fn asked_for_proof(answers: &str) -> Mounted {
    let proof_required = problem(403, "proof_required");
    let enrolment = r#"[200, "{\"secret\":\"GEZDGNBV\",\"uri\":\"otpauth://totp/x\",\"qr_code\":\"<svg xmlns='http://www.w3.org/2000/svg'/>\"}"]"#;
    let answers = format!(
        r#""/api/core/v1/auth/sessions": [[200, "{{\"items\":[]}}"]],
           "{TOTP}": [{proof_required}, {enrolment}]{answers}"#
    );
    let page = page_of_ada(&answers, || view! { <StepUpDialog/> <AccountPage/> }).await;
    page.click("[aria-labelledby=second-factor] [type=submit]");
    settled().await;
    assert!(page.try_find("dialog[open] #proof_password").is_some(), "{}", page.text());
    page
}

#[wasm_bindgen_test]
async fn what_needs_a_fresh_proof_is_done_once_it_is_given() {
    let wrong = r#"[422, "{\"type\":\"x\",\"title\":\"x\",\"status\":422,\"code\":\"validation_failed\",\"request_id\":\"r\",\"errors\":[{\"field\":\"password\",\"code\":\"wrong\"}]}"]"#;
    let page = asked_for_proof(&format!(r#", "{STEP_UP}": [{wrong}, [204, ""]]"#)).await;
    assert_eq!(document().active_element(), Some(page.find("#proof_password")));
    page.fill("#proof_password", "not mine");
    page.click("dialog[open] [type=submit]");
    settled().await;
    assert!(page.text().contains("This is not your current password."), "{}", page.text());
    assert_eq!(times_asked(TOTP), 1);
    page.fill("#proof_password", "correct horse battery staple");
    page.click("dialog[open] [type=submit]");
    settled().await;
    assert!(page.try_find("dialog[open]").is_none());
    assert_eq!(times_asked(TOTP), 2);
    assert!(page.text().contains("GEZD GNBV"), "{}", page.text());
    assert!(
        page.find("img").get_attribute("src").unwrap().starts_with("data:image/svg+xml;charset=utf-8,%3Csvg")
    );
}

#[wasm_bindgen_test]
async fn without_the_proof_nothing_is_done_and_the_form_says_so() {
    let page = asked_for_proof("").await;
    page.click("dialog[open] [aria-label=Close]");
    settled().await;
    assert!(page.try_find("dialog[open]").is_none());
    let told = page.find("[aria-labelledby=second-factor] [role=alert]").text_content().unwrap();
    assert_eq!(told, "Not done: you have not confirmed that it is you.");
    assert_eq!(times_asked(TOTP), 1);
    assert_eq!(times_asked(STEP_UP), 0);
}
