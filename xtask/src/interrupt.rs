//! Being asked to stop.

use anyhow::{Context, Result};

/// Resolves when Ctrl-C is pressed, the terminal is closed, or the process is asked to end.
#[cfg(unix)]
pub async fn requested() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt()).context("listening for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut hangup = signal(SignalKind::hangup()).context("listening for SIGHUP")?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}

/// Resolves when Ctrl-C is pressed or the console is closed.
#[cfg(windows)]
pub async fn requested() -> Result<()> {
    use tokio::signal::windows::{ctrl_c, ctrl_close};

    let mut interrupt = ctrl_c().context("listening for Ctrl-C")?;
    let mut close = ctrl_close().context("listening for the console's end")?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = close.recv() => {}
    }
    Ok(())
}
