//! A relay, by SMTP (RFC 5321), in the clear, after `STARTTLS` (RFC 3207) or on TLS from the start (RFC 8314).

mod tls;

use std::{
    io::{self, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream},
    time::{Duration, SystemTime},
};

use anyhow::Context;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use platform::{
    Result,
    config::{Encryption, Relay, Sender, Site},
};
use store::mail_queue::ClaimedMail;

use self::tls::Tls;
use crate::{
    dialogue::{Dialogue, Error, Patience},
    transport::{Extent, Failure, Reason},
};

/// How long to wait for the connection, and for each of the relay's answers but the last.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client of the relay.
pub struct SmtpClient {
    sender: &'static Sender,
    address: SocketAddr,
    hello: String,
    encryption: Encrypted,
    credentials: Option<&'static (String, String)>,
}

/// How the connection is encrypted, and with what.
enum Encrypted {
    Never,
    AfterStartTls(Tls),
    FromTheStart(Tls),
}

impl SmtpClient {
    /// A client, not connected.
    pub async fn new(sender: &'static Sender, relay: &'static Relay) -> Result<Self> {
        Ok(Self {
            sender,
            address: relay.address,
            hello: hello(Site::get().await?),
            encryption: match relay.encryption {
                Encryption::None => Encrypted::Never,
                Encryption::StartTls => Encrypted::AfterStartTls(Tls::new(relay)?),
                Encryption::Implicit => Encrypted::FromTheStart(Tls::new(relay)?),
            },
            credentials: relay.credentials.as_ref(),
        })
    }

    /// Sends a mail. Waits in the sandbox: while it does, this instance does nothing else.
    pub fn send(&self, mail: &ClaimedMail) -> Result<(), Failure> {
        let message = write(self.sender, mail)
            .map_err(|error| Failure::new(Extent::Permanent, Reason::new(&format!("{error:#}"))))?;
        self.deliver(mail, &message.formatted()).map_err(|error| failure(&error))
    }

    fn deliver(&self, mail: &ClaimedMail, message: &[u8]) -> Result<(), Error> {
        let stream = self.connect()?;
        match &self.encryption {
            Encrypted::Never => self.converse(Dialogue::open(stream)?, mail, message),
            Encrypted::AfterStartTls(tls) => {
                let mut dialogue = Dialogue::open(stream)?;
                dialogue.hello(&self.hello)?;
                let stream = tls.on(dialogue.start_tls()?)?;
                self.converse(Dialogue::on(stream), mail, message)
            }
            Encrypted::FromTheStart(tls) => self.converse(Dialogue::open(tls.on(stream)?)?, mail, message),
        }
    }

    fn connect(&self) -> Result<TcpStream, Error> {
        let stream = TcpStream::connect_timeout(&self.address, TIMEOUT)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        Ok(stream)
    }

    fn converse<S: Read + Write + Patience>(
        &self,
        mut dialogue: Dialogue<S>,
        mail: &ClaimedMail,
        message: &[u8],
    ) -> Result<(), Error> {
        let result = self.hand_over(&mut dialogue, mail, message);
        if matches!(result, Ok(()) | Err(Error::Refused(_) | Error::Unwelcome(_))) {
            // What the relay has answered holds, whether or not it hears this.
            let _ = dialogue.quit();
        }
        result
    }

    fn hand_over<S: Read + Write + Patience>(
        &self,
        dialogue: &mut Dialogue<S>,
        mail: &ClaimedMail,
        message: &[u8],
    ) -> Result<(), Error> {
        dialogue.hello(&self.hello)?;
        if let Some((user, password)) = self.credentials {
            dialogue.authenticate(user, password)?;
        }
        dialogue.send(self.sender.email.as_str(), mail.recipient.as_str(), message)
    }
}

/// What the application calls itself (RFC 5321 §4.1.1.1, §4.1.3).
fn hello(site: &Site) -> String {
    let host = site.public_url.host_str().unwrap_or_default();
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => format!("[{address}]"),
        Ok(IpAddr::V6(address)) => format!("[IPv6:{address}]"),
        Err(_) => host.to_owned(),
    }
}

fn failure(error: &Error) -> Failure {
    let extent = match error {
        Error::Refused(answer) if !answer.is_permanent() => Extent::Temporary,
        Error::Refused(_) | Error::Unsupported(_) => Extent::Permanent,
        Error::Unwelcome(_) | Error::Protocol(_) | Error::Silent | Error::Connection(_) => {
            Extent::Unreachable
        }
    };
    let reason = match error {
        Error::Refused(answer) | Error::Unwelcome(answer) => Reason::said(answer, &answer.code),
        _ => Reason::new(error),
    };
    Failure::new(extent, reason)
}

impl Patience for TcpStream {
    fn wait_at_most(&mut self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time))
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
