//! Alive and ready.

use serde::{Deserialize, Serialize};

/// Whether something works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// It does.
    Ok,
    /// It doesn't answer.
    Down,
}

/// Answer of `.../health`: the component runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always `ok`: a component that doesn't run doesn't answer.
    pub status: HealthStatus,
}

/// One thing that the component needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Check {
    /// `database` or `key_value`.
    #[cfg_attr(feature = "openapi", schema(example = "database"))]
    pub name: String,
    /// Whether it answers.
    pub status: HealthStatus,
}

/// Answer of `.../ready`: 200 where everything needed answers, 503 otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Readiness {
    /// `ok` where every check is.
    pub status: HealthStatus,
    /// What was asked.
    pub checks: Vec<Check>,
}

impl Readiness {
    /// Sums the checks up.
    pub fn new(checks: Vec<Check>) -> Self {
        let ok = checks.iter().all(|check| check.status == HealthStatus::Ok);
        Self { status: if ok { HealthStatus::Ok } else { HealthStatus::Down }, checks }
    }
}
