//! The components' Postgres roles, which the migrations make without a way to sign in.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use tokio::sync::OnceCell;
use tokio_postgres::Client;

/// Components that have a role, and with it a variable `<component>_database_url`.
pub(crate) const COMPONENTS: [&str; 4] = ["login", "users", "admin", "worker"];

/// The role that a component connects as.
pub(crate) fn role(component: &str) -> String {
    format!("matrice_{component}")
}

/// The roles' password on this server: the same for every process that tests on it at once, and no constant that
/// would stay behind as a way in.
pub(crate) fn password(server: &str) -> String {
    let digest = Sha256::digest(format!("matrice tests on {server}"));
    digest.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Lets the roles sign in, once a process. Roles belong to the server, so processes take turns.
pub(crate) async fn open(server: &str, connect: impl AsyncFnOnce() -> Client) {
    static OPENED: OnceCell<()> = OnceCell::const_new();
    OPENED
        .get_or_init(|| async {
            let mut statements =
                "BEGIN; SELECT pg_advisory_xact_lock(hashtext('matrice test roles'));".to_owned();
            for component in COMPONENTS {
                let (role, password) = (role(component), password(server));
                let _ = write!(statements, "ALTER ROLE {role} LOGIN PASSWORD '{password}';");
            }
            statements.push_str("COMMIT");
            let altered = connect().await.batch_execute(&statements).await;
            altered.expect("DATABASE_URL must name a superuser, and the template be migrated");
        })
        .await;
}
