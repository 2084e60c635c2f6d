//! One application under test, on whichever host.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result};
use host::{
    Host, InstanceReuse, Limits, Running,
    logs::{Log, LogFormat, LogSink, MemoryLog},
};
use reqwest::{Method, Response};
use serde_json::Value;
use tempfile::TempDir;

use crate::{client, guests};

/// The application's head and one public component that answers everything.
const PROBE: &str = r#"
[[trigger.http]]
route = "/..."
component = "probe"

[component.probe]
source = "{probe}"
"#;

/// Whether the suite runs on real Spin, which has no part in `what`.
pub fn only_on_the_host(what: &str) -> bool {
    let on_spin = std::env::var_os("SPIN_BIN").is_some();
    if on_spin {
        println!("only on the embedded host: {what}");
    }
    on_spin
}

/// What an application is started with.
pub struct Setup {
    manifest: String,
    folder: TempDir,
    variables: Vec<(String, String)>,
    runtime_config: Option<PathBuf>,
    pub limits: Limits,
    pub reuse: InstanceReuse,
}

impl Setup {
    /// The `probe` guest on every path; `fields` are further lines of its `[component.probe]`.
    pub fn probe(fields: &str) -> Self {
        Self::manifest(&format!("{PROBE}{fields}"))
    }

    /// A manifest without its head; `{name}` stands for the path of a guest's `.wasm`.
    pub fn manifest(body: &str) -> Self {
        let head = "spin_manifest_version = 2\n[application]\nname = \"suite\"\nversion = \"1.2.3\"\n";
        let mut manifest = format!("{head}{body}");
        for guest in ["probe", "classic", "unsupported"] {
            let placeholder = format!("{{{guest}}}");
            if manifest.contains(&placeholder) {
                let path = guests::wasm(guest).display().to_string().replace('\\', "/");
                manifest = manifest.replace(&placeholder, &path);
            }
        }
        Self {
            manifest,
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
            runtime_config: None,
            limits: Limits::default(),
            reuse: InstanceReuse::default(),
        }
    }

    /// A file beside the manifest.
    pub fn file(self, name: &str, content: &str) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub fn runtime_config(mut self, content: &str) -> Self {
        self.runtime_config = Some(self.folder.path().join("runtime-config.toml"));
        self.file("runtime-config.toml", content)
    }

    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.reuse.request_timeout = Some(timeout);
        self
    }

    pub async fn start(self) -> App {
        self.try_start().await.unwrap_or_else(|error| panic!("the application does not start: {error:#}"))
    }

    pub async fn try_start(self) -> Result<App> {
        fs::write(self.folder.path().join("spin.toml"), &self.manifest)?;
        match std::env::var_os("SPIN_BIN") {
            Some(spin) => self.start_spin(Path::new(&spin)),
            None => self.start_host().await,
        }
    }

    async fn start_host(self) -> Result<App> {
        let log = MemoryLog::default();
        let mut builder = Host::builder(self.folder.path())
            .cache_dir(Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled"))
            .limits(self.limits)
            .instance_reuse(self.reuse)
            .log(Log::new(LogSink::Memory(log.clone()), LogFormat::Json, false));
        for (name, value) in self.variables {
            builder = builder.variable(name, value);
        }
        if let Some(path) = self.runtime_config {
            builder = builder.runtime_config(path);
        }
        let running = builder.start().await?;
        Ok(App { url: running.url(), runtime: Runtime::Host(running, log), folder: self.folder })
    }

    fn start_spin(self, spin: &Path) -> Result<App> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(spin);
        command.arg("up").arg("--from").arg(self.folder.path()).arg("--listen").arg(address.to_string());
        for (name, value) in &self.variables {
            command.arg("--variable").arg(format!("{name}={value}"));
        }
        if let Some(path) = &self.runtime_config {
            command.arg("--runtime-config-file").arg(path);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run SPIN_BIN")?;
        let output = BufReader::new(child.stdout.take().context("no output")?);
        let process = Process(child);
        let mut lines = output.lines();
        lines
            .find(|line| line.as_ref().is_ok_and(|line| line.contains("Serving")))
            .context("Spin ended before it served")??;
        // Read to the end, so that Spin never waits for its output to be read.
        std::thread::spawn(move || lines.count());
        Ok(App { url: format!("http://{address}"), runtime: Runtime::Spin(process), folder: self.folder })
    }
}

enum Runtime {
    Host(Running, MemoryLog),
    #[expect(dead_code, reason = "held to end the process with the test")]
    Spin(Process),
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        terminate(&mut self.0);
        let _ = self.0.wait();
    }
}

/// Asks it to end: `spin up` serves from a process of its own making, which would outlive being killed.
#[cfg(unix)]
fn terminate(process: &mut Child) {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };
    let id = i32::try_from(process.id()).expect("a process id fits");
    let _ = kill(Pid::from_raw(id), Signal::SIGTERM);
}

#[cfg(not(unix))]
fn terminate(process: &mut Child) {
    let _ = process.kill();
}

/// A serving application.
pub struct App {
    pub url: String,
    runtime: Runtime,
    folder: TempDir,
}

impl App {
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        client::http().request(method, format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Body of a `GET` that succeeds.
    pub async fn text(&self, path: &str) -> String {
        let response = self.get(path).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        text
    }

    pub async fn send(&self, method: Method, path: &str, body: impl Into<reqwest::Body>) -> (u16, String) {
        let response = self.request(method, path).body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The in-process host, in tests that only it takes part in.
    pub fn host(&self) -> &Running {
        match &self.runtime {
            Runtime::Host(running, _) => running,
            Runtime::Spin(_) => panic!("this test is for the embedded host"),
        }
    }

    /// The log of the embedded host.
    pub fn log(&self) -> MemoryLog {
        match &self.runtime {
            Runtime::Host(_, log) => log.clone(),
            Runtime::Spin(_) => panic!("this test is for the embedded host"),
        }
    }

    /// The host's records so far, of the embedded host.
    pub fn records(&self) -> Vec<Value> {
        self.log().lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Stops the embedded host; what was in its folder comes back for a second start.
    pub async fn stop(self) -> Setup {
        let Runtime::Host(running, _) = self.runtime else {
            panic!("this test is for the embedded host");
        };
        running.stop().await;
        let manifest = fs::read_to_string(self.folder.path().join("spin.toml")).unwrap();
        Setup {
            manifest,
            folder: self.folder,
            variables: Vec::new(),
            runtime_config: None,
            limits: Limits::default(),
            reuse: InstanceReuse::default(),
        }
    }
}
