//! What has been read, and is read anew.

use contract::Page;
use leptos::prelude::*;
use ui_app::state::{Member, Query};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::member::page_of_ada;
use crate::page::{Mounted, asked, painted};

const PATH: &str = "/api/core/v1/words";

#[component]
fn Words() -> impl IntoView {
    let member: Member = expect_context();
    let words = Query::<Page<String>>::new(member, || Some(format!("{PATH}?limit=5")));
    view! {
        {move || words.data.get().map(|page| view! { <input id="typed"/> <p>{page.items.join(" ")}</p> })}
        <button id="outdate" on:click=move |_| member.cache.invalidate(PATH)></button>
        <button id="outdate-other" on:click=move |_| member.cache.invalidate("/api/core/v1/users")></button>
    }
}

async fn press(page: &Mounted, button: &str) {
    page.click(button);
    for _ in 0..3 {
        painted().await;
    }
}

fn typed(page: &Mounted) -> String {
    page.find("#typed").unchecked_into::<HtmlInputElement>().value()
}

fn times_asked() -> usize {
    asked().iter().filter(|line| line.contains(PATH)).count()
}

#[wasm_bindgen_test]
async fn what_has_not_changed_is_not_built_anew() {
    let (one, two) = (r#"{\"items\":[\"one\"]}"#, r#"{\"items\":[\"one\",\"two\"]}"#);
    let answers = format!(r#""{PATH}": [[200, "{one}"], [200, "{one}"], [200, "{two}"]]"#);
    let page = page_of_ada(&answers, || view! { <Words/> }).await;
    page.fill("#typed", "half a name");
    press(&page, "#outdate-other").await;
    assert_eq!((times_asked(), typed(&page).as_str()), (1, "half a name"), "it is not its path");
    press(&page, "#outdate").await;
    assert_eq!((times_asked(), typed(&page).as_str()), (2, "half a name"), "the answer is the same");
    press(&page, "#outdate").await;
    assert_eq!(times_asked(), 3);
    assert!(page.text().contains("one two"), "{}", page.text());
}
