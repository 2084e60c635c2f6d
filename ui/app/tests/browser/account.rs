//! One's own account: its address, and its end.

use leptos::prelude::*;
use ui_app::pages::AccountPage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::member::page_of_ada;
use crate::page::{asked, painted};

const SESSIONS: &str = r#""/api/core/v1/auth/sessions": [[200, "{\"items\":[]}"]]"#;
const LAST: &str =
    r#"{\"type\":\"x\",\"title\":\"x\",\"status\":409,\"code\":\"last_administrator\",\"request_id\":\"r\"}"#;

fn sent(path: &str) -> Vec<String> {
    asked().into_iter().filter(|line| line.contains(path)).collect()
}

#[wasm_bindgen_test]
async fn an_account_is_deleted_by_whoever_types_its_address() {
    let answers = format!(r#"{SESSIONS}, "/api/core/v1/auth/account/delete": [[409, "{LAST}"]]"#);
    let page = page_of_ada(&answers, || view! { <AccountPage/> }).await;
    page.click("[aria-labelledby=your-data] .btn-error");
    painted().await;
    assert!(
        page.find("dialog[open]").text_content().unwrap().contains("the account of Ada, ada@example.org")
    );
    page.fill("#email", "grace@example.org");
    page.fill("#delete-account-password", "secret");
    page.click("dialog[open] [type=submit]");
    painted().await;
    assert_eq!(page.find("#email-notes").text_content().unwrap(), "This is not your account’s address.");
    assert_eq!(document().active_element().unwrap().id(), "email");
    assert!(sent("/account/delete").is_empty());

    page.fill("#email", "Ada@Example.org");
    page.click("dialog[open] [type=submit]");
    painted().await;
    painted().await;
    let request =
        r#"POST | /api/core/v1/auth/account/delete | {"current_password":"secret"} |  | application/json"#;
    assert_eq!(sent("/account/delete"), [request]);
    let told = page.find("dialog[open] [role=alert]").text_content().unwrap();
    assert!(told.starts_with("The last administrator must stay one"), "{told}");
}

#[wasm_bindgen_test]
async fn another_address_is_asked_for_with_the_password() {
    let answers = format!(r#"{SESSIONS}, "/api/core/v1/auth/email/change": [[202, ""]]"#);
    let page = page_of_ada(&answers, || view! { <AccountPage/> }).await;
    let section = "[aria-labelledby=email-address]";
    assert!(page.find(section).text_content().unwrap().contains("Confirmed"));
    page.click(&format!("{section} .btn"));
    painted().await;
    page.fill("#new_email", " king@example.org ");
    page.fill("#change-email-password", "secret");
    page.click("dialog[open] [type=submit]");
    painted().await;
    painted().await;
    assert!(page.try_find("dialog[open]").is_none());
    let news = page.find(&format!("{section} [role=status]")).text_content().unwrap();
    assert!(news.starts_with("A mail is on its way to king@example.org."), "{news}");
    assert!(page.find(section).text_content().unwrap().contains("ada@example.org"), "until it is confirmed");
    assert_eq!(sent("/email/change").len(), 1);
}
