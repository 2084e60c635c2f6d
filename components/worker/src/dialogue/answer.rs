//! What a relay answers, and why a dialogue ends before its time.

use std::{fmt, io};

/// Why a dialogue ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The relay said no to this mail: 4xx for now, 5xx for good.
    #[error("{0}")]
    Refused(Answer),
    /// The relay said no to us: it would to any mail, until somebody sets it or us right.
    #[error("{0}")]
    Unwelcome(Answer),
    /// The relay cannot take this mail.
    #[error("{0}")]
    Unsupported(&'static str),
    /// What was heard is not SMTP, or not what can be worked with.
    #[error("{0}")]
    Protocol(&'static str),
    /// The relay let the time pass that it had.
    #[error("no answer in time")]
    Silent,
    /// The connection broke.
    #[error(transparent)]
    Connection(io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // What a socket says whose time has passed depends on the system.
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Silent,
            _ => Self::Connection(error),
        }
    }
}

impl Error {
    /// The same, of what was asked about a mail: its answer is about that alone, unless the relay closes (RFC 5321
    /// §3.8) or wants to know who sends (RFC 4954 §6).
    pub fn of_mail(self) -> Self {
        match self {
            Self::Unwelcome(answer) if !matches!(answer.code, 421 | 530 | 534 | 535 | 538) => {
                Self::Refused(answer)
            }
            other => other,
        }
    }
}

/// An answer of one or more lines (RFC 5321 §4.2).
#[derive(Debug)]
pub struct Answer {
    pub code: u16,
    pub lines: Vec<String>,
}

impl Answer {
    /// Whether the same command will never be taken (RFC 5321 §4.2.1).
    pub fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }

    /// The answer, if it is of that class: the first digit of its code.
    pub fn of_class(self, class: u16) -> Result<Self, Error> {
        match self.code / 100 {
            found if found == class => Ok(self),
            4 | 5 => Err(Error::Unwelcome(self)),
            _ => Err(Error::Protocol("an answer to something else")),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.lines.join(" "))
    }
}

/// A line of an answer: its code, whether it is the last, and its text (RFC 5321 §4.2.1).
pub fn parse(line: &str) -> Option<(u16, bool, &str)> {
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
