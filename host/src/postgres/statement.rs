//! Which statements may leave something behind on their connection.

/// Whether `sql` may change its session beyond its own end: open a transaction, set a parameter, take a
/// session lock, make a temporary table, listen, declare a cursor.
///
/// A statement runs by the extended protocol, which takes a single one, so its first word tells what it is.
/// Reads and writes leave nothing; everything else is taken to.
pub(super) fn leaves_something(sql: &str) -> bool {
    const LEAVES_NOTHING: [&str; 8] =
        ["select", "insert", "update", "delete", "merge", "with", "values", "table"];
    // Functions and clauses by which a read or a write changes its session.
    const CHANGES: [&str; 5] = ["set_config", "advisory_lock", "advisory_lock_shared", "temp", "temporary"];

    let word: String = skip_comments(sql).chars().take_while(char::is_ascii_alphabetic).collect();
    if !LEAVES_NOTHING.iter().any(|known| known.eq_ignore_ascii_case(&word)) {
        return true;
    }
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .any(|word| CHANGES.iter().any(|change| ends_with_ignoring_case(word, change)))
}

/// `sql` from its first word on: blanks, opening brackets and comments (`--` and nested `/* */`) skipped.
fn skip_comments(sql: &str) -> &str {
    let mut rest = sql;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = after_block_comment(comment);
        } else {
            return rest;
        }
    }
}

/// What follows a block comment that `text` begins within.
fn after_block_comment(text: &str) -> &str {
    let mut depth = 1_usize;
    let mut rest = text;
    while depth > 0 {
        let (open, close) = (rest.find("/*"), rest.find("*/"));
        let (at, deeper) = match (open, close) {
            (Some(open), Some(close)) if open < close => (open, true),
            (_, Some(close)) => (close, false),
            (_, None) => return "",
        };
        depth = if deeper { depth + 1 } else { depth - 1 };
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    rest
}

/// Whether `word` is `end` or ends with `_` and `end`, in any case: `pg_try_advisory_lock` is an
/// `advisory_lock`.
fn ends_with_ignoring_case(word: &str, end: &str) -> bool {
    let Some(start) = word.len().checked_sub(end.len()) else { return false };
    let (front, back) = word.split_at(start);
    back.eq_ignore_ascii_case(end) && (front.is_empty() || front.ends_with('_'))
}

#[cfg(test)]
mod tests {
    use super::leaves_something;

    #[test]
    fn reads_and_writes_leave_nothing() {
        for sql in [
            "SELECT 1",
            "  select 1",
            "-- why\nselect 1",
            "/* a /* b */ c */ SELECT 1",
            "(select 1) union (select 2)",
            "with a as (delete from t returning *) select * from a",
            "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
            "update t set a = 1",
            "select attempts, template from attempts",
            "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
        ] {
            assert!(!leaves_something(sql), "{sql}");
        }
    }

    #[test]
    fn everything_else_may() {
        for sql in [
            "BEGIN",
            "begin; ",
            "/* x */ Start Transaction",
            "COMMIT",
            "SET search_path = x",
            "select set_config('a.b', 'c', false)",
            "SELECT pg_try_advisory_lock(1)",
            "SELECT pg_catalog.pg_advisory_lock(1)",
            "SELECT 1 INTO TEMP t",
            "create temporary table t()",
            "LISTEN x",
            "DO $$ begin end $$",
            "CALL p()",
            "",
            "/* never closed",
        ] {
            assert!(leaves_something(sql), "{sql}");
        }
    }
}
