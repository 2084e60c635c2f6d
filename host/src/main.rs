//! `matrice-host`: the same command line as `spin up`.

use std::{io::IsTerminal as _, process::ExitCode};

use anyhow::{Context as _, Result};
use host::{Running, cli::Arguments};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let arguments = Arguments::of_process();
    let running = arguments.start().await?;
    announce(&running);
    stop_signal().await.context("cannot wait for a signal")?;
    running.stop().await;
    Ok(())
}

/// Says where it serves, on standard error where standard output is a log.
fn announce(running: &Running) {
    let url = running.url();
    let routes =
        running.routes().into_iter().map(|(route, component)| format!("  {component}: {url}{route}\n"));
    let lines = format!("Serving {url}\n{}", routes.collect::<String>());
    if std::io::stdout().is_terminal() {
        print!("{lines}");
    } else {
        eprint!("{lines}");
    }
}

/// Returns on Ctrl-C, and on SIGTERM where there is one.
#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

/// Returns on Ctrl-C, on closing the console and on shutdown.
#[cfg(windows)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::windows::{ctrl_c, ctrl_close, ctrl_shutdown};

    let (mut interrupt, mut close, mut shutdown) = (ctrl_c()?, ctrl_close()?, ctrl_shutdown()?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = close.recv() => {}
        _ = shutdown.recv() => {}
    }
    Ok(())
}
