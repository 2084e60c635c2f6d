//! Counting tests by what their runners print last.

use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde::Deserialize;

/// How many tests held, and how many did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// One thing that went wrong.
    pub const fn failure() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// A check that is one thing by itself.
    pub const fn of(success: bool) -> Self {
        if success { Self { passed: 1, failed: 0 } } else { Self::failure() }
    }

    /// Adds up cargo's `test result:` lines. A run that failed without a failed test (it did not compile, or a
    /// test ended the process) counts as one failure.
    pub fn of_cargo(output: &str, success: bool) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            if let Some((_, counts)) = line.split_once("test result: ") {
                tally.passed += count(counts, " passed");
                tally.failed += count(counts, " failed");
            }
        }
        tally.or_failure(success)
    }

    /// Reads the report that Playwright's `json` reporter writes.
    pub fn of_playwright(report: &str, success: bool) -> Result<Self> {
        let report: PlaywrightReport = serde_json::from_str(report).context("reading Playwright's report")?;
        let stats = report.stats;
        // A test that held at a second try is not one that holds.
        let tally = Self { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
        Ok(tally.or_failure(success))
    }

    fn or_failure(self, success: bool) -> Self {
        if success || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

#[derive(Deserialize)]
struct PlaywrightReport {
    stats: PlaywrightStats,
}

#[derive(Deserialize)]
struct PlaywrightStats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// The number before `what`, as in `ok. 5 passed; 0 failed`.
fn count(counts: &str, what: &str) -> u64 {
    let Some((before, _)) = counts.split_once(what) else { return 0 };
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_cargo_s_binaries() {
        let output = "running 2 tests\n\
            test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(Tally::of_cargo(output, false), Tally { passed: 17, failed: 3 });
    }

    #[test]
    fn what_does_not_compile_is_a_failure() {
        assert_eq!(Tally::of_cargo("error[E0308]: mismatched types", false), Tally::failure());
        assert_eq!(Tally::of_cargo("", true), Tally::default());
    }

    #[test]
    fn a_skipped_browser_test_is_a_failure() {
        let report =
            r#"{"stats": {"expected": 4, "unexpected": 0, "flaky": 0, "skipped": 1, "duration": 1.5}}"#;
        assert_eq!(Tally::of_playwright(report, true).unwrap(), Tally { passed: 4, failed: 1 });
    }
}
