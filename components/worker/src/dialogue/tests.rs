//! Dialogues with a relay that has its answers ready.

use super::*;

/// A relay that says what it always says, and keeps what it hears.
struct Script {
    says: io::Cursor<Vec<u8>>,
    hears: Vec<u8>,
    /// How much it had heard when it was given more time.
    patient_from: Option<usize>,
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

impl Patience for Script {
    fn wait_at_most(&mut self, time: Duration) -> io::Result<()> {
        assert_eq!(time, SCAN_TIME);
        self.patient_from = Some(self.hears.len());
        Ok(())
    }
}

fn relay(says: &str) -> Script {
    Script { says: io::Cursor::new(says.as_bytes().to_vec()), hears: Vec::new(), patient_from: None }
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
    let whole = dialogue.stream.hears.len();
    assert_eq!(dialogue.stream.patient_from, Some(whole), "it has time once it has the message");
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
    assert!(matches!(&error, Error::Unwelcome(answer) if answer.code == 535), "{error}");
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
    assert!(matches!(&refused, Error::Unwelcome(answer) if !answer.is_permanent()), "{refused}");
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

#[test]
fn a_refusal_is_of_the_mail_or_of_us() {
    let refused = |says: &str| {
        let mut dialogue = Dialogue::on(relay(says));
        dialogue.send("a@example.org", "b@example.org", b"x").unwrap_err()
    };
    for (says, code) in [
        ("550 no such sender\r\n", 550),
        ("250 a\r\n451 greylisted\r\n", 451),
        ("250 a\r\n250 b\r\n554 no\r\n", 554),
        ("250 a\r\n250 b\r\n354 go\r\n552 too much\r\n", 552),
    ] {
        assert!(matches!(refused(says), Error::Refused(answer) if answer.code == code), "{says}");
    }
    for (says, code) in [
        ("421 closing\r\n", 421),
        ("530 authentication required\r\n", 530),
        ("250 a\r\n421 closing\r\n", 421),
        ("250 a\r\n250 b\r\n354 go\r\n421 closing\r\n", 421),
    ] {
        assert!(matches!(refused(says), Error::Unwelcome(answer) if answer.code == code), "{says}");
    }
    let greeting = Dialogue::open(relay("554 not you\r\n")).err().unwrap();
    assert!(matches!(greeting, Error::Unwelcome(answer) if answer.code == 554));
    let hello = Dialogue::on(relay("550 who?\r\n")).hello("x").unwrap_err();
    assert!(matches!(hello, Error::Unwelcome(answer) if answer.code == 550));
}

#[test]
fn whoever_says_nothing_in_time_is_silent() {
    for kind in [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut] {
        assert_eq!(Error::from(io::Error::from(kind)).to_string(), "no answer in time");
    }
    assert!(matches!(Error::from(io::Error::from(io::ErrorKind::ConnectionReset)), Error::Connection(_)));
}
