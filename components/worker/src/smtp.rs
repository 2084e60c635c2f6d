//! A relay, by SMTP (RFC 5321), in the clear, after `STARTTLS` (RFC 3207) or on TLS from the start (RFC 8314).

use std::{
    net::IpAddr,
    time::{Duration, SystemTime},
};

use anyhow::Context;
use lettre::{
    Address, Message, SmtpTransport, Transport as _,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
        extension::ClientId,
    },
};
use platform::{
    Result,
    config::{ConfigError, Encryption, Relay, Sender, Site},
};
use store::mail_queue::ClaimedMail;

use crate::transport::{Failure, reason};

/// How long to wait for the relay, to connect and for each of its answers.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client of the relay.
pub struct SmtpClient {
    transport: SmtpTransport,
    sender: &'static Sender,
}

impl SmtpClient {
    /// A client, not connected.
    pub async fn new(sender: &'static Sender, relay: &Relay) -> Result<Self> {
        let mut builder = SmtpTransport::builder_dangerous(relay.address.ip().to_string())
            .port(relay.address.port())
            .hello_name(hello(Site::get().await?))
            .timeout(Some(TIMEOUT))
            .tls(match relay.encryption {
                Encryption::None => Tls::None,
                Encryption::StartTls => Tls::Required(verify(relay)?),
                Encryption::Implicit => Tls::Wrapper(verify(relay)?),
            });
        if let Some((user, password)) = &relay.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), sender })
    }

    /// Sends a mail. Waits in the sandbox: while it does, this instance does nothing else.
    pub fn send(&self, mail: &ClaimedMail) -> Result<(), Failure> {
        let message =
            write(self.sender, mail).map_err(|error| Failure::Permanent(reason(&format!("{error:#}"))))?;
        self.transport.send(&message).map(|_| ()).map_err(|error| failure(&error))
    }
}

/// What the application calls itself (RFC 5321 §4.1.1.1).
fn hello(site: &Site) -> ClientId {
    let host = site.public_url.host_str().unwrap_or_default();
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(host.to_owned()),
    }
}

/// The certificate must be for the relay's name, and of an authority that everybody or the operator trusts.
fn verify(relay: &Relay) -> Result<TlsParameters> {
    // Another instance of this sandbox may have done it: then there is one.
    let _ = oxitls_rustcrypto_provider::provider().install_default();
    let mut parameters =
        TlsParameters::builder(relay.host.clone()).certificate_store(CertificateStore::WebpkiRoots);
    if let Some(pem) = &relay.root_certificate {
        let certificate = Certificate::from_pem(pem.as_bytes()).map_err(|_| ConfigError {
            variable: "smtp_root_certificate",
            reason: "is not PEM".to_owned(),
        })?;
        parameters = parameters.add_root_certificate(certificate);
    }
    Ok(parameters.build_rustls().context("preparing TLS")?)
}

fn failure(error: &Error) -> Failure {
    let reason = reason(error);
    if error.is_permanent() {
        Failure::Permanent(reason)
    } else if error.is_transient() {
        Failure::Temporary(reason)
    } else {
        Failure::Unreachable(reason)
    }
}

/// The mail in the form of RFC 5322, its text and its HTML as alternatives. Whoever gets it twice sees that by its id.
fn write(sender: &Sender, mail: &ClaimedMail) -> anyhow::Result<Message> {
    let address = |email: &contract::Email| email.as_str().parse::<Address>().context("an address");
    let message = MessageBuilder::new()
        .from(Mailbox::new(sender.name.clone(), address(&sender.email)?))
        .to(Mailbox::new(None, address(&mail.recipient)?))
        .subject(&mail.subject)
        .date(SystemTime::from(mail.created_at))
        .message_id(Some(format!("<{}@{}>", mail.id, sender.email.domain())))
        .raw_header(HeaderValue::new(
            // RFC 3834 §5: nobody's holiday notice is to answer it.
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))?;
    Ok(message)
}
