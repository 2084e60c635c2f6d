//! Connections: accepted, served, and let go gracefully.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use super::service::serve;
use crate::{
    application::Application,
    limits::Limits,
    logs::{Level, Record},
};

/// How long accepting waits after the system refused a connection, usually for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Room for the parser above the limit on headers, so that a little too much is still answered with 431.
const PARSER_ROOM: usize = 64 << 10;

/// A listening server. Dropping it stops accepting; requests in flight go on.
pub(crate) struct Server {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves `application` on `listener`.
    pub(crate) fn start(application: Arc<Application>, listener: TcpListener) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(application, listener, stopped));
        Self { stop, task }
    }

    /// Stops accepting, and returns when the requests in flight are answered or the grace is over.
    pub(crate) async fn stop(self) {
        // The receiver lives as long as the task; without it there is nothing to stop.
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

async fn accept(application: Arc<Application>, listener: TcpListener, mut stopped: watch::Receiver<bool>) {
    let builder = Arc::new(builder(&application.limits));
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, client)) => connect(&application, &builder, &graceful, stream, client),
                Err(error) => refused(&application, &error).await,
            },
            _ = stopped.changed() => break,
        }
    }
    drop(listener);
    let grace = application.limits.stop_grace;
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        let message = format!("requests still in flight after {} s are given up", grace.as_secs());
        application.log.record(&Record::new(Level::Warn, message));
    }
}

fn builder(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read_time)
        .max_buf_size(limits.header_bytes + PARSER_ROOM)
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(limits.header_bytes + PARSER_ROOM).unwrap_or(u32::MAX));
    builder
}

fn connect(
    application: &Arc<Application>,
    builder: &Arc<Builder<TokioExecutor>>,
    graceful: &GracefulShutdown,
    stream: TcpStream,
    client: SocketAddr,
) {
    // Small answers go out at once; where that cannot be set, they are only slower.
    let _ = stream.set_nodelay(true);
    let application = application.clone();
    let service = service_fn(move |request| {
        let application = application.clone();
        async move { Ok::<_, Infallible>(serve(application, client, request).await) }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A client that goes away or speaks no HTTP is not the host's error.
        if let Err(error) = connection.await {
            tracing::debug!("connection of {client}: {error}");
        }
    });
}

async fn refused(application: &Application, error: &io::Error) {
    let message = format!("cannot accept a connection: {error}");
    application.log.record(&Record::new(Level::Error, message));
    tokio::time::sleep(ACCEPT_PAUSE).await;
}
