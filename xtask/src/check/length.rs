//! A file is read whole or not at all.

use super::Finding;

/// The most lines of a Rust file.
const MOST: usize = 400;

pub fn check(file: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    (lines > MOST).then(|| Finding {
        file: file.to_owned(),
        line: MOST + 1,
        message: format!("{lines} lines: split it, {MOST} are the most"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_lines_are_the_most() {
        assert_eq!(check("a.rs", &"\n".repeat(400)), None);
        let finding = check("a.rs", &"\n".repeat(401)).unwrap();
        assert_eq!(finding.to_string(), "a.rs:401: 401 lines: split it, 400 are the most");
    }
}
