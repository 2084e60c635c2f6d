//! Runs the programs of the build: what they print goes to the progress line, and into the error if
//! they fail.

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

/// Runs `command` to success. `how_to_get` says what to do where the program is missing.
pub fn run(command: &mut Command, how_to_get: &str, progress: &(dyn Fn(&str) + Sync)) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(
            |error| match error.kind() {
                ErrorKind::NotFound => anyhow!("`{name}` is missing: {how_to_get}"),
                _ => anyhow!(error).context(format!("starting `{name}`")),
            },
        )?;
    let mut printed = String::new();
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            progress(line.trim());
            printed.push_str(&line);
            printed.push('\n');
        }
    }
    let status = child.wait().with_context(|| format!("waiting for `{name}`"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("`{name} {}` failed ({status}):\n{printed}", arguments.join(" "));
    }
    Ok(())
}
