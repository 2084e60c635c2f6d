//! The pages.

mod account;
mod home;
mod not_found;
mod setup;
mod sign_in;
mod user;
mod users;

pub use account::AccountPage;
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use setup::SetupPage;
pub use sign_in::SignInPage;
pub use user::UserPage;
pub use users::UsersPage;
