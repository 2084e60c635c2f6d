//! A forgotten password: asking for a link, and choosing another by it.

mod forgot;
mod reset;

pub use forgot::ForgotPasswordPage;
pub use reset::ResetPasswordPage;
