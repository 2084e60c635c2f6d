//! The other sides of protocols, as real programs: the scripts of `tests/peers`.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tokio::task::spawn_blocking;

use crate::repository;

/// A server of `tests/peers`, ended with it.
pub struct Peer {
    process: Child,
    ready: Value,
}

impl Peer {
    /// Starts `node <script> <settings>`, and waits for the line of JSON that it prints when it serves. It is to end
    /// when its standard input does, so that nothing outlives a test that is killed.
    pub async fn start(script: &str, settings: &Value) -> Self {
        let mut command = program(script);
        command.arg(settings.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let script = script.to_owned();
        let (process, line) = spawn_blocking(move || {
            let mut process = command.spawn().unwrap_or_else(|error| panic!("starting {script}: {error}"));
            let mut output = BufReader::new(process.stdout.take().expect("standard output is piped"));
            let mut line = String::new();
            output.read_line(&mut line).expect("its output can be read");
            // What it says later is shown with the test's, should that fail.
            std::thread::spawn(move || {
                output.lines().map_while(Result::ok).for_each(|line| println!("{line}"));
            });
            (process, line)
        })
        .await
        .expect("starting it doesn't panic");
        let ready =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?} instead of JSON: {error}"));
        Self { process, ready }
    }

    /// What it printed when it was ready.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Where it serves: `url` of what it printed.
    pub fn url(&self) -> &str {
        self.ready["url"].as_str().expect("a peer says its URL")
    }

    /// What it has taken so far, as its URL lists it.
    pub async fn taken(&self) -> Vec<Value> {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client without TLS can be made");
        let list = client.get(self.url()).send().await.expect("the peer answers").bytes().await;
        serde_json::from_slice(&list.expect("the list arrives whole")).expect("it is a list in JSON")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is waited for, so that nothing stays behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a script of `tests/peers` to its end (Node.js, or Python where it is named `.py`); answers the JSON that it
/// printed.
pub async fn run(script: &str, settings: &Value) -> Value {
    let mut command = program(script);
    command.arg(settings.to_string()).stdin(Stdio::null());
    let script = script.to_owned();
    let output = spawn_blocking(move || command.output())
        .await
        .expect("running it doesn't panic")
        .unwrap_or_else(|error| panic!("starting {script}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "a peer failed: {text}\n{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text:?} instead of JSON: {error}"))
}

fn program(script: &str) -> Command {
    let path: PathBuf = repository().join("tests").join("peers").join(script);
    let python = Path::new(script).extension() == Some(OsStr::new("py"));
    let mut command = Command::new(if python { "python3" } else { "node" });
    command.arg(path);
    command
}
