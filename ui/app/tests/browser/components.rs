//! Components on real elements.

use contract::Locale;
use leptos::prelude::*;
use ui_app::components::{Dialog, PasswordField, ThemePicker, Timestamp, ToastRegion};
use ui_app::i18n::{tr, use_language};
use ui_app::state::Toasts;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use crate::page::{mount, painted};

#[wasm_bindgen_test]
async fn a_password_is_shown_when_asked_for() {
    let page = mount(|| {
        let value = RwSignal::new("secret".to_owned());
        view! {
            <PasswordField
                name="password"
                label=|t| t.field().password
                value
                autocomplete="current-password"
                error=Signal::derive(|| None)
            />
        }
    });
    painted().await;
    let kind = || page.find("input").get_attribute("type").unwrap();
    assert_eq!(kind(), "password");
    page.click("button");
    painted().await;
    assert_eq!(kind(), "text");
    assert_eq!(page.find("button").get_attribute("aria-label").unwrap(), "Hide password");
}

#[wasm_bindgen_test]
async fn the_language_changes_at_once() {
    let page = mount(|| {
        let language = use_language();
        view! {
            <button on:click=move |_| language.set(Locale::Fr)>{tr(|t| t.shell().sign_out)}</button>
            <Timestamp at=chrono::DateTime::from_timestamp(0, 0).unwrap()/>
        }
    });
    painted().await;
    assert!(page.text().starts_with("Sign out"), "{}", page.text());
    page.click("button");
    painted().await;
    assert!(page.text().starts_with("Se déconnecter"), "{}", page.text());
    assert!(page.text().contains("il y a"), "{}", page.text());
    let language = document().document_element().unwrap().get_attribute("lang");
    assert_eq!(language.as_deref(), Some("fr"));
}

#[wasm_bindgen_test]
async fn the_theme_is_applied_and_kept() {
    let page = mount(|| view! { <ThemePicker name="theme"/> });
    painted().await;
    let theme = || document().document_element().unwrap().get_attribute("data-theme");
    let stored = || window().local_storage().unwrap().unwrap().get_item("matrice.theme").unwrap();
    page.click("label:nth-child(2) input");
    painted().await;
    assert_eq!((theme().as_deref(), stored().as_deref()), (Some("dark"), Some("dark")));
    page.click("label:nth-child(3) input");
    painted().await;
    assert_eq!((theme(), stored()), (None, None));
}

#[wasm_bindgen_test]
async fn a_dialog_is_modal_and_tells_when_it_is_closed() {
    let open = RwSignal::new(false);
    let page = mount(move || {
        view! { <Dialog open title="A question".to_owned()><p>"content"</p></Dialog> }
    });
    painted().await;
    assert!(page.try_find("dialog p").is_none());
    open.set(true);
    painted().await;
    let dialog: HtmlDialogElement = wasm_bindgen::JsCast::unchecked_into(page.find("dialog"));
    assert!(dialog.open() && dialog.matches(":modal").unwrap());
    page.click("dialog button");
    painted().await;
    assert!(!dialog.open() && !open.get_untracked());
}

#[wasm_bindgen_test]
async fn news_is_read_out_and_can_be_dismissed() {
    let page = mount(|| {
        let toasts: Toasts = expect_context();
        toasts.success("Saved");
        view! { <ToastRegion/> }
    });
    painted().await;
    assert_eq!(page.find("[aria-live=polite]").text_content().unwrap(), "Saved");
    page.click("button");
    painted().await;
    assert!(page.try_find("li").is_none());
}
