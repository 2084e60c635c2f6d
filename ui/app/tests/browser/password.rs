//! A forgotten password, up to the mail.

use leptos::prelude::*;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::pages::ForgotPasswordPage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, asked, mount, painted, script_network};

const LIMITED: &str =
    r#"{\"type\":\"x\",\"title\":\"x\",\"status\":429,\"code\":\"rate_limited\",\"request_id\":\"r\"}"#;

fn forgot_password_page() -> Mounted {
    mount(|| view! { <ForgotPasswordPage visitor=Visitor::new(Connection::new(Web))/> })
}

#[wasm_bindgen_test]
async fn whoever_asks_is_told_the_same_and_can_read_on() {
    script_network(r#"{"/api/core/v1/auth/password/forgot": [[202, ""]]}"#);
    let page = forgot_password_page();
    painted().await;
    page.fill("#email", "ada@example.org");
    page.click("[type=submit]");
    painted().await;
    painted().await;
    assert!(page.text().contains("If an account has this address"), "{}", page.text());
    assert!(page.try_find("form").is_none());
    assert_eq!(document().active_element(), Some(page.find("h1")));
    let sent =
        r#"POST | /api/core/v1/auth/password/forgot | {"email":"ada@example.org"} |  | application/json"#;
    assert_eq!(asked(), [sent]);
}

#[wasm_bindgen_test]
async fn who_asks_too_often_is_told_how_long_to_wait() {
    script_network(&format!(r#"{{"/api/core/v1/auth/password/forgot": [[429, "{LIMITED}", "600"]]}}"#));
    let page = forgot_password_page();
    painted().await;
    page.fill("#email", "ada@example.org");
    page.click("[type=submit]");
    painted().await;
    painted().await;
    let told = page.find("[role=alert]").text_content().unwrap();
    assert_eq!(told, "Too many attempts. Try again in 10 minutes.");
}
