//! Talking to a database.

use anyhow::{Context, Result};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connects; with TLS where the URL or the server asks for it. The connection ends with the client.
pub async fn connect(url: &str) -> Result<Client> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = rustls::crypto::ring::default_provider().into();
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("setting TLS up")?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let (client, connection) = tokio_postgres::connect(url, MakeRustlsConnect::new(tls))
        .await
        .with_context(|| format!("connecting to the database at {}", without_password(url)))?;
    // Its errors reach whoever uses the client.
    tokio::spawn(connection);
    Ok(client)
}

/// A database's URL, fit to be shown.
pub fn without_password(url: &str) -> String {
    // A string of key=value pairs may hold a password anywhere.
    let Ok(mut url) = url::Url::parse(url) else { return "the address given".to_owned() };
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "the address given".to_owned();
    }
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_url_has_no_password() {
        assert_eq!(without_password("postgres://ada:secret@db/x"), "postgres://ada:***@db/x");
        assert_eq!(without_password("postgres://db/x"), "postgres://db/x");
        assert_eq!(without_password("host=db password=secret"), "the address given");
    }
}
