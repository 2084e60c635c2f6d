//! What is shown while something takes its time: a spinner on a terminal, plain lines elsewhere.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints a line to standard error. A reader that has gone away is no reason to fail.
pub fn print(line: &str) {
    _ = writeln!(stderr(), "{line}");
}

/// Prints what went wrong, and why as far as it is known. No stack: what a user can mend is in the words.
pub fn print_error(error: &anyhow::Error) {
    print(&format!("error: {error}"));
    for cause in error.chain().skip(1) {
        print(&format!("  because: {cause}"));
    }
}

/// Something under way. Dropped without [`done`](Self::done), it has failed.
pub struct Step {
    title: String,
    started: Instant,
    spinner: Option<ProgressBar>,
    finished: bool,
}

impl Step {
    /// Says what begins, as in `Building the components`.
    pub fn start(title: impl Into<String>) -> Self {
        let title = title.into();
        let spinner = if stderr().is_terminal() {
            Some(spinner(&title))
        } else {
            print(&format!("==> {title}"));
            None
        };
        Self { title, started: Instant::now(), spinner, finished: false }
    }

    /// Whether lines go by on their own: no spinner hides them.
    pub fn is_plain(&self) -> bool {
        self.spinner.is_none()
    }

    /// Shows a line that another program printed: beside the spinner, or as it is.
    pub fn show(&self, line: &str) {
        match &self.spinner {
            Some(spinner) => spinner.set_message(line.trim().chars().take(80).collect::<String>()),
            None => print(line),
        }
    }

    /// Prints a line that stays.
    pub fn note(&self, line: &str) {
        match &self.spinner {
            Some(spinner) => spinner.println(format!("    {line}")),
            None => print(&format!("    {line}")),
        }
    }

    /// Ends well; `outcome` is what came of it, or nothing.
    pub fn done(mut self, outcome: impl Display) {
        self.finish("✔", &outcome.to_string());
    }

    fn finish(&mut self, mark: &str, outcome: &str) {
        self.finished = true;
        let separator = if outcome.is_empty() { "" } else { ": " };
        let line =
            format!("{mark} {}{separator}{outcome} ({})", self.title, readable(self.started.elapsed()));
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
        print(&line);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if !self.finished {
            self.finish("✘", "");
        }
    }
}

fn spinner(title: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_prefix(title.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {elapsed:.dim} {wide_msg:.dim}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// `0.4 s`, `37 s`, `4 min 05 s`.
pub fn readable(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(readable(Duration::from_millis(420)), "0.4 s");
        assert_eq!(readable(Duration::from_secs(37)), "37 s");
        assert_eq!(readable(Duration::from_secs(245)), "4 min 05 s");
    }
}
