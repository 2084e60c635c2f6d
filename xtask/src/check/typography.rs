//! French spaces: no line begins with a mark that belongs to the word before it.

use std::str::FromStr;

use proc_macro2::{Group, TokenStream, TokenTree};

use super::Finding;

/// Before `:` and within « »: as wide as a space between words.
const NO_BREAK: char = '\u{a0}';
/// Before `;`, `?` and `!`.
const NARROW: char = '\u{202f}';

/// Looks into every text of the modules `fr`, and of the tables `FR`.
pub fn check(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    // What can't be read as Rust, another rule says.
    if let Ok(tokens) = TokenStream::from_str(text) {
        scan(tokens, file.ends_with("/fr.rs"), &mut |line, message| {
            findings.push(Finding { file: file.to_owned(), line, message });
        });
    }
    findings
}

/// A table is French from its name to the end of its item.
fn scan(tokens: TokenStream, french: bool, find: &mut impl FnMut(usize, String)) {
    let mut in_table = false;
    for token in tokens {
        match token {
            TokenTree::Ident(name) if name == "FR" => in_table = true,
            TokenTree::Punct(mark) if mark.as_char() == ';' => in_table = false,
            TokenTree::Group(group) if is_documentation(&group) => {}
            TokenTree::Group(group) => scan(group.stream(), french || in_table, find),
            TokenTree::Literal(literal) if french || in_table => {
                for fault in faults(&literal.to_string()) {
                    find(literal.span().start().line, fault);
                }
            }
            _ => {}
        }
    }
}

fn is_documentation(group: &Group) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

/// What is wrong in a literal, which is in its quotes. A mark within a word is none: `14:13`, `{count:?}`.
fn faults(literal: &str) -> Vec<String> {
    let characters: Vec<char> = literal.chars().collect();
    let faulty = characters.windows(3).filter_map(|around| {
        let [before, mark, after] = *around else { return None };
        let ends = after.is_whitespace() || matches!(after, '"' | '\\');
        match mark {
            ':' if ends && before != NO_BREAK => Some((mark, "before", "U+00A0")),
            ';' | '?' | '!' if ends && before != NARROW => Some((mark, "before", "U+202F")),
            '«' if after != NO_BREAK => Some((mark, "after", "U+00A0")),
            '»' if before != NO_BREAK => Some((mark, "before", "U+00A0")),
            _ => None,
        }
    });
    faulty
        .map(|(mark, side, space)| format!("French has a no-break space {side} `{mark}`: {space}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str, text: &str) -> Vec<usize> {
        check(file, text).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn finds_spaces_that_break_and_those_that_are_missing() {
        for wrong in [
            "Lien :",
            "Lien:",
            "Oui ?",
            "Oui\u{a0}?",
            "Non !",
            "ici ; là",
            "ici; là",
            "« a\u{a0}»",
            "«\u{a0}a »",
        ] {
            assert_eq!(
                lines("crates/mail/src/fr.rs", &format!("const A: &str = \"{wrong}\";")),
                [1],
                "{wrong}"
            );
        }
        for right in [
            "Lien\u{a0}: ici",
            "Oui\u{202f}?",
            "«\u{a0}a\u{a0}»\u{202f}?",
            "à 14:13, https://a.example/?b {c:?}",
        ] {
            assert!(
                lines("crates/mail/src/fr.rs", &format!("const A: &str = \"{right}\";")).is_empty(),
                "{right}"
            );
        }
    }

    #[test]
    fn looks_at_french_alone() {
        let text = "static EN: A = A { a: \"Why?\" };\nstatic FR: A = A {\n    a: |b| format!(\"Oui ?\"),\n};\nfn f() { g(\"Why?\") }";
        assert_eq!(lines("ui/app/src/i18n/a.rs", text), [3]);
        assert!(lines("crates/mail/src/fr.rs", "//! Why?\n/// Why?\nfn f() {}").is_empty());
        assert!(lines("ui/app/src/i18n/en.rs", "const A: &str = \"Why?\";").is_empty());
    }
}
