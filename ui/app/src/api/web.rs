//! The browser itself.

use std::any::Any;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use gloo_net::http::RequestBuilder;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::transport::{Lost, Method, Request, Response, Transport};
use crate::browser;

const TURN: &str = "matrice.renewal";
const RENEWED_AT: &str = "matrice.renewed_at";

/// Requests by `fetch`; turns by the Web Locks API; notes in local storage.
#[derive(Debug, Clone, Copy, Default)]
pub struct Web;

impl Transport for Web {
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Response, Lost>> {
        async move { fetch(request).await.map_err(|_| Lost) }.boxed_local()
    }

    fn wait(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        gloo_timers::future::sleep(time).boxed_local()
    }

    fn now(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970"
        )]
        let now = js_sys::Date::now() as u64;
        now
    }

    fn renewal_turn(&self) -> LocalBoxFuture<'static, Box<dyn Any>> {
        async { Box::new(take_turn().await) as Box<dyn Any> }.boxed_local()
    }

    fn renewed_at(&self) -> Option<u64> {
        browser::stored(RENEWED_AT)?.parse().ok()
    }

    fn note_renewal(&self) {
        browser::store(RENEWED_AT, &self.now().to_string());
    }
}

async fn fetch(request: Request) -> Result<Response, gloo_net::Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.path).method(method).header("Accept", "application/json");
    if let Some(version) = request.if_match {
        builder = builder.header("If-Match", &format!("\"{version}\""));
    }
    let response = match request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body)?.send().await?,
        None => builder.send().await?,
    };
    Ok(Response {
        status: response.status(),
        retry_after: response.headers().get("Retry-After").and_then(|seconds| seconds.parse().ok()),
        body: response.text().await?,
    })
}

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type LockManager;

    // Not in `web-sys`' stable part; undefined in browsers before 2022 and outside secure contexts.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<LockManager>;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, callback: &Function) -> Promise;
}

/// A turn taken; it ends with the drop.
struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(end) = &self.0 {
            // Resolving a promise cannot throw.
            _ = end.call0(&JsValue::NULL);
        }
    }
}

/// Waits for the lock, and holds it by a promise that stays pending until the turn is over.
async fn take_turn() -> Turn {
    let Some(locks) = LOCKS.with(Clone::clone) else { return Turn(None) };
    let mut end = None;
    let held = Promise::new(&mut |resolve, _| end = Some(resolve));
    let taken = Promise::new(&mut |resolve, _| {
        let held = held.clone();
        let callback = Closure::once_into_js(move |_lock: JsValue| {
            _ = resolve.call0(&JsValue::NULL);
            held
        });
        _ = locks.request(TURN, callback.unchecked_ref());
    });
    // It never rejects: a lock without options is always granted in the end.
    _ = JsFuture::from(taken).await;
    Turn(end)
}
