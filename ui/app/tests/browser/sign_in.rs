//! The sign-in form, from the first wrong field to the API's refusal.

use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::pages::{SignInAttempt, SignInPage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, NOBODY, asked, mount, painted, provide_authentication, script_network};

const REFUSED: &str = r#"{\"type\":\"x\",\"title\":\"x\",\"status\":401,\"code\":\"invalid_credentials\",\"request_id\":\"r\"}"#;

fn sign_in_page() -> Mounted {
    mount(|| {
        provide_authentication();
        let visitor = || Visitor::new(Connection::new(Web));
        view! { <Router><SignInPage visitor=visitor() attempt=SignInAttempt::new()/></Router> }
    })
}

fn sign_ins() -> usize {
    asked().iter().filter(|line| line.contains("/auth/login")).count()
}

#[wasm_bindgen_test]
async fn a_wrong_field_is_told_before_anything_is_sent() {
    script_network(&format!("{{{NOBODY}}}"));
    let page = sign_in_page();
    painted().await;
    page.fill("#email", "not an address");
    page.click("[type=submit]");
    painted().await;
    assert!(page.text().contains("Enter a whole e-mail address"), "{}", page.text());
    assert!(page.text().contains("Enter a password"));
    assert_eq!(document().active_element().unwrap().id(), "email");
    assert_eq!(page.find("#email").get_attribute("aria-invalid").unwrap(), "true");
    assert_eq!(sign_ins(), 0);
}

#[wasm_bindgen_test]
async fn a_form_is_sent_once_however_often_it_is_pressed() {
    script_network(&format!(
        r#"{{{NOBODY}, "/api/core/v1/auth/login": [[401, "{REFUSED}"], [401, "{REFUSED}"]]}}"#
    ));
    let page = sign_in_page();
    painted().await;
    page.fill("#email", "ada@example.org");
    page.fill("#password", "wrong");
    page.click("[type=submit]");
    page.click("[type=submit]");
    painted().await;
    painted().await;
    assert_eq!(sign_ins(), 1);
    assert_eq!(
        page.find("[role=alert]").text_content().unwrap(),
        "The e-mail address or the password is wrong."
    );
    page.click("[type=submit]");
    painted().await;
    assert_eq!(sign_ins(), 2, "after the answer it can be sent again");
}
