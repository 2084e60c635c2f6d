//! What an SMTP client says and hears (RFC 5321), whatever the connection is made of.

use std::{
    fmt,
    io::{self, Read, Write},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// The longest line that is read, in bytes. RFC 5321 §4.5.3.1.5 allows 512; some relays don't count.
const LONGEST_LINE: usize = 2048;

/// The most lines of an answer.
const MOST_LINES: usize = 64;

/// Why a dialogue ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The relay said no: 4xx for now, 5xx for good.
    #[error("{0}")]
    Refused(Answer),
    /// The relay cannot take this mail.
    #[error("{0}")]
    Unsupported(&'static str),
    /// What was heard is not SMTP, or not what can be worked with.
    #[error("{0}")]
    Protocol(&'static str),
    /// The connection broke.
    #[error(transparent)]
    Connection(#[from] io::Error),
}

/// An answer of one or more lines (RFC 5321 §4.2).
#[derive(Debug)]
pub struct Answer {
    code: u16,
    lines: Vec<String>,
}

impl Answer {
    /// Whether the same command will never be taken (RFC 5321 §4.2.1).
    pub fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }

    /// The answer, if it is of that class: the first digit of its code.
    fn of_class(self, class: u16) -> Result<Self, Error> {
        match self.code / 100 {
            found if found == class => Ok(self),
            4 | 5 => Err(Error::Refused(self)),
            _ => Err(Error::Protocol("an answer to something else")),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.lines.join(" "))
    }
}

/// A dialogue on a connection.
pub struct Dialogue<S> {
    stream: S,
    /// What was received and not read yet.
    received: Vec<u8>,
    /// What the relay offers (RFC 5321 §4.1.1.1), in capitals.
    extensions: Vec<String>,
}

impl<S: Read + Write> Dialogue<S> {
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
        let parameters = self.parameters(sender.is_ascii() && recipient.is_ascii(), message.is_ascii())?;
        self.command(&format!("MAIL FROM:<{sender}>{parameters}"), 2)?;
        self.command(&format!("RCPT TO:<{recipient}>"), 2)?;
        self.command("DATA", 3)?;
        self.stream.write_all(&data(message))?;
        self.stream.flush()?;
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

/// A line of an answer: its code, whether it is the last, and its text (RFC 5321 §4.2.1).
fn parse(line: &str) -> Option<(u16, bool, &str)> {
    let (digits, rest) = line.split_at_checked(3)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let code = digits.parse().ok().filter(|code| (200..600).contains(code))?;
    match rest.split_at_checked(1) {
        None => Some((code, true, "")),
        Some((" ", text)) => Some((code, true, text)),
        Some(("-", text)) => Some((code, false, text)),
        Some(_) => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A relay that says what it always says, and keeps what it hears.
    struct Script {
        says: io::Cursor<Vec<u8>>,
        hears: Vec<u8>,
    }

    impl Read for Script {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.says.read(buffer)
        }
    }

    impl Write for Script {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.hears.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn relay(says: &str) -> Script {
        Script { says: io::Cursor::new(says.as_bytes().to_vec()), hears: Vec::new() }
    }

    fn heard(dialogue: &Dialogue<Script>) -> &str {
        std::str::from_utf8(&dialogue.stream.hears).unwrap()
    }

    #[test]
    fn a_mail_is_handed_over() {
        let mut dialogue = Dialogue::open(relay(
            "220 here\r\n250-here\r\n250-SIZE 1\r\n250 auth login PLAIN\r\n235 you\r\n250 a\r\n250 b\r\n354 go\r\n250 c\r\n",
        ))
        .unwrap();
        dialogue.hello("matrice.test").unwrap();
        dialogue.authenticate("ada", "secret").unwrap();
        dialogue.send("a@example.org", "b@example.org", b"Subject: x\r\n\r\n.dot").unwrap();
        dialogue.quit().unwrap();
        assert_eq!(
            heard(&dialogue),
            "EHLO matrice.test\r\nAUTH PLAIN AGFkYQBzZWNyZXQ=\r\nMAIL FROM:<a@example.org>\r\n\
             RCPT TO:<b@example.org>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n"
        );
    }

    #[test]
    fn login_where_that_alone_is_offered() {
        let mut dialogue = Dialogue::on(relay("250-here\r\n250 AUTH LOGIN\r\n334 u\r\n334 p\r\n535 no\r\n"));
        dialogue.hello("x").unwrap();
        let error = dialogue.authenticate("ada", "secret").unwrap_err();
        assert!(matches!(&error, Error::Refused(answer) if answer.is_permanent()), "{error}");
        assert_eq!(
            (error.to_string().as_str(), heard(&dialogue)),
            ("535 no", "EHLO x\r\nAUTH LOGIN\r\nYWRh\r\nc2VjcmV0\r\n")
        );
    }

    #[test]
    fn what_is_said_in_the_clear_does_not_count_on_tls() {
        for (says, started) in [
            ("250-here\r\n250 STARTTLS\r\n220 go\r\n", true),
            ("250-here\r\n250 STARTTLS\r\n220 go\r\n250 injected\r\n", false),
            ("250 STARTTLS\r\n220 go\r\n", false),
            ("250-here\r\n250 STARTTLS\r\n454 not now\r\n", false),
        ] {
            // The relay answers only when asked, save where all of it comes at once.
            let mut dialogue = Dialogue::on(relay(says));
            dialogue.hello("x").unwrap();
            let rest = dialogue.received.len();
            assert!(rest > 0);
            assert_eq!(dialogue.start_tls().is_ok(), started, "{says}");
        }
    }

    #[test]
    fn an_answer_is_bounded_and_of_one_code() {
        let long = format!("220 {}", "x".repeat(3 * LONGEST_LINE));
        for says in [
            "",
            "220 no end",
            "hello\r\n",
            "220x\r\n",
            "220-a\r\n250 b\r\n",
            "354 go\r\n",
            "+20 a\r\n",
            &long,
            &"220-a\r\n".repeat(MOST_LINES + 1),
        ] {
            assert!(
                matches!(Dialogue::open(relay(says)), Err(Error::Protocol(_) | Error::Connection(_))),
                "{says}"
            );
        }
        let refused = Dialogue::open(relay("421-a\r\n421\r\n")).err().unwrap();
        assert!(matches!(&refused, Error::Refused(answer) if !answer.is_permanent()), "{refused}");
    }

    #[test]
    fn an_address_that_is_not_ascii_needs_a_relay_that_takes_it() {
        for (offer, taken) in
            [("250-here\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n550 no\r\n", true), ("250 here\r\n", false)]
        {
            let mut dialogue = Dialogue::on(relay(offer));
            dialogue.hello("x").unwrap();
            let error = dialogue.send("a@example.org", "é@example.org", "é".as_bytes()).unwrap_err();
            assert_eq!(matches!(error, Error::Refused(_)), taken, "{error}");
            let said = "MAIL FROM:<a@example.org> BODY=8BITMIME SMTPUTF8\r\n";
            assert_eq!(heard(&dialogue).ends_with(said), taken);
        }
    }

    #[test]
    fn a_command_is_one_line() {
        let mut dialogue = Dialogue::on(relay("250 a\r\n"));
        assert!(dialogue.send("a@example.org>\r\nRSET", "b@example.org", b"").is_err());
        assert_eq!(heard(&dialogue), "");
    }

    #[test]
    fn lines_end_with_crlf_and_dots_are_doubled() {
        for (message, expected) in [
            ("", ".\r\n"),
            ("a", "a\r\n.\r\n"),
            (".\r\n.a.\r\n", "..\r\n..a.\r\n.\r\n"),
            ("a\n.\nb\r.\rc\r\n", "a\r\n..\r\nb\r\n..\r\nc\r\n.\r\n"),
        ] {
            assert_eq!(String::from_utf8(data(message.as_bytes())).unwrap(), expected);
        }
    }
}
