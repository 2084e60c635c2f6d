//! The process that serves: the embedded host, or the Spin CLI.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail};
use tokio::process::{Child, Command};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::build::{Part, embedded_host};
use crate::workspace::Workspace;

/// How long a stop may take: the host gives requests in flight 30 s.
const GRACE: Duration = Duration::from_secs(40);
/// How long a start may take: the first one compiles every component.
const PATIENCE: Duration = Duration::from_mins(5);

/// What serves.
pub enum Program {
    /// `matrice-host`.
    Embedded(PathBuf),
    /// `spin`.
    Spin(PathBuf),
}

impl Program {
    /// The embedded host, once it is built.
    pub fn embedded(workspace: &Workspace) -> Self {
        Self::Embedded(embedded_host(workspace))
    }

    /// The Spin CLI: `SPIN_BIN`, else the path's.
    pub fn spin() -> Result<Self> {
        if let Some(path) = std::env::var_os("SPIN_BIN") {
            return Ok(Self::Spin(path.into()));
        }
        let path = which::which("spin").context(
            "the Spin CLI is not here: set SPIN_BIN, or get it from https://spinframework.dev/install",
        )?;
        Ok(Self::Spin(path))
    }

    /// What must be built for it.
    pub fn needs(&self) -> &'static [Part] {
        match self {
            Self::Embedded(_) => &[Part::Components, Part::Ui, Part::Host],
            Self::Spin(_) => &[Part::Components, Part::Ui],
        }
    }

    /// Both have the same command line.
    fn command(&self) -> Command {
        let (Self::Embedded(path) | Self::Spin(path)) = self;
        let mut command = Command::new(path);
        command.arg("up");
        command
    }
}

/// Where what it prints goes.
pub enum Output {
    /// To ours.
    Terminal,
    /// Into a file.
    File(PathBuf),
}

/// The application, serving. Killed when dropped; [`stop`](Self::stop) is the polite way.
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts it. Variables go through the environment, where `ps` does not show them; those that are set
    /// there already win.
    pub fn start(
        workspace: &Workspace,
        program: &Program,
        listen: SocketAddr,
        state: &Path,
        variables: &[(String, String)],
        output: Output,
    ) -> Result<Self> {
        let mut command = program.command();
        command.arg("--from").arg(workspace.root().join("spin.toml"));
        command.arg("--listen").arg(listen.to_string());
        command.arg("--state-dir").arg(state);
        let runtime_config = workspace.root().join("runtime-config.toml");
        if runtime_config.is_file() {
            command.arg("--runtime-config-file").arg(runtime_config);
        }
        for (name, value) in variables {
            let name = format!("SPIN_VARIABLE_{}", name.to_uppercase());
            if std::env::var_os(&name).is_none() {
                command.env(name, value);
            }
        }
        if let Output::File(path) = output {
            let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        // Ctrl-C in the terminal is for us: we pass it on, once.
        #[cfg(unix)]
        command.process_group(0);
        let child = command
            .current_dir(workspace.root())
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", crate::process::describe(&command)))?;
        Ok(Self { child })
    }

    /// Waits until it answers at `url`.
    pub async fn ready(&mut self, url: &str) -> Result<()> {
        let answer = timeout(PATIENCE, answers(format!("{url}/api/core/v1/health")));
        tokio::select! {
            answer = answer => answer.with_context(|| format!("no answer from {url}; see what it printed"))?,
            ended = self.ended() => Err(ended),
        }
    }

    /// Waits for what should not happen: its end.
    pub async fn ended(&mut self) -> Error {
        match self.child.wait().await {
            Ok(status) => anyhow!("the application has ended ({status}); see what it printed"),
            Err(error) => Error::new(error).context("waiting for the application"),
        }
    }

    /// Asks it to stop, waits for the requests in flight, and insists after a while.
    pub async fn stop(mut self) -> Result<()> {
        self.ask_to_stop()?;
        if timeout(GRACE, self.child.wait()).await.is_err() {
            self.child.kill().await.context("killing the application")?;
            bail!("the application did not stop within {} s and was killed", GRACE.as_secs());
        }
        Ok(())
    }

    #[cfg(unix)]
    fn ask_to_stop(&self) -> Result<()> {
        use nix::sys::signal::{Signal, kill};
        use nix::unistd::Pid;

        // Without an id it has ended by itself.
        let Some(id) = self.child.id() else { return Ok(()) };
        kill(Pid::from_raw(i32::try_from(id)?), Signal::SIGTERM).context("stopping the application")
    }

    /// Windows has told it already: Ctrl-C goes to all programs of a console.
    #[cfg(windows)]
    fn ask_to_stop(&self) -> Result<()> {
        Ok(())
    }
}

async fn answers(url: String) -> Result<()> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut ticks = interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if client.get(&url).send().await.is_ok_and(|response| response.status().is_success()) {
            return Ok(());
        }
    }
}
