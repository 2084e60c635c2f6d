//! Against a server: what the pool promises of a connection between two uses, and what a query costs.

mod cluster;
mod proxy;
mod value_types;

use std::{fmt::Debug, path::Path, sync::Arc};

use super::{address, lease::Lease, pool::Pools, query};
use crate::{
    bindings::spin::postgres::postgres::{DbValue, Error, ParameterValue, QueryError, Row},
    manifest::Manifest,
    outbound_hosts::AllowedHosts,
    variables::Variables,
};

/// Leases to one database, as a component would get them.
struct Component {
    pools: Pools,
    allowed: AllowedHosts,
    address: String,
}

fn allowed(entry: &str) -> AllowedHosts {
    let manifest = "spin_manifest_version = 2\n[application]\nname = \"a\"\n[trigger]\n";
    let manifest = Manifest::parse(manifest, Path::new("spin.toml")).unwrap();
    let variables = Variables::new(&manifest, vec![]).unwrap();
    AllowedHosts::parse("test", &[entry.to_owned()], &variables, []).unwrap()
}

impl Component {
    fn new(address: String) -> Self {
        Self { pools: Pools::default(), allowed: allowed("postgres://127.0.0.1:*"), address }
    }

    async fn connect(&self) -> Result<Arc<Lease>, Error> {
        let config = address::parse(&self.address, &self.allowed)?;
        self.pools.get(&self.address, None, config).await.map(|pooled| Arc::new(Lease::new(pooled)))
    }

    async fn lease(&self) -> Arc<Lease> {
        self.connect().await.unwrap()
    }
}

/// A component with a database of its own on the test's server.
async fn component() -> Component {
    Component::new(cluster::database().await)
}

async fn execute(lease: &Lease, sql: &str) -> u64 {
    query::execute(lease, sql, vec![]).await.unwrap()
}

async fn rows(lease: &Lease, sql: &str) -> Vec<Row> {
    query::query(lease, sql, vec![]).await.unwrap().rows
}

/// The only value of the only row.
async fn value(lease: &Lease, sql: &str) -> DbValue {
    let mut rows = rows(lease, sql).await;
    rows.pop().unwrap().pop().unwrap()
}

/// The generated types compare only by how they print.
#[track_caller]
fn assert_same(actual: impl Debug, expected: impl Debug) {
    assert_eq!(format!("{actual:?}"), format!("{expected:?}"));
}

fn code(error: Error) -> String {
    match error {
        Error::QueryFailed(QueryError::DbError(error)) => error.code,
        other => panic!("a structured error was expected, not {other:?}"),
    }
}

#[tokio::test]
async fn an_open_transaction_is_rolled_back() {
    let component = component().await;
    let lease = component.lease().await;
    execute(&lease, "CREATE TABLE t (id int PRIMARY KEY)").await;
    execute(&lease, "BEGIN").await;
    execute(&lease, "INSERT INTO t VALUES (1)").await;
    drop(lease);
    // Waits for the end of the transaction that holds the key, and finds it free.
    let lease = component.lease().await;
    assert_eq!(execute(&lease, "INSERT INTO t VALUES (1)").await, 1);
}

#[tokio::test]
async fn what_a_session_holds_does_not_outlive_its_lease() {
    let component = component().await;
    let lease = component.lease().await;
    execute(&lease, "SELECT pg_advisory_lock(7)").await;
    execute(&lease, "SET search_path = elsewhere").await;
    drop(lease);
    // Waits until the lock is given back, by when the session is reset.
    let (first, second) = (component.lease().await, component.lease().await);
    for lease in [&first, &second] {
        execute(lease, "SELECT pg_advisory_xact_lock(7)").await;
        let path = value(lease, "SELECT current_setting('search_path')").await;
        assert_same(path, DbValue::Str("\"$user\", public".to_owned()));
    }
}

#[tokio::test]
async fn a_query_that_is_given_up_is_cancelled() {
    let component = component().await;
    let (lease, other) = (component.lease().await, component.lease().await);
    execute(&lease, "CREATE TABLE t (id int PRIMARY KEY)").await;
    let long = "WITH held AS (INSERT INTO t VALUES (1) RETURNING id) SELECT id, pg_sleep(3600) FROM held";
    let active =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
    {
        let running = rows(&lease, long);
        let started = async { while !matches!(value(&other, active).await, DbValue::Int64(1)) {} };
        tokio::select! {
            rows = running => panic!("the query ended: {rows:?}"),
            () = started => {}
        }
    }
    assert!(lease.is_running());
    drop(lease);
    // Waits for the key that the given-up statement holds.
    assert_eq!(execute(&other, "INSERT INTO t VALUES (1)").await, 1);
}

#[tokio::test]
async fn a_query_is_one_round_trip() {
    let (address, trips) = proxy::start(cluster::database().await).await;
    let component = Component::new(address);
    let select = "SELECT $1::int4 + 1";
    let run = async |lease: &Lease| {
        let result = query::query(lease, select, vec![ParameterValue::Int32(1)]).await.unwrap();
        assert_same(result.rows, [[DbValue::Int32(2)]]);
    };
    run(&*component.lease().await).await;
    trips.reset();
    for _ in 0..3 {
        run(&*component.lease().await).await;
    }
    assert_eq!(trips.count(), 3, "a lease, a prepared query and the return of the lease are one round trip");
    let reading =
        query::stream(component.lease().await, select, vec![ParameterValue::Int32(1)]).await.unwrap();
    let (columns, _rows, mut outcome) = reading.into_producer().await;
    assert_eq!(columns.len(), 1);
    assert_eq!(outcome.try_recv().unwrap().map_err(|error| format!("{error:?}")), Ok(()));
    assert_eq!(trips.count(), 4);
}

#[tokio::test]
async fn a_statement_is_prepared_anew_when_its_table_changes() {
    let component = component().await;
    let lease = component.lease().await;
    execute(&lease, "CREATE TABLE t (a int)").await;
    execute(&lease, "INSERT INTO t VALUES (1)").await;
    drop(lease);
    let (lease, other) = (component.lease().await, component.lease().await);
    assert_same(rows(&lease, "SELECT * FROM t").await, [[DbValue::Int32(1)]]);
    execute(&other, "ALTER TABLE t ADD COLUMN b text DEFAULT 'x'").await;
    assert_same(rows(&lease, "SELECT * FROM t").await, [[DbValue::Int32(1), DbValue::Str("x".to_owned())]]);
}

#[tokio::test]
async fn errors_say_what_the_server_said() {
    let component = component().await;
    let lease = component.lease().await;
    execute(&lease, "CREATE TABLE t (id int PRIMARY KEY)").await;
    execute(&lease, "INSERT INTO t VALUES (1)").await;
    let error = query::execute(&lease, "INSERT INTO t VALUES (1)", vec![]).await.unwrap_err();
    let Error::QueryFailed(QueryError::DbError(error)) = error else { panic!("not structured: {error:?}") };
    assert_eq!((error.severity.as_str(), error.code.as_str()), ("ERROR", "23505"));
    assert_eq!(error.detail.as_deref(), Some("Key (id)=(1) already exists."));
    assert!(error.extras.contains(&("constraint".to_owned(), "t_pkey".to_owned())));
    assert_eq!(code(query::query(&lease, "SELEC 1", vec![]).await.unwrap_err()), "42601");
    // The connection is as good as before.
    assert_same(value(&lease, "SELECT 1").await, DbValue::Int32(1));
}

#[tokio::test]
async fn nobody_listening_is_told_at_once() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let component = Component::new(format!("postgres://nobody@{free}/none?sslmode=disable"));
    let error = component.connect().await.err().unwrap();
    let Error::ConnectionFailed(reason) = error else { panic!("{error:?}") };
    assert!(reason.contains("refused"), "{reason}");
}

#[test]
fn every_host_of_an_address_must_be_allowed() {
    let hosts = allowed("postgres://db.example");
    for (address, ok) in [
        ("postgres://me@db.example/x", true),
        ("host=db.example user=me", true),
        ("postgres://me@db.example:5433/x", false),
        ("postgres://me@db.example,evil.example/x", false),
        ("host=db.example hostaddr=10.0.0.1 user=me", false),
        ("postgres://me@%2Ftmp/x", false),
        ("user=me", false),
        ("not an address", false),
    ] {
        assert_eq!(address::parse(address, &hosts).is_ok(), ok, "{address}");
    }
}
