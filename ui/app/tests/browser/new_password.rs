//! How hard a password is to guess, while it is typed.

use contract::{FieldCode, FieldError, FieldRule, PasswordAdvice, PasswordStrength};
use futures_util::FutureExt;
use leptos::prelude::*;
use ui_app::components::{NewPasswordField, PasswordJudge};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, mount, painted};

fn field(judge: Option<PasswordJudge>, error: Option<FieldError>) -> Mounted {
    mount(move || {
        if let Some(judge) = judge {
            provide_context(judge);
        }
        let display_name = RwSignal::new("Ada Lovelace".to_owned());
        view! {
            <input id="display_name" on:input=move |event| display_name.set(event_target_value(&event))/>
            <NewPasswordField
                value=RwSignal::new(String::new())
                display_name
                error=Signal::derive(move || error.clone())
            />
        }
    })
}

fn with_lists() -> Mounted {
    let judge = |password: String, email: String, display_name: String| {
        async move { Some(PasswordStrength::of(&password, &email, &display_name)) }.boxed_local()
    };
    field(Some(PasswordJudge(judge)), None)
}

/// What is read out, once it says so.
async fn said(page: &Mounted, words: &str) -> String {
    loop {
        let said = page.find("[aria-live=polite]:last-child").text_content().unwrap();
        if said.contains(words) {
            return said;
        }
        painted().await;
    }
}

#[wasm_bindgen_test]
async fn the_meter_follows_what_is_typed() {
    let page = with_lists();
    painted().await;
    assert!(page.try_find("[role=meter]").is_none());
    page.fill("#password", "password1234");
    let told = said(&page, "Easy to guess").await;
    assert!(told.contains("Many people use this password."), "{told}");
    let meter = page.find("[role=meter]");
    assert_eq!(meter.get_attribute("aria-valuenow").as_deref(), Some("1"));
    assert_eq!(meter.get_attribute("aria-valuetext").as_deref(), Some("Easy to guess"));
    page.fill("#password", "violet harbour seven lanterns");
    said(&page, "Very hard to guess").await;
    assert!(page.try_find("li").is_none(), "nothing is left to be advised");
    page.fill("#password", "");
    painted().await;
    assert!(page.try_find("[role=meter]").is_none());
}

#[wasm_bindgen_test]
async fn ones_own_name_counts_as_it_is_typed() {
    let page = with_lists();
    page.fill("#password", "marie skłodowska curie");
    said(&page, "Very hard to guess").await;
    page.fill("#display_name", "Marie Skłodowska Curie");
    said(&page, "It has your own name or address in it.").await;
}

#[wasm_bindgen_test]
async fn what_the_api_advises_stands_until_something_else_is_typed() {
    let page = mount(|| {
        let judge = |password: String, email: String, display_name: String| {
            async move { Some(PasswordStrength::of(&password, &email, &display_name)) }.boxed_local()
        };
        provide_context(PasswordJudge(judge));
        let error = RwSignal::new(None::<FieldError>);
        let refuse = move |_| {
            let advice = vec![PasswordAdvice::CommonPassword];
            let rule = FieldRule::new(FieldCode::TooWeak);
            error.set(Some(FieldError { advice, ..FieldError::new("password", rule) }));
        };
        view! {
            <NewPasswordField value=RwSignal::new(String::new()) error=error.into()/>
            <button id="refuse" on:click=refuse></button>
        }
    });
    page.fill("#password", "violet harbour seven lanterns");
    said(&page, "Very hard to guess").await;
    page.click("#refuse");
    said(&page, "Many people use this password.").await;
    page.fill("#password", "violet harbour eight lanterns");
    painted().await;
    assert!(page.try_find("li").is_none(), "{}", page.text());
}

#[wasm_bindgen_test]
async fn without_the_lists_the_api_has_the_word() {
    let rule = FieldRule::new(FieldCode::TooWeak);
    let advice = vec![PasswordAdvice::CommonPassword];
    let error = FieldError { advice, ..FieldError::new("password", rule) };
    let out_of_reach = PasswordJudge(|_, _, _| async { None }.boxed_local());
    for judge in [None, Some(out_of_reach)] {
        let page = field(judge, Some(error.clone()));
        page.fill("#password", "password1234");
        assert_eq!(said(&page, "Many people").await, "Many people use this password.");
        assert!(page.try_find("[role=meter]").is_none());
    }
}
