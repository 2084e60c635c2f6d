//! Browser tests: none skipped, none alone, none tried twice, none that waits for time to pass.

use super::Finding;

const BANNED: [(&str, &str); 6] = [
    (".skip(", "a skipped test proves nothing: repair or delete it"),
    (".fixme(", "a skipped test proves nothing: repair or delete it"),
    (".only(", "it keeps the other tests from running"),
    ("retries", "a test that needs a second try is a bug"),
    ("waitForTimeout", "wait for what you expect to see, not for time"),
    ("networkidle", "wait for what you expect to see, not for silence"),
];

pub fn check(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (banned, reason) in BANNED {
            if line.contains(banned) {
                let message = format!("`{}`: {reason}", banned.trim_matches(['.', '(']));
                findings.push(Finding { file: file.to_owned(), line: index + 1, message });
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each() {
        let text =
            "test('a', f)\ntest.skip('b')\ntest.describe.only('c')\nretries: 2\npage.waitForTimeout(1)";
        let lines: Vec<usize> = check("e2e/a.spec.ts", text).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
    }
}
