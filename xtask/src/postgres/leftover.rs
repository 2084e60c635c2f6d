//! A server that an earlier run left behind because it was killed, or only its pid file.

use std::path::Path;

use anyhow::{Context, Result};

use super::binaries::Binaries;
use super::server_user::ServerUser;
use crate::process::run_to_success;
use crate::progress::Step;

/// Leaves `data` with no server and no stale pid file. The caller holds the data directory's lock: no
/// other run can own the server.
pub async fn clear(binaries: &Binaries, user: &ServerUser, data: &Path) -> Result<()> {
    let file = data.join("postmaster.pid");
    let Ok(text) = std::fs::read_to_string(&file) else { return Ok(()) };
    if parse_pid(&text).is_some_and(is_postgres) {
        let step = Step::start("Stopping the database of a run that was killed");
        let mut pg_ctl = user.command(&binaries.program("pg_ctl"), data);
        pg_ctl.args(["stop", "--mode=fast", "--wait", "--timeout=60", "-D"]).arg(data);
        run_to_success(&mut pg_ctl, &step).await?;
        step.done("");
    } else {
        // Its number may be another program's by now, and then PostgreSQL would not start.
        std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
    }
    Ok(())
}

/// The first line of `postmaster.pid`.
fn parse_pid(text: &str) -> Option<u32> {
    text.lines().next()?.trim().parse().ok()
}

#[cfg(unix)]
fn is_postgres(pid: u32) -> bool {
    let listing = ["-o", "stat=", "-o", "comm=", "-p", &pid.to_string()];
    let output = std::process::Command::new("ps").args(listing).output();
    // A zombie has let go of everything; only its parent has not noticed yet.
    output.is_ok_and(|output| {
        let line = String::from_utf8_lossy(&output.stdout);
        names_postgres(&line) && !line.trim_start().starts_with('Z')
    })
}

#[cfg(windows)]
fn is_postgres(pid: u32) -> bool {
    let filter = format!("PID eq {pid}");
    let output = std::process::Command::new("tasklist").args(["/nh", "/fo", "csv", "/fi", &filter]).output();
    output.is_ok_and(|output| names_postgres(&String::from_utf8_lossy(&output.stdout)))
}

fn names_postgres(listing: &str) -> bool {
    listing.contains("postgres")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_pid() {
        assert_eq!(parse_pid("4711\n/data\n1700000000\n"), Some(4711));
        assert_eq!(parse_pid(""), None);
    }

    #[test]
    fn another_program_is_not_taken_for_the_server() {
        assert!(!is_postgres(std::process::id()));
    }
}
