//! The pages.

mod account;
mod home;
mod list;
mod mails;
mod not_found;
mod password;
mod setup;
mod sign_in;
mod user;
mod users;

pub use account::AccountPage;
pub use home::HomePage;
pub use mails::MailsPage;
pub use not_found::NotFoundPage;
pub use password::{ForgotPasswordPage, ResetPasswordPage};
pub use setup::SetupPage;
pub use sign_in::SignInPage;
pub use user::UserPage;
pub use users::UsersPage;
