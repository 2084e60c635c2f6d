//! Signing in with an account elsewhere, coming back from there, and accounts that have no other way in.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::layout::StepUpDialog;
use ui_app::pages::{AccountPage, ProviderReturnPage, SignInAttempt, SignInPage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::member::{ME, page_of};
use crate::page::{Mounted, NOBODY, asked, mount, painted, provide_authentication, script_network};

const PROVIDERS: &str = "/api/core/v1/auth/identity-providers";
const THREE: &str = r#"[200, "{\"items\":[{\"id\":\"google\",\"name\":\"Google\"},{\"id\":\"github\",\"name\":\"GitHub\"},{\"id\":\"openid\",\"name\":\"Example ID\"}]}"]"#;

fn problem(status: u16, code: &str) -> String {
    format!(
        r#"[{status}, "{{\"type\":\"x\",\"title\":\"x\",\"status\":{status},\"code\":\"{code}\",\"request_id\":\"r\"}}"]"#
    )
}

async fn settled() {
    for _ in 0..4 {
        painted().await;
    }
}

fn sent(path: &str) -> Vec<String> {
    asked().into_iter().filter(|line| line.starts_with(&format!("POST | {path} |"))).collect()
}

#[wasm_bindgen_test]
async fn each_provider_is_offered_and_one_that_is_away_is_told_of() {
    let nobody =
        NOBODY.replace(&format!(r#""{PROVIDERS}": [[500, ""]"#), &format!(r#""{PROVIDERS}": [{THREE}"#));
    let begin = format!("{PROVIDERS}/openid/authorization");
    script_network(&format!(r#"{{{nobody}, "{begin}": [{}]}}"#, problem(504, "provider_unavailable")));
    let page = mount(|| {
        provide_authentication();
        let visitor = || Visitor::new(Connection::new(Web));
        view! { <Router><SignInPage visitor=visitor() attempt=SignInAttempt::new()/></Router> }
    });
    settled().await;
    for name in ["Google", "GitHub", "Example ID"] {
        assert!(page.text().contains(&format!("Continue with {name}")), "{}", page.text());
    }
    // Press twice: it leaves once.
    page.click(".gap-3 > button:last-child");
    page.click(".gap-3 > button:last-child");
    settled().await;
    let request =
        format!(r#"POST | {begin} | {{"purpose":"sign_in","return_to":"/"}} |  | application/json"#);
    assert_eq!(sent(&begin), [request]);
    assert!(page.text().contains("The provider does not answer right now."), "{}", page.text());
}

/// Somebody who comes back from GitHub.
async fn returned(query: &str, answers: &str) -> Mounted {
    let pending = r#"[200, "{\"purpose\":\"sign_in\",\"return_to\":\"/users?q=ada\"}"]"#;
    script_network(&format!(r#"{{{NOBODY}, "{PROVIDERS}/github/authorization": [{pending}{answers}}}"#));
    address(&format!("/sign-in/github?{query}"));
    let page = mount(|| {
        provide_authentication();
        provide_context(SignInAttempt::new());
        view! { <Router><ProviderReturnPage visitor=Visitor::new(Connection::new(Web))/></Router> }
    });
    settled().await;
    address("/");
    page
}

fn address(path: &str) {
    js_sys::eval(&format!("history.replaceState(null, '', '{path}')")).unwrap();
}

#[wasm_bindgen_test]
async fn whoever_said_no_at_the_provider_may_think_again() {
    let unavailable = problem(504, "provider_unavailable");
    let denied = problem(403, "authorization_denied");
    let answers = format!(r#", {unavailable}], "{PROVIDERS}/github/sign-in": [{denied}]"#);
    let page = returned("error=access_denied&state=mti_1&iss=x", &answers).await;
    assert!(page.text().contains("You are not signed in"), "{}", page.text());
    assert_eq!(document().active_element(), Some(page.find("h1")));
    let answer = r#"{"state":"mti_1","iss":"x","error":"access_denied","transport":"cookie"}"#;
    assert!(sent(&format!("{PROVIDERS}/github/sign-in"))[0].contains(answer), "{:?}", asked());
    let other_way = page.find("a").get_attribute("href").unwrap();
    assert_eq!(other_way, "/sign-in?next=%2Fusers%3Fq%3Dada");
    page.click("button");
    settled().await;
    let again = r#"{"purpose":"sign_in","return_to":"/users?q=ada"}"#;
    assert!(sent(&format!("{PROVIDERS}/github/authorization"))[0].contains(again), "{:?}", asked());
    assert!(page.text().contains("The provider does not answer right now."), "{}", page.text());
}

#[wasm_bindgen_test]
async fn whoever_must_link_first_is_sent_to_do_so() {
    let answers = format!(r#"], "{PROVIDERS}/github/sign-in": [{}]"#, problem(403, "link_required"));
    let page = returned("code=c&state=mti_1", &answers).await;
    assert!(page.text().contains("link the provider in your account"), "{}", page.text());
    assert_eq!(page.find("a").get_attribute("href").unwrap(), "/sign-in?next=%2Faccount");
    assert!(page.try_find("button").is_none(), "asking again would not help");
}

/// The page of somebody without a password who signs in with GitHub and that provider.
async fn without_password(provider: &str) -> Mounted {
    let me = ME.replace(r#"\"has_password\":true"#, r#"\"has_password\":false"#);
    let identity = |number: u8, provider: &str| {
        format!(
            r#"{{\"id\":\"01890a5d-ac96-774b-bcce-b3020990000{number}\",\"provider\":\"{provider}\",\"email\":\"ada@{provider}.example\",\"created_at\":\"2026-01-01T00:00:00Z\"}}"#
        )
    };
    let own = format!(r#"[200, "{{\"items\":[{},{}]}}"]"#, identity(1, "github"), identity(2, provider));
    let unlink = "/api/core/v1/auth/identities/01890a5d-ac96-774b-bcce-b30209900001";
    let answers = format!(
        r#""/api/core/v1/auth/sessions": [[200, "{{\"items\":[]}}"]],
           "/api/core/v1/auth/identities": [{own}, {own}, {own}], "{PROVIDERS}": [{THREE}, {THREE}, {THREE}],
           "{unlink}": [{}], "/api/core/v1/auth/password/forgot": [[202, ""]]"#,
        problem(403, "proof_required")
    );
    page_of(&me, &answers, || view! { <StepUpDialog/> <AccountPage/> }).await
}

/// Presses what unlinks GitHub, and yes; answers the question that follows.
async fn asked_to_confirm(page: &Mounted) -> String {
    page.click("[aria-label='Unlink GitHub, ada@github.example']");
    settled().await;
    page.click("dialog[open] .btn-error");
    settled().await;
    page.find("dialog[aria-label='Confirm that it’s you']").text_content().unwrap()
}

#[wasm_bindgen_test]
async fn who_signs_in_with_what_asks_nobody_again_may_choose_a_password() {
    let page = without_password("google").await;
    let question = asked_to_confirm(&page).await;
    assert!(!question.contains("Confirm with"), "neither GitHub nor Google asks again: {question}");
    assert!(question.contains("With a password you can confirm it here."), "{question}");
    page.click("dialog[aria-label='Confirm that it’s you'] [type=submit]");
    settled().await;
    assert!(page.text().contains("A mail is on its way to ada@example.org."), "{}", page.text());
}

#[wasm_bindgen_test]
async fn without_a_password_a_provider_or_a_mailed_link_is_the_way() {
    let page = without_password("openid").await;
    let password = page.find("[aria-labelledby=password]").text_content().unwrap();
    assert!(password.contains("Your account has no password"), "{password}");
    page.click("[aria-labelledby=password] [type=submit]");
    settled().await;
    assert!(page.text().contains("A mail is on its way to ada@example.org."), "{}", page.text());

    let linked = page.find("[aria-labelledby=identities]").text_content().unwrap();
    assert!(linked.contains("GitHub") && linked.contains("ada@openid.example"), "{linked}");
    assert!(linked.contains("Link Google") && !linked.contains("Link GitHub"), "{linked}");
    let question = asked_to_confirm(&page).await;
    assert!(question.contains("Confirm with Example ID"), "{question}");
    assert!(!question.contains("GitHub"), "it never tells when it last asked: {question}");
    page.click("dialog[aria-label='Confirm that it’s you'] [aria-label=Close]");
    settled().await;

    page.click("[aria-labelledby=your-data] .btn-error");
    settled().await;
    let question = page.find("dialog[aria-label='Delete your account?']").text_content().unwrap();
    assert!(question.contains("your account has none"), "{question}");
}
