//! The OpenAPI documents: made from the components' own code, compared with the committed ones, and complete.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "tests: what goes wrong fails them")]

mod document;
mod rules;

use std::{env, fs};

use contract::{ProblemCode, SecurityEventKind};
use serde_json::{Value, json};
use tests::repository;

/// Where a document is committed, and what it says today.
fn documents() -> [(&'static str, String); 2] {
    [("docs/openapi/core.json", document::core()), ("docs/openapi/service.json", document::service())]
}

fn parsed() -> Vec<Value> {
    documents().iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
}

#[test]
fn the_committed_documents_are_up_to_date() {
    let update = env::var_os("UPDATE_OPENAPI").is_some();
    for (path, current) in documents() {
        let file = repository().join(path);
        if update {
            fs::write(&file, &current).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == current,
            "{path} is not what the components' code says: `UPDATE_OPENAPI=1 cargo test -p tests --test openapi` \
             writes it, and the components have to be built anew"
        );
    }
}

#[test]
fn every_operation_is_complete() {
    let findings: Vec<_> = parsed().iter().flat_map(rules::check_operations).collect();
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

#[test]
fn every_name_means_one_thing() {
    let findings: Vec<_> = parsed().iter().flat_map(rules::check_names).collect();
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

#[test]
fn codes_are_listed_as_they_are_on_the_wire() {
    let codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    let kinds: Vec<_> = SecurityEventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let core = &parsed()[0]["components"]["schemas"];
    assert_eq!(core["ProblemCode"]["enum"], json!(codes));
    assert_eq!(core["SecurityEventKind"]["enum"], json!(kinds));
}

#[test]
fn every_problem_code_is_documented() {
    let missing = rules::undocumented_codes(&parsed());
    assert!(missing.is_empty(), "no response and no introduction tells of {missing:?}");
}
