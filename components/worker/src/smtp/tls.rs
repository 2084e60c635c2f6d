//! TLS to the relay.

use std::{io, net::TcpStream, sync::Arc, time::Duration};

use anyhow::Context;
use platform::{
    Result,
    config::{ConfigError, Relay},
};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use crate::dialogue::Patience;

/// How the relay is proven: its certificate must be for its name, and of an authority that everybody or the operator
/// trusts.
pub struct Tls {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl Tls {
    pub fn new(relay: &Relay) -> Result<Self> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(pem) = &relay.root_certificate {
            trust(&mut roots, pem).map_err(|reason| ConfigError {
                variable: "smtp_root_certificate",
                reason: reason.to_owned(),
            })?;
        }
        let provider = Arc::new(oxitls_rustcrypto_provider::provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .context("preparing TLS")?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let host = relay.host.trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(host).context("the relay's name")?;
        Ok(Self { config: Arc::new(config), name })
    }

    /// TLS on a connection. The handshake comes with the first byte that is read or written.
    pub fn on(&self, stream: TcpStream) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let connection =
            ClientConnection::new(Arc::clone(&self.config), self.name.clone()).map_err(io::Error::other)?;
        Ok(StreamOwned::new(connection, stream))
    }
}

impl Patience for StreamOwned<ClientConnection, TcpStream> {
    fn wait_at_most(&mut self, time: Duration) -> io::Result<()> {
        self.sock.wait_at_most(time)
    }
}

fn trust(roots: &mut RootCertStore, pem: &str) -> Result<(), &'static str> {
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        roots.add(certificate.map_err(|_| "is not PEM")?).map_err(|_| "is no certificate")?;
        found = true;
    }
    if found { Ok(()) } else { Err("is not PEM") }
}
