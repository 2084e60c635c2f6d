//! Instances of a component: made when needed, given several requests each, dropped when idle or misbehaving.
//! `wasmtime-wasi-http`'s `ProxyHandler` drives them; this module answers its questions.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::time::Sleep;
use wasmtime::{Store, StoreContextMut, component::GuestTaskId};
use wasmtime_wasi_http::{
    WasiHttpView as _,
    handler::{HandlerState, Instance, ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus},
};

use crate::{
    application::ComponentContext,
    engine,
    limits::InstanceReuse,
    logs::{Level, Record},
    state::InstanceState,
};

/// Time that a guest may go on after its last response's head, streaming bodies included, without a request timeout.
const POST_RETURN: Duration = Duration::from_hours(1);

/// One request as its instance sees it.
#[derive(Debug)]
pub(crate) struct RequestTicket {
    /// The request's id, for the log.
    pub(crate) id: Box<str>,
    /// Whether the outcome is known or of no interest any more; a trap is then not this request's.
    settled: AtomicBool,
    /// The instance that took the request.
    worker: OnceLock<Arc<Worker>>,
}

impl RequestTicket {
    pub(crate) fn new(id: &str) -> Arc<Self> {
        Arc::new(Self { id: id.into(), settled: AtomicBool::new(false), worker: OnceLock::new() })
    }

    pub(crate) fn settle(&self) {
        self.settled.store(true, Ordering::Release);
    }

    /// Whether the instance was ended because a guest did not answer in time.
    pub(crate) fn timed_out(&self) -> bool {
        self.worker.get().is_some_and(|worker| worker.timed_out.load(Ordering::Acquire))
    }
}

/// What one instance is busy with.
#[derive(Debug, Default)]
pub(crate) struct Worker {
    timed_out: AtomicBool,
    requests: Mutex<Vec<Arc<RequestTicket>>>,
}

impl Worker {
    fn start(self: &Arc<Self>, ticket: Arc<RequestTicket>) {
        let _ = ticket.worker.set(self.clone());
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.retain(|request| !request.settled.load(Ordering::Acquire));
        requests.push(ticket);
    }

    /// Ids of the requests without an outcome.
    fn unsettled(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let unsettled = requests.iter().filter(|request| !request.settled.load(Ordering::Acquire));
        unsettled.map(|request| request.id.to_string()).collect()
    }
}

/// Makes instances of one component.
pub(crate) struct ComponentInstances(pub(crate) Arc<ComponentContext>);

impl HandlerState for ComponentInstances {
    type StoreData = InstanceState;
    type WorkerExpiration = Expiration;
    type WorkerState = Requests;

    async fn instantiate(&self) -> wasmtime::Result<Instance<InstanceState, Expiration, Requests>> {
        let component = &self.0;
        let runtime = engine::runtime().map_err(wasmtime::Error::from_anyhow)?;
        let state = component.instance_state().map_err(wasmtime::Error::from_anyhow)?;
        let mut store = Store::new(&runtime.engine, state);
        store.limiter(|state| &mut state.limiter);
        // At each epoch the guest gives way, which lets its timeouts and the other requests have their turn.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let proxy = component.compiled.pre.instantiate_async(&mut store).await?;
        let worker = Arc::new(Worker::default());
        Ok(Instance {
            store,
            proxy,
            view: InstanceState::http,
            expiration: Expiration::new(component.reuse, worker.clone()),
            state: Requests { component: component.clone(), worker },
        })
    }
}

/// Ends an instance that is idle or does not answer.
pub(crate) struct Expiration {
    reuse: InstanceReuse,
    worker: Arc<Worker>,
    sleep: Pin<Box<Sleep>>,
}

impl Expiration {
    fn new(reuse: InstanceReuse, worker: Arc<Worker>) -> Self {
        Self { reuse, worker, sleep: Box::pin(tokio::time::sleep(reuse.idle_timeout)) }
    }
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        status: WorkerStatus,
        start: Instant,
    ) -> Poll<()> {
        let allowed = match status {
            WorkerStatus::Idle => Some(self.reuse.idle_timeout),
            WorkerStatus::Requests => self.reuse.request_timeout,
            WorkerStatus::PostReturn => Some(POST_RETURN),
        };
        let Some(deadline) = allowed.and_then(|allowed| start.checked_add(allowed)) else {
            return Poll::Pending;
        };
        let deadline = deadline.into();
        if self.sleep.deadline() != deadline {
            self.sleep.as_mut().reset(deadline);
        }
        let expired = self.sleep.as_mut().poll(context);
        if expired.is_ready() && status == WorkerStatus::Requests {
            self.worker.timed_out.store(true, Ordering::Release);
        }
        expired
    }
}

/// Decides how many requests an instance gets, and reports how it ended.
pub(crate) struct Requests {
    component: Arc<ComponentContext>,
    worker: Arc<Worker>,
}

impl WorkerState for Requests {
    type StoreData = InstanceState;
    type RequestData = Arc<RequestTicket>;

    fn should_accept_request(&self, concurrent_count: usize, total_count: usize) -> ShouldAccept {
        let reuse = &self.component.reuse;
        if total_count >= reuse.max_count {
            ShouldAccept::Never
        } else if concurrent_count >= reuse.max_concurrent {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        _store: StoreContextMut<'_, InstanceState>,
        ticket: Arc<RequestTicket>,
        _task: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        self.worker.start(ticket);
        match self.component.reuse.request_timeout {
            Some(timeout) => Box::pin(tokio::time::sleep(timeout)),
            None => Box::pin(std::future::pending()),
        }
    }

    fn drop(&self, store: Store<InstanceState>, result: Result<(), wasmtime::Error>) {
        drop(store);
        let Err(error) = result else {
            return;
        };
        let mut record = Record::new(Level::Error, "instance ended by an error")
            .with("component", &*self.component.id)
            .with("error", format!("{error:?}"));
        record = match self.worker.unsettled().as_slice() {
            [] => record,
            [id] => record.with("request_id", id.as_str()),
            ids => record.with("request_ids", ids),
        };
        self.component.log.record(&record);
    }
}
