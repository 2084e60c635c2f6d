//! PostgreSQL.

use reqwest::Method;

use crate::app::{App, Setup};

/// The database to use. Its tables are temporary or named by the test.
fn database() -> String {
    std::env::var("DATABASE_URL").unwrap_or_else(|_| {
        panic!(
            "set DATABASE_URL to a PostgreSQL database that the tests may use, \
             such as postgres://postgres@127.0.0.1/postgres; `cargo xtask test` does so by itself"
        )
    })
}

async fn start() -> App {
    Setup::probe("allowed_outbound_hosts = [\"postgres://*:*\"]\n").start().await
}

async fn post(app: &App, path: &str, text: Option<&str>, statement: &str) -> (u16, String) {
    let mut query = vec![("url", database())];
    query.extend(text.map(|text| ("text", text.to_owned())));
    let response =
        app.request(Method::POST, path).query(&query).body(statement.to_owned()).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn rows_come_back_in_order() {
    let app = start().await;
    let statement = "select n, $1::text || n, null::text from generate_series(1, 3) n order by n";
    let (status, rows) = post(&app, "/postgres/query", Some("x"), statement).await;
    assert_eq!((status, rows.as_str()), (200, "1,x1,null\n2,x2,null\n3,x3,null"));
}

#[tokio::test]
async fn many_rows_stream() {
    let app = start().await;
    let statement = "select n, repeat('x', 100) from generate_series(1, 5000) n";
    let (status, rows) = post(&app, "/postgres/query", None, statement).await;
    assert_eq!((status, rows.lines().count()), (200, 5000));
}

#[tokio::test]
async fn errors_carry_the_code() {
    let app = start().await;
    let (status, error) = post(&app, "/postgres/query", None, "select * from no_such_table").await;
    assert_eq!(status, 500);
    assert!(error.contains("42P01"), "{error}");
    assert_eq!(post(&app, "/postgres/query", None, "select 1").await.1, "1");
}

#[tokio::test]
async fn no_component_reads_timestamptz() {
    let app = start().await;
    for value in ["clock_timestamp()", "null::timestamptz"] {
        let (status, error) = post(&app, "/postgres/query", None, &format!("select {value}")).await;
        assert_eq!(status, 500, "{value}: {error}");
        assert!(error.contains("QueryFailed"), "{value}: {error}");
    }
}

#[tokio::test]
async fn a_host_that_is_not_allowed_is_refused() {
    let app = Setup::probe("").start().await;
    let (status, error) = post(&app, "/postgres/query", None, "select 1").await;
    assert_eq!(status, 500);
    assert!(error.contains("ConnectionFailed"), "{error}");
}

/// Spin hands connections back as they are (DESIGN decision 4); this host rolls back.
#[tokio::test]
async fn a_transaction_left_open_is_rolled_back() {
    if crate::app::only_on_the_host("rollback of what a component leaves open") {
        return;
    }
    let app = start().await;
    let table = "host_suite_rollback";
    post(&app, "/postgres/execute", None, &format!("drop table if exists {table}")).await;
    post(&app, "/postgres/execute", None, &format!("create table {table} (n int)")).await;
    let (status, error) = post(&app, "/postgres/execute", None, "begin").await;
    assert_eq!(status, 200, "{error}");
    post(&app, "/postgres/execute", None, &format!("insert into {table} values (1)")).await;
    let other = start().await;
    let (_, count) = post(&other, "/postgres/query", None, &format!("select count(*) from {table}")).await;
    assert_eq!(count, "1", "the insert of a later request is not lost in an earlier one's transaction");
    post(&other, "/postgres/execute", None, &format!("drop table {table}")).await;
}
