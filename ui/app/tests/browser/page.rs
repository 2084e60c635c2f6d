//! A page to put components on, and a network that answers from a script.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use ui_app::components::Navigated;
use ui_app::i18n::Language;
use ui_app::state::{Authentication, Toasts, provide_connectivity};
use ui_app::theme::ThemeChoice;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A component on the page; gone with the value.
pub struct Mounted {
    pub root: HtmlElement,
    _handle: Box<dyn std::any::Any>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Puts a view on the page, with all that the application provides around it.
pub fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle: UnmountHandle<_> = mount_to(root.clone(), move || {
        Language::provide().set(contract::Locale::En);
        ThemeChoice::provide();
        Toasts::provide();
        Navigated::provide();
        provide_connectivity();
        view().into_any()
    });
    Mounted { root, _handle: Box::new(handle) }
}

impl Mounted {
    pub fn find(&self, selector: &str) -> Element {
        self.try_find(selector).unwrap_or_else(|| panic!("nothing at {selector}: {}", self.root.inner_html()))
    }

    pub fn try_find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    pub fn click(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
    }

    pub fn fill(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.find(selector).unchecked_into();
        input.set_value(text);
        input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    }

    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }
}

/// Lets effects run and the browser paint.
pub async fn painted() {
    for _ in 0..2 {
        let frame = Promise::new(&mut |resolve, _| {
            window().request_animation_frame(&resolve).unwrap();
        });
        JsFuture::from(frame).await.unwrap();
    }
}

/// Answers for [`script_network`] to whoever asks who is there, who may sign up and with which providers: left without one, they ask again, into
/// the next test.
pub const NOBODY: &str = r#""/api/core/v1/me": [[401, "{\"type\":\"x\",\"title\":\"x\",\"status\":401,\"code\":\"unauthenticated\",\"request_id\":\"r\"}"]],
    "/api/core/v1/auth/refresh": [[401, "{\"type\":\"x\",\"title\":\"x\",\"status\":401,\"code\":\"unauthenticated\",\"request_id\":\"r\"}"]],
    "/api/core/v1/auth/identity-providers": [[500, ""], [500, ""]],
    "/api/core/v1/auth/sign-up": [[500, ""]]"#;

/// Replaces `fetch` by one that answers with the next of `answers` (status, body, `Retry-After`) for
/// its path, and notes what it is asked.
pub fn script_network(answers: &str) {
    let install = Function::new_with_args(
        "answers",
        r#"
        globalThis.asked = [];
        globalThis.fetch = async (input, init) => {
            const request = new Request(input, init);
            const path = new URL(request.url).pathname;
            const body = await request.clone().text();
            globalThis.asked.push([request.method, path, body, request.headers.get("if-match") ?? "",
                request.headers.get("content-type") ?? ""].join(" | "));
            const answer = answers[path]?.shift();
            if (!answer) throw new TypeError("no network");
            const [status, text, retryAfter] = answer;
            const headers = retryAfter ? { "retry-after": retryAfter } : {};
            return new Response(status === 204 ? null : text, { status, headers });
        };
        "#,
    );
    let answers = js_sys::JSON::parse(answers).unwrap();
    install.call1(&JsValue::NULL, &answers).unwrap();
}

/// What the scripted network was asked: method, path, body, `If-Match`, `Content-Type`.
pub fn asked() -> Vec<String> {
    let asked = Reflect::get(&js_sys::global(), &JsValue::from_str("asked")).unwrap();
    asked.unchecked_into::<Array>().iter().filter_map(|line| line.as_string()).collect()
}

/// Makes the components beneath believe that somebody may be signing in.
pub fn provide_authentication() {
    Authentication::provide();
}
