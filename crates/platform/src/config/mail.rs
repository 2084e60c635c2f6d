//! How mail leaves: `worker` alone is given this.

use std::{borrow::Cow, net::SocketAddr};

use contract::Email;
use http::HeaderValue;
use percent_encoding::percent_decode_str;
use url::Url;

use super::{ConfigError, is_private, read};
use crate::instance::InstanceCell;

static MAIL: InstanceCell<MailTransport> = InstanceCell::new();

/// The variable `mail_transport`, with what belongs to it.
pub enum MailTransport {
    /// Nothing leaves: an administrator reads it in the back office.
    Outbox,
    /// A relay takes it.
    Smtp(Sender, Relay),
    /// A mail API takes it.
    Http(Sender, MailApi),
}

/// Who writes: `mail_from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name, where there is one.
    pub name: Option<String>,
    /// The address.
    pub email: Email,
}

/// The relay of `smtp_url`.
pub struct Relay {
    /// Where it listens. A component's sockets look no names up, so it is told: `smtp_address`.
    pub address: SocketAddr,
    /// What its certificate must be for.
    pub host: String,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// User and password, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// `smtp_root_certificate`, in PEM: trusted beside those that everybody trusts.
    pub root_certificate: Option<String>,
}

/// How a connection to the relay is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all: `smtp://`.
    None,
    /// After `STARTTLS`, or not at all: `smtp://...?tls=required`.
    StartTls,
    /// From the first byte: `smtps://`.
    Implicit,
}

/// The mail API of `mail_api_origin` and `mail_api_path`.
pub struct MailApi {
    /// Where mails are posted.
    pub url: String,
    /// `Bearer` and `mail_api_token`.
    pub authorization: HeaderValue,
}

impl MailTransport {
    /// The transport of this instance.
    pub async fn get() -> Result<&'static Self, ConfigError> {
        MAIL.get_or_try_init(Self::load).await
    }

    async fn load() -> Result<Self, ConfigError> {
        match read("mail_transport").await?.trim() {
            "outbox" => Ok(Self::Outbox),
            "smtp" => Ok(Self::Smtp(Sender::load().await?, Relay::load().await?)),
            "http" => Ok(Self::Http(Sender::load().await?, MailApi::load().await?)),
            _ => Err(ConfigError::new("mail_transport", &"must be `outbox`, `smtp` or `http`")),
        }
    }
}

impl Sender {
    async fn load() -> Result<Self, ConfigError> {
        let text = read("mail_from").await?;
        Self::parse(&text).ok_or_else(|| {
            ConfigError::new(
                "mail_from",
                &"must be an address, or a name and an address: Matrice <m@example.org>",
            )
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let (name, email) = match text.trim().strip_suffix('>') {
            Some(rest) => {
                rest.rsplit_once('<').map(|(name, email)| (name.trim().trim_matches('"'), email))?
            }
            None => ("", text),
        };
        let email = Email::parse(email.trim()).ok()?;
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Some(Self { name, email }).filter(|_| !text.contains(char::is_control))
    }
}

impl Relay {
    async fn load() -> Result<Self, ConfigError> {
        let address = read("smtp_address").await?.trim().parse().map_err(|_| {
            ConfigError::new("smtp_address", &"must be an IP address and a port, such as 192.0.2.25:587")
        })?;
        let certificate = read("smtp_root_certificate").await?;
        if !certificate.is_empty() && !certificate.contains("-----BEGIN CERTIFICATE-----") {
            return Err(ConfigError::new("smtp_root_certificate", &"is not a certificate in PEM"));
        }
        let relay = Self::parse(&read("smtp_url").await?, address);
        let relay = relay.map_err(|reason| ConfigError::new("smtp_url", &reason))?;
        Ok(Self { root_certificate: Some(certificate).filter(|text| !text.is_empty()), ..relay })
    }

    fn parse(text: &str, address: SocketAddr) -> Result<Self, &'static str> {
        // What the parser says would show the password.
        let url = Url::parse(text.trim())
            .map_err(|_| "must be a URL such as smtps://user:password@mail.example.org")?;
        let encryption = match (url.scheme(), url.query()) {
            ("smtps", None) => Encryption::Implicit,
            ("smtp", Some("tls=required")) => Encryption::StartTls,
            ("smtp", None) => Encryption::None,
            _ => return Err("must begin with smtps://, or with smtp:// and may end with ?tls=required"),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("names no host")?;
        if url.port().is_some_and(|port| port != address.port()) {
            return Err("names another port than smtp_address");
        }
        let decode = |text| percent_decode_str(text).decode_utf8().map(Cow::into_owned);
        let credentials = match (decode(url.username()), decode(url.password().unwrap_or_default())) {
            (Ok(user), Ok(_)) if user.is_empty() => None,
            (Ok(user), Ok(password)) => Some((user, password)),
            _ => return Err("has a user or a password that is not UTF-8"),
        };
        if credentials.is_some() && encryption == Encryption::None && !address.ip().is_loopback() {
            return Err("would show the password to the network: smtps://, or ?tls=required");
        }
        let host = host.trim_matches(['[', ']']).to_owned();
        Ok(Self { address, host, encryption, credentials, root_certificate: None })
    }
}

impl MailApi {
    async fn load() -> Result<Self, ConfigError> {
        let url = read("mail_api_url").await?;
        Self::check(&url).map_err(|reason| ConfigError::new("mail_api_origin", &reason))?;
        let token = read("mail_api_token").await?;
        if token.is_empty() {
            return Err(ConfigError::new("mail_api_token", &"is not set"));
        }
        let mut authorization = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| ConfigError::new("mail_api_token", &"has characters that no header can have"))?;
        authorization.set_sensitive(true);
        Ok(Self { url, authorization })
    }

    fn check(url: &str) -> Result<(), &'static str> {
        match Url::parse(url) {
            Ok(url) if is_private(&url) => Ok(()),
            Ok(url) if url.scheme() == "http" => {
                Err("would show the token and the mails to the network: https://")
            }
            _ => Err("must be the beginning of a URL, such as https://mail.example.org"),
        }
    }
}

/// `retention_days`: how long the security log and the mails are kept.
pub async fn retention_days() -> Result<i32, ConfigError> {
    let days = read("retention_days").await?.trim().parse().ok().filter(|days| (1..=36_500).contains(days));
    days.ok_or_else(|| ConfigError::new("retention_days", &"must be a whole number from 1 to 36500"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(url: &str) -> Result<Relay, &'static str> {
        Relay::parse(url, "192.0.2.25:587".parse().unwrap())
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let sender = |name: Option<&str>| Sender {
            name: name.map(str::to_owned),
            email: Email::parse("m@example.org").unwrap(),
        };
        assert_eq!(Sender::parse(" m@example.org "), Some(sender(None)));
        assert_eq!(Sender::parse("<m@example.org>"), Some(sender(None)));
        assert_eq!(Sender::parse("L’équipe <m@example.org>"), Some(sender(Some("L’équipe"))));
        assert_eq!(Sender::parse("\"A, B\" <m@example.org>"), Some(sender(Some("A, B"))));
        for wrong in ["", "Matrice", "Matrice <m>", "Matrice m@example.org>", "A\r\nBcc: x <m@example.org>"] {
            assert_eq!(Sender::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_relay_is_a_url() {
        let found = relay("smtps://ada%40example.org:p%3Ass@mail.example.org:587").unwrap();
        assert_eq!((found.host.as_str(), found.encryption), ("mail.example.org", Encryption::Implicit));
        assert_eq!(found.credentials, Some(("ada@example.org".to_owned(), "p:ss".to_owned())));
        assert_eq!(
            relay("smtp://u:p@mail.example.org?tls=required").unwrap().encryption,
            Encryption::StartTls
        );
        let open = relay("smtp://mail.example.org").unwrap();
        assert_eq!((open.encryption, open.credentials), (Encryption::None, None));
        assert_eq!(relay("smtps://[2001:db8::1]").unwrap().host, "2001:db8::1");
    }

    #[test]
    fn a_mail_api_is_asked_in_the_clear_on_the_loopback_alone() {
        for right in
            ["https://mail.example.org/v1", "http://127.0.0.1:8025/", "http://[::1]/", "http://localhost/"]
        {
            assert_eq!(MailApi::check(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "/",
            "mail.example.org/",
            "ftp://mail.example.org/",
            "http://mail.example.org/",
            "http://127.0.0.1.example.org/",
        ] {
            assert!(MailApi::check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_relay_that_is_half_right_is_refused() {
        for wrong in [
            "",
            "mail.example.org:587",
            "http://mail.example.org",
            "smtp://mail.example.org?tls=opportunistic",
            "smtps://mail.example.org?tls=required",
            "smtps://mail.example.org:465",
            "smtps://u:%ff@mail.example.org",
            "smtp://u:p@mail.example.org",
        ] {
            assert!(relay(wrong).is_err(), "{wrong}");
        }
        let loopback = "127.0.0.1:25".parse().unwrap();
        assert!(Relay::parse("smtp://u:p@localhost", loopback).is_ok());
    }
}
