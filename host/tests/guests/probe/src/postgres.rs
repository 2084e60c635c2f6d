//! PostgreSQL.

use std::collections::HashMap;

use axum::{Router, extract::Query, routing::post};
use spin_sdk::pg::{Connection, DbValue, ParameterValue};

use crate::{Answer, failed};

pub fn routes() -> Router {
    Router::new().route("/postgres/query", post(query)).route("/postgres/execute", post(execute))
}

async fn open(parameters: &HashMap<String, String>) -> Result<Connection, (http::StatusCode, String)> {
    Connection::open(parameters.get("url").map_or("", String::as_str)).await.map_err(failed)
}

/// `?text=` as `$1` where it is given.
fn arguments(parameters: &HashMap<String, String>) -> Vec<ParameterValue> {
    parameters.get("text").map(|text| ParameterValue::Str(text.clone())).into_iter().collect()
}

/// Rows of the statement in the body, one a line, values separated by commas.
async fn query(Query(parameters): Query<HashMap<String, String>>, statement: String) -> Answer {
    let connection = open(&parameters).await?;
    let mut result = connection.query(statement, arguments(&parameters)).await.map_err(failed)?;
    let mut lines = Vec::new();
    while let Some(row) = result.rows().next().await {
        lines.push(row.into_iter().map(text).collect::<Vec<_>>().join(","));
    }
    result.result().await.map_err(failed)?;
    Ok(lines.join("\n"))
}

/// Rows that the statement in the body changed.
async fn execute(Query(parameters): Query<HashMap<String, String>>, statement: String) -> Answer {
    let connection = open(&parameters).await?;
    let changed = connection.execute(statement, arguments(&parameters)).await.map_err(failed)?;
    Ok(changed.to_string())
}

fn text(value: DbValue) -> String {
    match value {
        DbValue::Str(text) => text,
        DbValue::Int32(number) => number.to_string(),
        DbValue::Int64(number) => number.to_string(),
        DbValue::DbNull => "null".into(),
        other => format!("{other:?}"),
    }
}
