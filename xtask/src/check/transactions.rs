//! No transaction control in a component's SQL: Spin hands a connection on without rolling back, so a
//! request that is cut off inside a transaction would take later ones with it (DESIGN decision 4).

/// Whether a string literal, as it is written in the source, has a statement such as `BEGIN`.
pub fn controls_transaction(literal: &str) -> bool {
    // Whatever the quotes: `"..."`, `r#"..."#`.
    let Some((_, text)) = literal.split_once('"') else { return false };
    let text = text.rsplit_once('"').map_or(text, |(text, _)| text);
    text.replace("\\n", " ").replace("\\t", " ").split(';').any(is_transaction_control)
}

fn is_transaction_control(statement: &str) -> bool {
    let mut words = statement.split_whitespace().map(str::to_ascii_uppercase);
    let Some(first) = words.next() else { return false };
    let second = words.next();
    let second = second.as_deref();
    match first.as_str() {
        // Alone or with what the grammar lets follow; English goes on otherwise.
        "BEGIN" | "COMMIT" | "ROLLBACK" | "END" | "ABORT" => matches!(
            second,
            None | Some("TRANSACTION" | "WORK" | "ISOLATION" | "READ" | "AND" | "TO" | "PREPARED")
        ),
        "START" => second == Some("TRANSACTION"),
        "SAVEPOINT" | "RELEASE" => second.is_some() && words.next().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_statements() {
        for literal in [
            r#""begin""#,
            r##"r#"commit"#"##,
            r#""ROLLBACK TO before""#,
            r#""start transaction isolation level serializable""#,
            r#""SELECT 1;\nCOMMIT;""#,
            r#""SAVEPOINT before""#,
        ] {
            assert!(controls_transaction(literal), "{literal}");
        }
    }

    #[test]
    fn leaves_words_alone() {
        for literal in [
            r#""Begin here""#,
            r#""UPDATE users SET email = $1""#,
            r#""SELECT CASE WHEN $1 THEN 1 END""#,
            r#""released""#,
            r#""""#,
        ] {
            assert!(!controls_transaction(literal), "{literal}");
        }
    }
}
