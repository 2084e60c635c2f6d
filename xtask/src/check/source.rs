//! What no Rust file may say, read as tokens: comments and strings don't count.

use std::iter::Peekable;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};

use super::Finding;
use super::transactions::controls_transaction;

pub fn check(file: &str, text: &str) -> Vec<Finding> {
    let mut scan = Scan { file, findings: Vec::new(), sql: holds_sql(file) };
    match TokenStream::from_str(text) {
        Ok(tokens) => scan.tokens(tokens),
        Err(error) => scan.find(error.span().start().line, "this can't be read as Rust"),
    }
    scan.findings
}

/// Where statements for components are written; the host's tests show what Spin does to transactions.
fn holds_sql(file: &str) -> bool {
    file.starts_with("crates/") || file.starts_with("components/")
}

struct Scan<'a> {
    file: &'a str,
    findings: Vec<Finding>,
    sql: bool,
}

impl Scan<'_> {
    fn find(&mut self, line: usize, message: &str) {
        self.findings.push(Finding { file: self.file.to_owned(), line, message: message.to_owned() });
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    if let Some(attribute) = take_attribute(&mut tokens) {
                        self.attribute(&attribute);
                    }
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) if self.sql && controls_transaction(&literal.to_string()) => {
                    let line = literal.span().start().line;
                    self.find(line, "a component has no transactions: one statement is one unit of work");
                }
                _ => {}
            }
        }
    }

    /// Looks into `cfg_attr` too; documentation is no code.
    fn attribute(&mut self, attribute: &Group) {
        let line = attribute.span_open().start().line;
        for word in words(attribute.stream()) {
            match word.as_str() {
                "doc" => return,
                "allow" => self.find(line, "`allow` outlives its reason: `expect(lint, reason = \"...\")`"),
                "ignore" => self.find(line, "an ignored test proves nothing: repair or delete it"),
                _ => {}
            }
        }
    }
}

/// What is in the brackets after `#` or `#!`.
fn take_attribute(tokens: &mut Peekable<token_stream::IntoIter>) -> Option<Group> {
    tokens.next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '!'));
    match tokens.next_if(|token| matches!(token, TokenTree::Group(_)))? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group),
        _ => None,
    }
}

/// The attribute's name, and with `cfg_attr` the names that it stands for.
fn words(attribute: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut tokens = attribute.into_iter();
    let Some(TokenTree::Ident(name)) = tokens.next() else { return names };
    names.push(name.to_string());
    if name == "cfg_attr"
        && let Some(TokenTree::Group(arguments)) = tokens.next()
    {
        let mut after_comma = false;
        for token in arguments.stream() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ',' => after_comma = true,
                TokenTree::Ident(name) if after_comma => {
                    names.push(name.to_string());
                    after_comma = false;
                }
                _ => after_comma = false,
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str, text: &str) -> Vec<usize> {
        check(file, text).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn finds_allow_in_every_form() {
        assert_eq!(lines("a.rs", "#![allow(dead_code)]"), [1]);
        assert_eq!(lines("a.rs", "mod a {\n    #[allow(x)]\n    fn f() {}\n}"), [2]);
        assert_eq!(lines("a.rs", "#[cfg_attr(test, allow(x))]\nfn f() {}"), [1]);
        let mentioned = "// #[allow(x)]\nconst A: &str = \"#[allow(x)]\";\n/// `#[allow]`\nfn f() {}";
        assert!(lines("a.rs", mentioned).is_empty());
        assert!(lines("a.rs", "#[expect(x, reason = \"y\")]\nfn f() {}").is_empty());
    }

    #[test]
    fn finds_ignored_tests() {
        assert_eq!(lines("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn f() {}"), [2]);
    }

    #[test]
    fn finds_transactions_where_components_speak_sql() {
        let text = "fn f() {\n    db.execute(\"BEGIN\");\n}";
        assert_eq!(lines("crates/store/src/a.rs", text), [2]);
        assert!(lines("host/src/a.rs", text).is_empty());
    }

    #[test]
    fn finds_what_is_not_rust() {
        assert_eq!(lines("a.rs", "fn f() {\n\"").len(), 1);
    }
}
