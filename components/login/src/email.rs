//! `/api/core/v1/auth/email/...`

pub mod change;
pub mod confirm;
pub mod verify;

use chrono::TimeDelta;

/// As the mail says.
const LIFETIME: TimeDelta = TimeDelta::hours(24);
