//! The components' database roles: made by the migrations, opened for the private cluster only. Roles of
//! somebody else's server are somebody else's to manage.

use std::path::Path;

use anyhow::{Context, Result};
use tokio_postgres::Client;

/// A role, and the variable of `spin.toml` that its component finds its URL in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// As in `matrice_login`.
    pub name: String,
    /// As in `login_database_url`.
    pub variable: String,
}

/// Reads them off the manifest's variables: what ends in `_database_url` is a component's.
pub fn component_roles(manifest: &Path) -> Result<Vec<Role>> {
    let text =
        std::fs::read_to_string(manifest).with_context(|| format!("reading {}", manifest.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("reading {}", manifest.display()))?;
    let variables = table.get("variables").and_then(toml::Value::as_table);
    let names = variables.into_iter().flat_map(toml::Table::keys);
    Ok(names
        .filter_map(|variable| {
            let component = variable.strip_suffix("_database_url")?;
            Some(Role { name: format!("matrice_{component}"), variable: variable.clone() })
        })
        .collect())
}

/// Lets the roles sign in, each with its password.
pub async fn open_roles(client: &Client, roles: &[Role], password: impl Fn(&Role) -> String) -> Result<()> {
    for role in roles {
        // Neither takes a parameter here; both are our own, without quotes.
        let statement = format!("ALTER ROLE {} LOGIN PASSWORD '{}'", role.name, password(role));
        client.batch_execute(&statement).await.with_context(|| format!("opening the role {}", role.name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_manifest() {
        let manifest = tempfile::NamedTempFile::new().unwrap();
        let text =
            "[variables]\ndatabase_url = { default = \"\" }\nlogin_database_url = { default = \"\" }\n";
        std::fs::write(manifest.path(), text).unwrap();
        let role = Role { name: "matrice_login".into(), variable: "login_database_url".into() };
        assert_eq!(component_roles(manifest.path()).unwrap(), [role]);
    }
}
