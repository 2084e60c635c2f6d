//! The pages.

mod account;
mod api_keys;
mod challenge;
mod confirm_email;
mod home;
mod list;
mod mails;
mod not_found;
mod passkeys;
mod password;
mod second_factor;
mod security;
mod setup;
mod sign_in;
mod sign_up;
mod user;
mod users;

pub use account::AccountPage;
pub use api_keys::ApiKeysPage;
pub use challenge::ChallengePage;
pub use confirm_email::ConfirmEmailPage;
pub use home::HomePage;
pub use mails::MailsPage;
pub use not_found::NotFoundPage;
pub use password::{ForgotPasswordPage, ResetPasswordPage};
pub use second_factor::SecondFactorRequiredPage;
pub use security::{ActivityPage, SecurityPage};
pub use setup::SetupPage;
pub use sign_in::{SignInAttempt, SignInPage};
pub use sign_up::SignUpPage;
pub use user::UserPage;
pub use users::{InvitationsPage, UsersPage};
