//! Sends requests, repeats what may be repeated, and renews the access when it has run out.

use std::cell::RefCell;
use std::rc::Rc;

use contract::{ProblemCode, RefreshRequest};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use serde::de::DeserializeOwned;

use super::error::ApiError;
use super::retry::wait_before_retry;
use super::transport::{Lost, Method, Request, Response, Transport};

const REFRESH: &str = "/api/core/v1/auth/refresh";

/// How a renewal of the access ended.
#[derive(Debug, Clone)]
enum Renewal {
    Renewed,
    /// The refresh token is refused: whoever was signed in is so no longer.
    Refused,
    /// Nothing is known: no answer, or the server is in trouble.
    Failed(ApiError),
}

/// One browser's connection to the API; clones share it.
#[derive(Clone)]
pub struct Connection {
    transport: Rc<dyn Transport>,
    /// The renewal under way, which every request that needs one waits for.
    renewal: Rc<RefCell<Option<Shared<LocalBoxFuture<'static, Renewal>>>>>,
}

impl Connection {
    /// Connects through `transport`.
    pub fn new(transport: impl Transport) -> Self {
        Self { transport: Rc::new(transport), renewal: Rc::default() }
    }

    /// Sends a request; reads are repeated while the server is away.
    pub async fn send(&self, request: Request) -> Result<Response, ApiError> {
        let mut attempt = 1;
        loop {
            let outcome = self.transport.send(request.clone()).await;
            if let Some(wait) = wait_before_retry(request.method, attempt, &outcome) {
                self.transport.wait(wait).await;
                attempt += 1;
                continue;
            }
            return match outcome {
                Ok(response) if (200..300).contains(&response.status) => Ok(response),
                Ok(response) => Err(ApiError::from_response(&response)),
                Err(Lost) => Err(ApiError::Lost),
            };
        }
    }

    /// As [`send`](Self::send), for an account: where the access has run out, renews it, once for
    /// however many requests find out at the same time, and sends the request again.
    pub async fn send_signed_in(&self, request: Request) -> Result<Response, ApiError> {
        let sent_at = self.transport.now();
        let outcome = self.send(request.clone()).await;
        if !outcome.as_ref().is_err_and(asks_for_renewal) {
            return outcome;
        }
        match self.renew(sent_at).await {
            Renewal::Renewed => self.send(request).await.map_err(|error| match error.code() {
                Some(code) if code.status() == 401 => ApiError::SignedOut,
                _ => error,
            }),
            Renewal::Refused => Err(ApiError::SignedOut),
            Renewal::Failed(error) => Err(error),
        }
    }

    async fn renew(&self, sent_at: u64) -> Renewal {
        let running = self.renewal.borrow().clone();
        let renewal = running.unwrap_or_else(|| {
            let renewal = renew(self.clone(), sent_at).boxed_local().shared();
            *self.renewal.borrow_mut() = Some(renewal.clone());
            renewal
        });
        let outcome = renewal.clone().await;
        let mut current = self.renewal.borrow_mut();
        if current.as_ref().is_some_and(|current| current.ptr_eq(&renewal)) {
            *current = None;
        }
        outcome
    }
}

/// Reads the JSON of a response.
pub fn decode<T: DeserializeOwned>(response: &Response) -> Result<T, ApiError> {
    serde_json::from_str(&response.body).map_err(|_| ApiError::Unreadable { status: response.status })
}

fn asks_for_renewal(error: &ApiError) -> bool {
    error.code().is_some_and(|code| code.status() == 401)
}

/// A refresh token is good for one use, and a second one ends the session: so the tabs take turns, and
/// a tab whose turn comes after another's renewal has the new cookies already.
async fn renew(connection: Connection, sent_at: u64) -> Renewal {
    let transport = &connection.transport;
    let _turn = transport.renewal_turn().await;
    if transport.renewed_at().is_some_and(|renewed_at| renewed_at > sent_at) {
        return Renewal::Renewed;
    }
    let request = Request::with_body(Method::Post, REFRESH, &RefreshRequest::default());
    match connection.send(request).await {
        Ok(_) => {
            transport.note_renewal();
            Renewal::Renewed
        }
        Err(error) => match error.code() {
            Some(ProblemCode::RateLimited | ProblemCode::Unavailable | ProblemCode::Internal) | None => {
                Renewal::Failed(error)
            }
            Some(_) => Renewal::Refused,
        },
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join3;

    use super::*;
    use crate::api::scripted::{Scripted, answer, problem, run};

    const ME: &str = "/api/core/v1/me";

    #[test]
    fn parallel_requests_share_one_renewal() {
        let script = Scripted::new();
        for _ in 0..3 {
            script.on(ME, problem(ProblemCode::TokenExpired));
        }
        script.on(REFRESH, answer(200, "{}"));
        for _ in 0..3 {
            script.on(ME, answer(200, "\"me\""));
        }
        let connection = Connection::new(script.clone());
        let ask = || connection.send_signed_in(Request::get(ME));
        let (a, b, c) = run(async { join3(ask(), ask(), ask()).await });
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(script.count(REFRESH), 1);
        assert_eq!(script.count(ME), 6);
    }

    #[test]
    fn a_refused_renewal_ends_the_session() {
        let script = Scripted::new();
        script.on(ME, problem(ProblemCode::Unauthenticated));
        script.on(REFRESH, problem(ProblemCode::SessionEnded));
        let connection = Connection::new(script.clone());
        let outcome = run(async { connection.send_signed_in(Request::get(ME)).await });
        assert_eq!(outcome, Err(ApiError::SignedOut));
        assert_eq!(script.count(ME), 1);
    }

    #[test]
    fn a_server_in_trouble_ends_nothing() {
        let script = Scripted::new();
        script.on(ME, problem(ProblemCode::TokenExpired));
        script.on(REFRESH, Err(Lost));
        let connection = Connection::new(script.clone());
        let outcome = run(async { connection.send_signed_in(Request::get(ME)).await });
        assert_eq!(outcome, Err(ApiError::Lost));
        assert_eq!(script.count(REFRESH), 1, "a renewal is never repeated by itself");
    }

    #[test]
    fn another_tabs_renewal_is_enough() {
        let script = Scripted::new();
        script.on(ME, problem(ProblemCode::TokenExpired));
        script.on(ME, answer(200, "{}"));
        script.renewed_elsewhere();
        let connection = Connection::new(script.clone());
        assert!(run(async { connection.send_signed_in(Request::get(ME)).await }).is_ok());
        assert_eq!(script.count(REFRESH), 0);
    }

    #[test]
    fn reads_outlive_a_short_outage() {
        let script = Scripted::new();
        script.on(ME, Err(Lost));
        script.on(ME, answer(503, ""));
        script.on(ME, answer(200, "{}"));
        let connection = Connection::new(script.clone());
        assert!(run(async { connection.send(Request::get(ME)).await }).is_ok());
        assert_eq!(script.waited(), [400, 800]);
    }
}
