//! A world that answers from a script.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use contract::{Problem, ProblemCode};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, ready};

use super::transport::{Lost, Request, Response, Transport};

pub type Outcome = Result<Response, Lost>;

#[derive(Clone, Default)]
pub struct Scripted(Rc<Script>);

#[derive(Default)]
struct Script {
    answers: RefCell<VecDeque<(&'static str, Outcome)>>,
    sent: RefCell<Vec<Request>>,
    waited: RefCell<Vec<u128>>,
    now: Cell<u64>,
    renewed_at: Cell<Option<u64>>,
}

impl Scripted {
    pub fn new() -> Self {
        Self::default()
    }

    /// The next request of `path` gets this outcome.
    pub fn on(&self, path: &'static str, outcome: Outcome) {
        self.0.answers.borrow_mut().push_back((path, outcome));
    }

    pub fn renewed_elsewhere(&self) {
        self.0.renewed_at.set(Some(u64::MAX));
    }

    pub fn count(&self, path: &str) -> usize {
        self.0.sent.borrow().iter().filter(|request| request.path == path).count()
    }

    pub fn sent(&self) -> Vec<Request> {
        self.0.sent.borrow().clone()
    }

    /// Every wait, in milliseconds.
    pub fn waited(&self) -> Vec<u128> {
        self.0.waited.borrow().clone()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Outcome> {
        let mut answers = self.0.answers.borrow_mut();
        let index = answers.iter().position(|(path, _)| *path == request.path);
        let index = index.unwrap_or_else(|| panic!("the script has no answer for {request:?}"));
        let (_, outcome) = answers.remove(index).unwrap();
        self.0.sent.borrow_mut().push(request);
        // Pending once, so that requests made together are under way together.
        async move {
            let mut polled = false;
            futures_util::future::poll_fn(|context| {
                if std::mem::replace(&mut polled, true) {
                    return std::task::Poll::Ready(());
                }
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
            outcome
        }
        .boxed_local()
    }

    fn wait(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        self.0.waited.borrow_mut().push(time.as_millis());
        ready(()).boxed_local()
    }

    fn now(&self) -> u64 {
        self.0.now.set(self.0.now.get() + 1);
        self.0.now.get()
    }

    fn renewal_turn(&self) -> LocalBoxFuture<'static, Box<dyn Any>> {
        ready(Box::new(()) as Box<dyn Any>).boxed_local()
    }

    fn renewed_at(&self) -> Option<u64> {
        self.0.renewed_at.get()
    }

    fn note_renewal(&self) {
        let now = self.now();
        self.0.renewed_at.set(Some(now));
    }
}

#[expect(clippy::unnecessary_wraps, reason = "an outcome, as the script wants it")]
pub fn answer(status: u16, body: &str) -> Outcome {
    Ok(Response { status, retry_after: None, body: body.to_owned() })
}

pub fn problem(code: ProblemCode) -> Outcome {
    answer(code.status(), &serde_json::to_string(&Problem::new(code, "r1")).unwrap())
}

/// Runs a future to its end on this thread.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    futures_executor::block_on(future)
}
