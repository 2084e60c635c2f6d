//! What an SMTP client says and hears (RFC 5321), whatever the connection is made of.

mod answer;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Read, Write},
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use self::answer::parse;
pub use self::answer::{Answer, Error};

/// How long a relay may look at a message before it says whether it takes it: it scans, and what it has taken it gets
/// again where that answer is not waited for. RFC 5321 §4.5.3.2.6 wants twice as much.
pub const SCAN_TIME: Duration = Duration::from_mins(5);

/// The longest line that is read, in bytes. RFC 5321 §4.5.3.1.5 allows 512; some relays don't count.
const LONGEST_LINE: usize = 2048;

/// The most lines of an answer.
const MOST_LINES: usize = 64;

/// A connection whose patience can be set.
pub trait Patience {
    /// From now on a read waits that long and no longer.
    fn wait_at_most(&mut self, time: Duration) -> io::Result<()>;
}

/// A dialogue on a connection.
pub struct Dialogue<S> {
    stream: S,
    /// What was received and not read yet.
    received: Vec<u8>,
    /// What the relay offers (RFC 5321 §4.1.1.1), in capitals.
    extensions: Vec<String>,
}

impl<S: Read + Write + Patience> Dialogue<S> {
    /// Hears the greeting.
    pub fn open(stream: S) -> Result<Self, Error> {
        let mut dialogue = Self::on(stream);
        dialogue.answer()?.of_class(2)?;
        Ok(dialogue)
    }

    /// Goes on where there is no greeting: on TLS after `STARTTLS`. Nothing that was said before counts.
    pub fn on(stream: S) -> Self {
        Self { stream, received: Vec::new(), extensions: Vec::new() }
    }

    /// Says who speaks, a domain or an address literal, and hears what is offered.
    pub fn hello(&mut self, name: &str) -> Result<(), Error> {
        let answer = self.command(&format!("EHLO {name}"), 2)?;
        self.extensions = answer.lines.iter().skip(1).map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Asks for TLS (RFC 3207 §4), and gives the connection back for its handshake.
    pub fn start_tls(mut self) -> Result<S, Error> {
        if !self.offers("STARTTLS") {
            return Err(Error::Protocol("the relay offers no STARTTLS"));
        }
        self.command("STARTTLS", 2)?;
        // Somebody on the way wrote it, to be taken for what the relay says on TLS.
        if !self.received.is_empty() {
            return Err(Error::Protocol("an answer in the clear after STARTTLS"));
        }
        Ok(self.stream)
    }

    /// Proves who sends (RFC 4954 §4): by `PLAIN` (RFC 4616), or `LOGIN` where that alone is offered.
    pub fn authenticate(&mut self, user: &str, password: &str) -> Result<(), Error> {
        if self.offers_authentication("PLAIN") {
            let secret = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
            self.command(&format!("AUTH PLAIN {secret}"), 2)?;
        } else if self.offers_authentication("LOGIN") {
            self.command("AUTH LOGIN", 3)?;
            self.command(&BASE64_STANDARD.encode(user), 3)?;
            self.command(&BASE64_STANDARD.encode(password), 2)?;
        } else {
            return Err(Error::Protocol("the relay offers neither AUTH PLAIN nor AUTH LOGIN"));
        }
        Ok(())
    }

    /// Hands a message over (RFC 5321 §3.3).
    pub fn send(&mut self, sender: &str, recipient: &str, message: &[u8]) -> Result<(), Error> {
        self.transfer(sender, recipient, message).map_err(Error::of_mail)
    }

    fn transfer(&mut self, sender: &str, recipient: &str, message: &[u8]) -> Result<(), Error> {
        let parameters = self.parameters(sender.is_ascii() && recipient.is_ascii(), message.is_ascii())?;
        self.command(&format!("MAIL FROM:<{sender}>{parameters}"), 2)?;
        self.command(&format!("RCPT TO:<{recipient}>"), 2)?;
        self.command("DATA", 3)?;
        self.stream.write_all(&data(message))?;
        self.stream.flush()?;
        self.stream.wait_at_most(SCAN_TIME)?;
        self.answer()?.of_class(2)?;
        Ok(())
    }

    /// Takes leave. The answer is not waited for: what has been taken must not be sent again because that is missing.
    pub fn quit(&mut self) -> Result<(), Error> {
        self.say("QUIT")
    }

    /// What `MAIL` must say of a mail that is not ASCII (RFC 6531 §3.4, RFC 6152 §3).
    fn parameters(&self, ascii_addresses: bool, ascii_message: bool) -> Result<String, Error> {
        let mut parameters = String::new();
        if !ascii_message {
            if !self.offers("8BITMIME") {
                return Err(Error::Unsupported("the relay offers no 8BITMIME"));
            }
            parameters.push_str(" BODY=8BITMIME");
        }
        if !ascii_addresses {
            if !self.offers("SMTPUTF8") {
                return Err(Error::Unsupported("the relay offers no SMTPUTF8"));
            }
            parameters.push_str(" SMTPUTF8");
        }
        Ok(parameters)
    }

    fn offers(&self, keyword: &str) -> bool {
        self.extensions.iter().any(|extension| extension.split_ascii_whitespace().next() == Some(keyword))
    }

    fn offers_authentication(&self, mechanism: &str) -> bool {
        self.extensions.iter().any(|extension| {
            let mut words = extension.split_ascii_whitespace();
            words.next() == Some("AUTH") && words.any(|word| word == mechanism)
        })
    }

    fn command(&mut self, command: &str, class: u16) -> Result<Answer, Error> {
        self.say(command)?;
        self.answer()?.of_class(class)
    }

    fn say(&mut self, command: &str) -> Result<(), Error> {
        if command.contains(['\r', '\n']) {
            return Err(Error::Protocol("a command of several lines"));
        }
        self.stream.write_all(format!("{command}\r\n").as_bytes())?;
        Ok(self.stream.flush()?)
    }

    fn answer(&mut self) -> Result<Answer, Error> {
        let mut lines = Vec::new();
        let mut first = None;
        while lines.len() < MOST_LINES {
            let line = self.line()?;
            let (code, last, text) = parse(&line).ok_or(Error::Protocol("an answer that is not SMTP"))?;
            if *first.get_or_insert(code) != code {
                return Err(Error::Protocol("an answer of several codes"));
            }
            lines.push(text.to_owned());
            if last {
                return Ok(Answer { code, lines });
            }
        }
        Err(Error::Protocol("an answer of too many lines"))
    }

    /// A line, without its end.
    fn line(&mut self) -> Result<String, Error> {
        loop {
            if let Some(end) = self.received.iter().position(|&byte| byte == b'\n') {
                let line: Vec<u8> = self.received.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.received.len() > LONGEST_LINE {
                return Err(Error::Protocol("an answer of too long a line"));
            }
            let mut chunk = [0; 1024];
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Ok(length) => self.received.extend(chunk.iter().take(length)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A message as `DATA` carries it, and its end: lines end with CRLF alone, and no dot at the start of one ends it
/// (RFC 5321 §2.3.8, §4.5.2).
fn data(message: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(message.len() + 64);
    let mut bytes = message.iter().copied().peekable();
    let mut at_start = true;
    while let Some(byte) = bytes.next() {
        if matches!(byte, b'\r' | b'\n') {
            if byte == b'\r' {
                bytes.next_if_eq(&b'\n');
            }
            data.extend(b"\r\n");
            at_start = true;
            continue;
        }
        if at_start && byte == b'.' {
            data.push(b'.');
        }
        data.push(byte);
        at_start = false;
    }
    if !at_start {
        data.extend(b"\r\n");
    }
    data.extend(b".\r\n");
    data
}
