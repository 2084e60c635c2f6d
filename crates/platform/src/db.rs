//! The database: one statement a unit of work, one JSON document a row.
//!
//! There is no transaction here on purpose (docs/adr/0001): a component that trapped inside one would
//! poison a pooled connection on Spin. What must be atomic is one statement, or a SQL function.

use serde::de::DeserializeOwned;
use spin_sdk::pg::{Connection, DbValue, Error as PgError, PgError as HostError, QueryError};

pub use parameter::Parameter;

use crate::{config, instance::InstanceCell};

mod parameter;

/// A Postgres role that a component connects as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DbRole {
    /// `matrice_login`.
    Login,
    /// `matrice_users`.
    Users,
    /// `matrice_admin`.
    Admin,
    /// `matrice_worker`.
    Worker,
}

impl DbRole {
    /// The role's name in Postgres.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Login => "matrice_login",
            Self::Users => "matrice_users",
            Self::Admin => "matrice_admin",
            Self::Worker => "matrice_worker",
        }
    }
}

/// A SQL statement whose rows, if it has any, are one `jsonb` column each.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// What it does, for logs and tests.
    pub name: &'static str,
    /// Who runs it: a test prepares it as each of them.
    pub roles: &'static [DbRole],
    /// The SQL, with `$n` parameters.
    pub sql: &'static str,
}

/// Why a statement failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// The database can't be reached, or takes no more connections.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A constraint refused the row.
    #[error("constraint `{0}` violated")]
    Constraint(String),
    /// A parameter is not of the form that the statement reads it as.
    #[error("unreadable parameter: {0}")]
    Unreadable(String),
    /// Anything else: a fault of ours.
    #[error("database: {0}")]
    Failed(String),
}

impl DbError {
    /// Whether the same request may work later.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether a parameter could not be read.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable(_))
    }

    /// Whether that constraint refused the row.
    pub fn violates(&self, constraint: &str) -> bool {
        matches!(self, Self::Constraint(name) if name == constraint)
    }
}

/// A connection to the database, as the component's own role.
pub struct Db(Connection);

static URL: InstanceCell<String> = InstanceCell::new();

impl Db {
    /// Takes a connection from the host's pool.
    pub async fn connect() -> crate::Result<Self> {
        let url = URL.get_or_try_init(config::database_url).await?;
        let connection = Connection::open(url.as_str()).await.map_err(DbError::from)?;
        Ok(Self(connection))
    }

    /// Every row.
    pub async fn fetch_all<T: DeserializeOwned>(
        &self,
        statement: &Statement,
        parameters: Vec<Parameter>,
    ) -> Result<Vec<T>, DbError> {
        let parameters: Vec<_> = parameters.into_iter().map(Parameter::into_inner).collect();
        let mut result = self.0.query(statement.sql, parameters).await?;
        let mut rows = Vec::new();
        while let Some(row) = result.rows().next().await {
            rows.push(decode(statement, &row)?);
        }
        result.result().await?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub async fn fetch_optional<T: DeserializeOwned>(
        &self,
        statement: &Statement,
        parameters: Vec<Parameter>,
    ) -> Result<Option<T>, DbError> {
        Ok(self.fetch_all(statement, parameters).await?.into_iter().next())
    }

    /// The row of a statement that always has one.
    pub async fn fetch_one<T: DeserializeOwned>(
        &self,
        statement: &Statement,
        parameters: Vec<Parameter>,
    ) -> Result<T, DbError> {
        let row = self.fetch_optional(statement, parameters).await?;
        row.ok_or_else(|| DbError::Failed(format!("`{}` answered no row", statement.name)))
    }

    /// Runs a statement without rows; answers how many rows it touched.
    pub async fn execute(&self, statement: &Statement, parameters: Vec<Parameter>) -> Result<u64, DbError> {
        let parameters: Vec<_> = parameters.into_iter().map(Parameter::into_inner).collect();
        Ok(self.0.execute(statement.sql, parameters).await?)
    }
}

fn decode<T: DeserializeOwned>(statement: &Statement, row: &[DbValue]) -> Result<T, DbError> {
    let failed = |why: String| DbError::Failed(format!("row of `{}`: {why}", statement.name));
    match row {
        [DbValue::Jsonb(json)] => serde_json::from_slice(json).map_err(|error| failed(error.to_string())),
        other => Err(failed(format!("expected one jsonb column, got {} columns", other.len()))),
    }
}

impl From<PgError> for DbError {
    fn from(error: PgError) -> Self {
        match error {
            PgError::PgError(HostError::ConnectionFailed(text)) => Self::Unavailable(text),
            PgError::PgError(HostError::QueryFailed(QueryError::DbError(error))) => {
                let constraint = error.extras.into_iter().find(|(name, _)| name == "constraint");
                Self::of_class(error.code.get(..2), constraint.map(|(_, name)| name), error.as_text)
            }
            PgError::PgError(HostError::QueryFailed(QueryError::Text(text))) if connection_lost(&text) => {
                Self::Unavailable(text)
            }
            other => Self::Failed(other.to_string()),
        }
    }
}

impl DbError {
    /// What the first two characters of a SQLSTATE mean (PostgreSQL, appendix A).
    fn of_class(class: Option<&str>, constraint: Option<String>, text: String) -> Self {
        match (class, constraint) {
            (Some("23"), Some(name)) => Self::Constraint(name),
            // Data exceptions.
            (Some("22"), _) => Self::Unreadable(text),
            // Connection exceptions, transactions rolled back (a deadlock, say), insufficient resources, operator
            // intervention.
            (Some("08" | "40" | "53" | "57"), _) => Self::Unavailable(text),
            _ => Self::Failed(text),
        }
    }
}

/// Spin reports a connection that broke under a query as text, not as a code.
fn connection_lost(text: &str) -> bool {
    ["Closed", "Io(", "error communicating", "connection closed"].iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_work_later_is_no_fault_of_ours() {
        let of = |code: &str, constraint: Option<&str>| {
            DbError::of_class(code.get(..2), constraint.map(str::to_owned), String::new())
        };
        // A connection that failed, a deadlock, a conflict of transactions, too many connections, a shutdown.
        for code in ["08006", "40P01", "40001", "53300", "57P01"] {
            assert!(of(code, None).is_unavailable(), "{code}");
        }
        assert!(of("22021", None).is_unreadable());
        assert!(of("23505", Some("users_email_key")).violates("users_email_key"));
        for code in ["42601", "23502", "P0001", "4"] {
            assert!(matches!(of(code, None), DbError::Failed(_)), "{code}");
        }
    }
}
