//! Two-step sign-in: turning it on, its recovery codes, turning it off.

mod recovery_codes;
mod required;
mod settings;
mod setup;

pub use required::SecondFactorRequiredPage;
pub use settings::SecondFactorSettings;
pub use setup::{Setup, Stage};
