//! Statements and their results.

use std::{pin::Pin, sync::Arc};

use futures::TryStreamExt as _;
use tokio_postgres::{RowStream, error::SqlState};

use super::{
    MAX_RESULT_BYTES,
    error::{query_failed, query_text},
    lease::Lease,
    rows::Reading,
    session::Session,
    statement::leaves_something,
    values::{self, Parameter},
};
use crate::bindings::spin::postgres::postgres::{Error, ParameterValue, RowSet};

/// Runs `sql` and gives the number of rows that it changed or returned.
pub(super) async fn execute(
    session: &Session,
    sql: &str,
    parameters: Vec<ParameterValue>,
) -> Result<u64, Error> {
    let parameters = parse(parameters).map_err(Error::ValueConversionFailed)?;
    let running = session.begin(leaves_something(sql));
    let result = async {
        let mut rows = start(session, sql, &parameters).await?;
        while rows.try_next().await?.is_some() {}
        Ok(rows.rows_affected().unwrap_or(0))
    };
    let result = result.await.map_err(|error| query_failed(&error));
    running.finish();
    result
}

/// Runs `sql` and gives all rows that it returns. The columns are those of the first row: without rows there
/// are none, as in Spin.
pub(super) async fn query(
    session: &Session,
    sql: &str,
    parameters: Vec<ParameterValue>,
) -> Result<RowSet, Error> {
    let parameters = parse(parameters).map_err(Error::BadParameter)?;
    let running = session.begin(leaves_something(sql));
    let mut stream = match start(session, sql, &parameters).await {
        Ok(stream) => stream,
        Err(error) => {
            running.finish();
            return Err(query_failed(&error));
        }
    };
    let mut result = RowSet { columns: Vec::new(), rows: Vec::new() };
    let mut bytes = 0;
    loop {
        match stream.try_next().await {
            Ok(Some(row)) => {
                if result.rows.is_empty() {
                    result.columns = values::columns(row.columns());
                }
                bytes += row.raw_size_bytes();
                if bytes > MAX_RESULT_BYTES {
                    return Err(query_text(format!("the result has more than {MAX_RESULT_BYTES} bytes")));
                }
                result.rows.push(values::decode(&row).map_err(query_text)?);
            }
            Ok(None) => {
                running.finish();
                return Ok(result);
            }
            Err(error) => {
                running.finish();
                return Err(query_failed(&error));
            }
        }
    }
}

/// Runs `sql` and gives what there is of its result, to be read as it comes.
pub(super) async fn stream(
    lease: Arc<Lease>,
    sql: &str,
    parameters: Vec<ParameterValue>,
) -> Result<Reading, Error> {
    let parameters = parse(parameters).map_err(Error::BadParameter)?;
    let running = lease.begin(leaves_something(sql));
    match start(&lease, sql, &parameters).await {
        Ok(stream) => Ok(Reading::new(stream, running, lease)),
        Err(error) => {
            running.finish();
            Err(query_failed(&error))
        }
    }
}

fn parse(parameters: Vec<ParameterValue>) -> Result<Vec<Parameter>, String> {
    let parse = |(index, value): (usize, ParameterValue)| {
        Parameter::try_from(value).map_err(|reason| format!("parameter ${}: {reason}", index + 1))
    };
    parameters.into_iter().enumerate().map(parse).collect()
}

/// Sends the prepared `sql`: one round trip, or two where the connection sees it for the first time. A
/// preparation that the server no longer takes (a table has changed) is done anew.
async fn start(
    session: &Session,
    sql: &str,
    parameters: &[Parameter],
) -> Result<Pin<Box<RowStream>>, tokio_postgres::Error> {
    let statement = session.prepare(sql).await?;
    let stream = match session.client().query_raw(&statement, parameters).await {
        Err(error) if is_stale(&error) => {
            session.forget(sql);
            // Within a transaction, which the error has ended, a second try would only hide it.
            if session.is_used() {
                return Err(error);
            }
            let statement = session.prepare(sql).await?;
            session.client().query_raw(&statement, parameters).await?
        }
        stream => stream?,
    };
    Ok(Box::pin(stream))
}

/// Whether `error` says that the prepared statement is not good any more. The first is what PostgreSQL
/// answers to a statement whose result has other columns than when it was prepared.
fn is_stale(error: &tokio_postgres::Error) -> bool {
    let code = error.code();
    code == Some(&SqlState::FEATURE_NOT_SUPPORTED) || code == Some(&SqlState::INVALID_SQL_STATEMENT_NAME)
}
