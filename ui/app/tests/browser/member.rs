//! Pages of somebody who is signed in.

use contract::{Problem, ProblemCode};
use leptos::prelude::*;
use leptos_router::components::Router;
use ui_app::api::{Connection, Visitor, Web};
use ui_app::pages::{AccountPage, ApiKeysPage, MailsPage};
use ui_app::state::Member;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, asked, mount, painted, provide_authentication, script_network};

/// Ada, as the API tells of her.
pub const ME: &str = r#"{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"session_id\":\"01890a5d-ac96-774b-bcce-b302099a8058\",\"email\":\"ada@example.org\",\"email_verified\":true,\"has_password\":true,\"display_name\":\"Ada\",\"roles\":[],\"permissions\":[\"mail:read\",\"mail:send\"],\"second_factor\":{\"enabled\":false,\"required\":false},\"created_at\":\"2026-01-01T00:00:00Z\"}"#;

/// A page of Ada's, and the network that answers it; she herself is answered first, and when she is asked for a proof.
pub async fn page_of_ada<V: IntoView + 'static>(
    answers: &str,
    view: impl FnOnce() -> V + Send + 'static,
) -> Mounted {
    page_of(ME, answers, view).await
}

/// The same of somebody else's.
pub async fn page_of<V: IntoView + 'static>(
    me: &str,
    answers: &str,
    view: impl FnOnce() -> V + Send + 'static,
) -> Mounted {
    let account = r#""/api/core/v1/auth/mfa": [[200, "{\"recovery_codes_left\":0}"]],
        "/api/core/v1/auth/identities": [[200, "{\"items\":[]}"]],
        "/api/core/v1/auth/identity-providers": [[200, "{\"items\":[]}"]],
        "/api/core/v1/auth/activity": [[200, "{\"items\":[]}"]],
        "/api/core/v1/auth/consents": [[200, "{\"items\":[]}"]],
        "/api/core/v1/auth/passkeys": [[200, "{\"items\":[]}"]]"#;
    script_network(&format!(
        r#"{{"/api/core/v1/me": [[200, "{me}"], [200, "{me}"], [200, "{me}"]], {account}, {answers}}}"#
    ));
    let (session, me) = Visitor::new(Connection::new(Web)).resume().await.unwrap().unwrap();
    let page = mount(move || {
        provide_authentication();
        provide_context(Member::new(session, me));
        view! { <Router>{view()}</Router> }
    });
    for _ in 0..3 {
        painted().await;
    }
    page
}

fn session(number: u8, device: &str, current: bool) -> String {
    format!(
        r#"{{\"id\":\"01890a5d-ac96-774b-bcce-b3020000000{number}\",\"current\":{current},\"device\":\"{device}\",\"address\":\"192.0.2.7\",\"created_at\":\"2026-01-01T00:00:00Z\",\"last_used_at\":\"2026-01-01T00:00:00Z\",\"expires_at\":\"2026-02-01T00:00:00Z\"}}"#
    )
}

#[wasm_bindgen_test]
async fn a_session_that_is_ended_leaves_the_list() {
    let here = session(1, "Firefox on Linux", true);
    let there = session(2, "Safari on iOS", false);
    let path = "/api/core/v1/auth/sessions";
    let answers = format!(
        r#""{path}": [[200, "{{\"items\":[{here},{there}]}}"], [200, "{{\"items\":[{here}]}}"]],
           "{path}/01890a5d-ac96-774b-bcce-b30200000002": [[204, ""]]"#
    );
    let page = page_of_ada(&answers, || view! { <AccountPage/> }).await;
    assert!(page.text().contains("Safari on iOS"), "{}", page.text());
    page.click("[aria-label='End the session on Safari on iOS']");
    for _ in 0..3 {
        painted().await;
    }
    assert!(!page.text().contains("Safari on iOS"), "{}", page.text());
    assert!(page.text().contains("Firefox on Linux"));
    assert!(!page.text().contains("End all others"), "there are none");
    assert!(asked().iter().any(|line| line.starts_with(&format!("DELETE | {path}/"))));
    let focused = document().active_element().unwrap();
    assert!(focused.contains(Some(&page.find("[aria-labelledby=sessions] ul"))), "the focus is where it was");
}

#[wasm_bindgen_test]
async fn a_mail_leads_to_this_site_alone() {
    let here = window().location().origin().unwrap();
    let mail = format!(
        r#"{{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"kind\":\"password_reset\",\"recipient\":\"ada@example.org\",\"subject\":\"Choose\",\"text\":\"{here}/reset-password#token=a or https://evil.example/\",\"created_at\":\"2026-01-01T00:00:00Z\",\"state\":\"queued\",\"attempts\":0}}"#
    );
    let path = "/api/core/v1/admin/mails";
    let answers = format!(
        r#""{path}": [[200, "{{\"items\":[{mail}]}}"]],
           "{path}/01890a5d-ac96-774b-bcce-b302099a8059": [[200, "{mail}"]]"#
    );
    let page = page_of_ada(&answers, || view! { <MailsPage/> }).await;
    page.click("[aria-haspopup=dialog]");
    for _ in 0..3 {
        painted().await;
    }
    assert_eq!(page.find("dialog").inner_html().matches("<a ").count(), 1, "{}", page.text());
    let href = page.find("dialog a").get_attribute("href").unwrap();
    assert_eq!(href, format!("{here}/reset-password#token=a"));
    assert!(page.text().contains("https://evil.example/"));
}

#[wasm_bindgen_test]
async fn a_mail_that_has_failed_is_sent_again() {
    let id = "01890a5d-ac96-774b-bcce-b302099a8060";
    let mail = |progress: &str| {
        format!(
            r#"{{\"id\":\"{id}\",\"kind\":\"test\",\"recipient\":\"ada@example.org\",\"subject\":\"Hello\",\"created_at\":\"2026-01-01T00:00:00Z\",{progress}}}"#
        )
    };
    let failed = mail(r#"\"state\":\"failed\",\"attempts\":3,\"last_error\":\"no such mailbox\""#);
    let queued = mail(r#"\"state\":\"queued\",\"attempts\":0"#);
    let path = "/api/core/v1/admin/mails";
    let answers = format!(
        r#""{path}": [[200, "{{\"items\":[{failed}]}}"], [200, "{{\"items\":[{queued}]}}"]],
           "{path}/{id}": [[200, "{failed}"]], "{path}/{id}/retry": [[200, "{queued}"]]"#
    );
    let page = page_of_ada(&answers, || view! { <MailsPage/> }).await;
    assert!(page.text().contains("Failed"), "{}", page.text());
    page.click("[aria-haspopup=dialog]");
    for _ in 0..3 {
        painted().await;
    }
    for words in ["3 attempts", "no such mailbox", "The text was deleted"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    page.click("dialog p .btn");
    for _ in 0..3 {
        painted().await;
    }
    assert!(
        asked().iter().any(|line| line.starts_with(&format!("POST | {path}/{id}/retry"))),
        "{:?}",
        asked()
    );
    assert!(page.text().contains("Queued"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_key_is_shown_once_and_a_refusal_said_where_it_was_tried() {
    let key = r#"{\"id\":\"01890a5d-ac96-774b-bcce-b30209900003\",\"name\":\"Export\",\"scopes\":[\"mail:read\"],\"created_at\":\"2026-01-01T00:00:00Z\",\"expires_at\":\"2026-04-01T00:00:00Z\"}"#;
    let too_many = serde_json::to_string(&Problem::new(ProblemCode::TooManyApiKeys, "r1")).unwrap();
    let too_many = serde_json::to_string(&too_many).unwrap();
    let path = "/api/core/v1/auth/api-keys";
    let answers = format!(
        r#""{path}": [[200, "{{\"items\":[]}}"], [409, {too_many}],
           [201, "{{\"api_key\":{key},\"token\":\"mtk_secret\"}}"], [200, "{{\"items\":[{key}]}}"]]"#
    );
    let page = page_of_ada(&answers, || view! { <ApiKeysPage/> }).await;
    assert!(page.text().contains("No API keys yet"), "{}", page.text());
    page.click("button.btn-primary");
    painted().await;
    page.fill("[name=name]", "Export");
    page.click("[name=scopes]");
    for expected in ["delete one first", "mtk_secret"] {
        page.click("dialog [type=submit]");
        for _ in 0..3 {
            painted().await;
        }
        assert!(page.text().contains(expected), "{}", page.text());
    }
    let sent =
        format!(r#"POST | {path} | {{"name":"Export","scopes":["mail:read"],"expires_in_days":90}} | "#);
    assert_eq!(asked().iter().filter(|line| line.starts_with(&sent)).count(), 2, "{:?}", asked());
    assert_eq!(document().active_element().unwrap().id(), "created-key", "the focus is where the key is");
    page.click("[aria-labelledby=created-key] .btn:last-child");
    painted().await;
    assert!(!page.text().contains("mtk_secret"));
    assert!(
        page.text().contains("See every mail that Matrice sends, and open it when signed in"),
        "{}",
        page.text()
    );
}
