//! The roles: what they permit, and turning what they demand.

use leptos::prelude::*;
use ui_app::components::ToastRegion;
use ui_app::pages::RolesPage;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::member::{ME, page_of};
use crate::page::{Mounted, asked, painted};

const ROLES: &str = "/api/core/v1/roles";
const AUDITOR: &str = "/api/core/v1/roles/auditor";

fn auditor(required: bool) -> String {
    format!(
        r#"{{\"name\":\"auditor\",\"description\":\"Sees\",\"permissions\":[\"security:read\"],\"requires_second_factor\":{required}}}"#
    )
}

/// The page of somebody with these permissions and roles, where the auditors' role demands nothing yet.
async fn page_of_roles(permissions: &str, roles: &str, change: &str) -> Mounted {
    let me = ME
        .replace(
            r#"\"permissions\":[\"mail:read\",\"mail:send\"]"#,
            &format!(r#"\"permissions\":[{permissions}]"#),
        )
        .replace(r#"\"roles\":[]"#, &format!(r#"\"roles\":[{roles}]"#));
    let (before, after) = (auditor(false), auditor(true));
    let answers = format!(
        r#""{ROLES}": [[200, "{{\"items\":[{before}]}}"], [200, "{{\"items\":[{after}]}}"]], "{AUDITOR}": [{change}]"#
    );
    page_of(&me, &answers, || view! { <ToastRegion/> <RolesPage/> }).await
}

/// The same, with the switch pressed.
async fn asked_about(roles: &str, change: &str) -> Mounted {
    let page = page_of_roles(r#"\"roles:read\",\"roles:write\""#, roles, change).await;
    assert!(!is_on(&page));
    page.find("[role=switch]").unchecked_into::<HtmlElement>().focus().unwrap();
    page.click("[role=switch]");
    settled().await;
    assert!(page.text().contains("Require two-step sign-in of the role “auditor”?"), "{}", page.text());
    page
}

fn is_on(page: &Mounted) -> bool {
    page.find("[role=switch]").get_attribute("aria-checked").unwrap() == "true"
}

fn times_asked(line: &str) -> usize {
    asked().iter().filter(|asked| asked.starts_with(line)).count()
}

async fn settled() {
    for _ in 0..4 {
        painted().await;
    }
}

#[wasm_bindgen_test]
async fn what_a_role_demands_is_turned_after_asking() {
    let page = asked_about("", &format!(r#"[200, "{}"]"#, auditor(true))).await;
    assert!(!page.text().contains("You are one of those"), "it is of others");
    assert_eq!(times_asked("PATCH"), 0, "not before it is confirmed");
    assert!(!is_on(&page));
    page.click("dialog[open] [type=submit]");
    settled().await;
    assert_eq!(times_asked(&format!(r#"PATCH | {AUDITOR} | {{"requires_second_factor":true}} |"#)), 1);
    assert!(page.try_find("dialog[open]").is_none());
    assert!(page.text().contains("The role “auditor” now requires two-step sign-in"), "{}", page.text());
    assert!(is_on(&page));
    assert_eq!(document().active_element(), page.try_find("[role=switch]"), "the focus is where it was");
    assert_eq!(times_asked(&format!("GET | {ROLES} |")), 2, "the list is read anew");
}

#[wasm_bindgen_test]
async fn who_demands_it_of_themselves_is_read_anew() {
    let page = asked_about(r#"\"auditor\""#, &format!(r#"[200, "{}"]"#, auditor(true))).await;
    assert!(page.text().contains("You are one of those who have none"), "{}", page.text());
    let before = times_asked("GET | /api/core/v1/me |");
    page.click("dialog[open] [type=submit]");
    settled().await;
    assert_eq!(times_asked("GET | /api/core/v1/me |"), before + 1);
}

#[wasm_bindgen_test]
async fn a_refusal_leaves_the_switch_and_says_why() {
    let refusal = r#"[403, "{\"type\":\"x\",\"title\":\"x\",\"status\":403,\"code\":\"forbidden\",\"request_id\":\"r\"}"]"#;
    let page = asked_about("", refusal).await;
    page.click("dialog[open] [type=submit]");
    painted().await;
    assert!(page.try_find("dialog[open]").is_none());
    assert!(page.text().contains("You may not do this."), "{}", page.text());
    settled().await;
    assert_eq!(times_asked(&format!("GET | {ROLES} |")), 2, "perhaps the list was old");
}

#[wasm_bindgen_test]
async fn who_may_not_change_roles_reads_what_they_demand() {
    let page = page_of_roles(r#"\"roles:read\""#, "", "").await;
    for words in [
        "auditor",
        "Sees accounts and roles, changes nothing",
        "Read the security log",
        "Two-step sign-in optional",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(page.try_find("[role=switch]").is_none());
    assert!(!page.text().contains("Accounts with this role"), "who may not see accounts isn't led to them");
}

#[wasm_bindgen_test]
async fn who_may_not_see_roles_is_told_so() {
    let page = page_of_roles("", "", "").await;
    assert!(page.text().contains("You don’t have access to this"), "{}", page.text());
    assert_eq!(times_asked(&format!("GET | {ROLES} |")), 0);
}
