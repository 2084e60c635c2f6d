//! The application on Spin itself, where `SPIN_BIN` names its binary.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

#[cfg(unix)]
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;

/// How long Spin may take to compile the components and answer.
const START: Duration = Duration::from_mins(2);
/// How long a line may take from Spin to its log.
const LINE: Duration = Duration::from_secs(10);
/// How often we look.
const INTERVAL: Duration = Duration::from_millis(50);
const LOG: &str = "spin.log";

/// A running `spin up`, ended with it.
pub(crate) struct Spin {
    process: Child,
    folder: TempDir,
    url: String,
}

impl Spin {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(
        program: &Path,
        manifest: &Path,
        runtime_config: Option<&Path>,
        variables: &[(String, String)],
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        // Free a moment ago; Spin can't choose one and say which.
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let log = File::create(folder.path().join(LOG)).expect("the folder can be written to");
        let mut command = Command::new(program);
        command.args(["up", "--listen", &format!("127.0.0.1:{port}")]);
        command.arg("--from").arg(manifest).arg("--state-dir").arg(folder.path().join("state"));
        if let Some(runtime_config) = runtime_config {
            command.arg("--runtime-config-file").arg(runtime_config);
        }
        for (name, value) in variables {
            command.arg("--variable").arg(format!("{name}={value}"));
        }
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a file handle")).stderr(log);
        let process =
            command.spawn().unwrap_or_else(|error| panic!("SPIN_BIN {}: {error}", program.display()));
        let mut spin = Self { process, folder, url: format!("http://127.0.0.1:{port}") };
        spin.wait_until_it_answers().await;
        spin
    }

    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    /// What it and the components wrote so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// What `find` finds in the log: another process writes it, after the answer that it is about.
    pub(crate) async fn wait_for_log(&self, find: impl Fn(&str) -> String) -> String {
        let deadline = Instant::now() + LINE;
        loop {
            let found = find(&self.log());
            if !found.is_empty() || Instant::now() > deadline {
                return found;
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join(LOG)
    }

    async fn wait_until_it_answers(&mut self) {
        let deadline = Instant::now() + START;
        let health = format!("{}/api/core/v1/health", self.url);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client without TLS can be made");
        while client.get(&health).send().await.is_err() {
            let ended = self.process.try_wait().expect("our own process can be waited for");
            assert!(ended.is_none(), "Spin ended: {}", self.log());
            assert!(Instant::now() < deadline, "Spin doesn't answer after {START:?}: {}", self.log());
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

impl Drop for Spin {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is waited for, so that nothing stays behind.
        let _ = terminate(&mut self.process);
        let _ = self.process.wait();
    }
}

/// Asks it to end: `spin up` serves from a process of its own making, which would outlive being killed.
#[cfg(unix)]
fn terminate(process: &mut Child) -> anyhow::Result<()> {
    let id = Pid::from_raw(process.id().try_into()?);
    Ok(kill(id, Signal::SIGTERM)?)
}

#[cfg(not(unix))]
fn terminate(process: &mut Child) -> anyhow::Result<()> {
    Ok(process.kill()?)
}
