//! `spin:postgres@4`: outbound PostgreSQL.
//!
//! Connections are pooled per component and address. A statement is prepared once per connection, so that the
//! usual query is a single round trip: nothing is cleaned between two uses of a connection unless a statement
//! ran that may have left something behind (a transaction, a setting, a lock). Then the connection is rolled
//! back and reset, and a connection whose query was given up half-way is closed: no use of a connection is
//! ever seen by the next.

#![expect(clippy::result_large_err, reason = "the interface's own error has the size that its WIT gives it")]

mod address;
mod error;
mod host;
mod lease;
mod pool;
mod query;
mod rows;
mod session;
mod statement;
#[cfg(test)]
mod tests;
mod tls;
mod values;

pub use host::{Connection, ConnectionBuilder, PostgresData, PostgresState};
pub use pool::Pools;

/// The most bytes of a result that the host holds for a component; Spin's limit.
const MAX_RESULT_BYTES: usize = 128 << 20;
