//! Runs other programs. What they print is shown as it comes where nothing hides it, kept otherwise,
//! and always there when they fail.

use std::process::{ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::progress::{Step, print};

/// A program that has ended.
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// All that it printed, standard output and error as they came.
    pub output: String,
}

/// Runs a program to its end, whatever that is. It ends with us.
pub async fn run(command: &mut Command, step: &Step) -> Result<Finished> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting `{}`", describe(command)))?;

    let (sender, mut lines) = unbounded_channel();
    if let Some(stdout) = child.stdout.take() {
        tokio::spawn(forward_lines(stdout, sender.clone()));
    }
    if let Some(stderr) = child.stderr.take() {
        tokio::spawn(forward_lines(stderr, sender));
    }
    let mut output = String::new();
    while let Some(line) = lines.recv().await {
        step.show(&line);
        output.push_str(&line);
        output.push('\n');
    }
    let status = child.wait().await.with_context(|| format!("waiting for `{}`", describe(command)))?;
    Ok(Finished { status, output })
}

/// Runs a program that must succeed; returns what it printed.
pub async fn run_to_success(command: &mut Command, step: &Step) -> Result<String> {
    let Finished { status, output } = run(command, step).await?;
    if !status.success() {
        show_kept(step, &output);
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(output)
}

/// Prints what a spinner has hidden.
pub fn show_kept(step: &Step, output: &str) {
    if !step.is_plain() {
        step.note("");
        print(output);
    }
}

/// The command line, as somebody would type it.
pub fn describe(command: &Command) -> String {
    let command = command.as_std();
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

async fn forward_lines(stream: impl AsyncRead + Unpin, lines: UnboundedSender<String>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    // A stream that breaks has ended: the exit status tells the rest.
    while reader.read_until(b'\n', &mut line).await.is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
        if lines.send(text).is_err() {
            return;
        }
        line.clear();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keeps_both_streams_and_the_status() {
        let step = Step::start("a test");
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let Finished { status, output } = run(&mut command, &step).await.unwrap();
        assert_eq!(status.code(), Some(3));
        let mut lines: Vec<_> = output.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["err", "out"]);
    }

    #[tokio::test]
    async fn a_failure_names_the_command() {
        let step = Step::start("a test");
        let error = run_to_success(Command::new("sh").args(["-c", "exit 3"]), &step).await.unwrap_err();
        assert_eq!(error.to_string(), "`sh -c exit 3` failed (exit status: 3)");
    }
}
