//! Asking for an account, as far as the rules allow.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::pages::{SignInAttempt, SignInPage, SignUpPage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, asked, mount, painted, provide_authentication, script_network};

const OPEN: &str = r#"{\"open\":true,\"domains\":[]}"#;
const CLOSED: &str = r#"{\"open\":false,\"domains\":[]}"#;
const LIMITED: &str = r#"{\"open\":true,\"domains\":[\"example.org\",\"example.com\"]}"#;
const OTHER_DOMAIN: &str = r#"{\"type\":\"x\",\"title\":\"x\",\"status\":422,\"code\":\"validation_failed\",\"request_id\":\"r\",\"errors\":[{\"field\":\"email\",\"code\":\"domain_not_allowed\"}]}"#;

async fn sign_up_page(rules: &str, answers: &str) -> Mounted {
    script_network(&format!(
        r#"{{"/api/core/v1/auth/sign-up": [[200, "{rules}"]{answers}],
            "/api/core/v1/auth/identity-providers": [[500, ""]]}}"#
    ));
    let page = mount(|| view! { <Router><SignUpPage visitor=Visitor::new(Connection::new(Web))/></Router> });
    settle().await;
    page
}

async fn settle() {
    for _ in 0..3 {
        painted().await;
    }
}

#[wasm_bindgen_test]
async fn where_it_is_closed_nobody_fills_in_a_form() {
    let page = sign_up_page(CLOSED, "").await;
    assert!(page.text().contains("Accounts are by invitation only"), "{}", page.text());
    assert!(page.try_find("form").is_none());
}

#[wasm_bindgen_test]
async fn the_domains_are_named_and_others_refused_at_the_field() {
    let page = sign_up_page(LIMITED, &format!(r#", [422, "{OTHER_DOMAIN}"]"#)).await;
    assert!(page.text().contains("Your address must end in @example.org or @example.com."));
    page.fill("#email", "grace@example.net");
    page.click("[type=submit]");
    settle().await;
    assert_eq!(document().active_element().unwrap().id(), "email");
    let told = page.find("#email-notes").text_content().unwrap();
    assert_eq!(told, "Addresses of this domain can’t be used here.");
}

#[wasm_bindgen_test]
async fn whoever_asks_sees_where_the_mail_goes() {
    let page = sign_up_page(OPEN, r#", [202, ""]"#).await;
    page.fill("#email", "grace@example.org");
    page.click("[type=submit]");
    settle().await;
    assert!(page.text().contains("A mail is on its way to grace@example.org."), "{}", page.text());
    assert_eq!(document().active_element(), Some(page.find("h1")));
    let sent = r#"POST | /api/core/v1/auth/sign-up | {"email":"grace@example.org"} |  | application/json"#;
    assert!(asked().iter().any(|line| line == sent), "{:?}", asked());
}

#[wasm_bindgen_test]
async fn an_account_is_offered_where_that_is_open() {
    for (rules, offered) in [(OPEN, true), (CLOSED, false)] {
        script_network(&format!(
            r#"{{"/api/core/v1/auth/sign-up": [[200, "{rules}"]], "/api/core/v1/me": [[500, ""]],
                "/api/core/v1/auth/identity-providers": [[500, ""]]}}"#
        ));
        let page = mount(|| {
            provide_authentication();
            let visitor = || Visitor::new(Connection::new(Web));
            view! { <Router><SignInPage visitor=visitor() attempt=SignInAttempt::new()/></Router> }
        });
        settle().await;
        assert_eq!(page.try_find("[href='/sign-up']").is_some(), offered, "{}", page.text());
    }
}
