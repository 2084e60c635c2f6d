//! The only SQL of the components.
//!
//! One module per table family, one statement per function, each statement atomic by itself. A function
//! takes typed values, answers `Option` or `Result`, and never knows HTTP. To add a statement: declare it
//! with [`statements!`], naming the roles that run it; [`all_statements`] lists it for the test
//! that prepares each as each of its roles against the migrated schema.
//!
//! Rows are one JSON document each, built by Postgres and decoded by serde: fewer crossings of the
//! sandbox's border than a value per column, and the types are those of `contract`.
#![warn(missing_docs)]

pub mod account;
pub mod api_key;
mod caller;
pub mod challenge;
pub mod credential;
pub mod email_confirmation;
pub mod email_link;
pub mod expiry;
pub mod health;
pub mod identity;
pub mod invitation;
pub mod letter;
pub mod mail_queue;
pub mod oauth_client;
pub mod oauth_consent;
pub mod oauth_grant;
pub mod outbox;
pub mod passkey;
pub mod passkey_ceremony;
pub mod provider_authorization;
pub mod rate_limit;
pub mod roles;
pub mod second_factor;
pub mod security_log;
pub mod session;
pub mod setup;
pub mod sign_up;
pub mod totp;
pub mod users;

pub use caller::{ByAnyMeans, Caller, Enrolling, Proven, Requirement, key_holder, may};

use platform::db::Statement;

/// Declares statements, and `STATEMENTS` with all of them.
macro_rules! statements {
    ($($name:ident [$($role:ident),+] = $sql:expr;)+) => {
        $(const $name: platform::db::Statement = platform::db::Statement {
            name: concat!(module_path!(), "::", stringify!($name)),
            roles: &[$(platform::db::DbRole::$role),+],
            sql: $sql,
        };)+

        pub(crate) const STATEMENTS: &[platform::db::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

/// Every statement that a component can run.
pub fn all_statements() -> impl Iterator<Item = &'static Statement> {
    [
        account::STATEMENTS,
        api_key::STATEMENTS,
        caller::STATEMENTS,
        challenge::STATEMENTS,
        credential::STATEMENTS,
        email_confirmation::STATEMENTS,
        email_link::STATEMENTS,
        expiry::STATEMENTS,
        health::STATEMENTS,
        identity::STATEMENTS,
        invitation::STATEMENTS,
        mail_queue::STATEMENTS,
        oauth_client::STATEMENTS,
        oauth_consent::STATEMENTS,
        oauth_grant::STATEMENTS,
        outbox::STATEMENTS,
        passkey::STATEMENTS,
        passkey_ceremony::STATEMENTS,
        provider_authorization::STATEMENTS,
        rate_limit::STATEMENTS,
        roles::STATEMENTS,
        second_factor::STATEMENTS,
        security_log::STATEMENTS,
        session::STATEMENTS,
        setup::STATEMENTS,
        sign_up::STATEMENTS,
        totp::STATEMENTS,
        users::create::STATEMENTS,
        users::get::STATEMENTS,
        users::list::STATEMENTS,
        users::reset_second_factor::STATEMENTS,
        users::sessions::STATEMENTS,
        users::status::STATEMENTS,
        users::update::STATEMENTS,
        users::update_me::STATEMENTS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs, path::Path};

    /// A module whose statements are not listed would go untested.
    #[test]
    fn every_module_with_statements_is_listed() {
        let mut declaring = 0;
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read_to_string(&path).unwrap().contains("\nstatements! {") {
                    declaring += 1;
                }
            }
        }
        let module = |name: &'static str| name.rsplit_once("::").map(|(module, _)| module);
        let listed: HashSet<_> = super::all_statements().map(|statement| module(statement.name)).collect();
        assert_eq!(listed.len(), declaring);
    }
}
