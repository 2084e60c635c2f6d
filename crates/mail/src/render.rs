//! The two layouts.

use askama::Template;
use contract::Locale;

use crate::{
    Message,
    words::{self, Frame, Words},
};

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The subject: one line.
    pub subject: String,
    /// For readers of plain text.
    pub text: String,
    /// For everybody else: one document, without anything to be fetched.
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct TextLayout<'a> {
    greeting: &'a str,
    words: &'a Words,
    frame: &'a Frame,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlLayout<'a> {
    language: &'static str,
    greeting: &'a str,
    words: &'a Words,
    frame: &'a Frame,
}

/// Writes a mail to somebody called `name`, where that is known.
pub fn render(message: &Message<'_>, locale: Locale, name: Option<&str>) -> Result<Mail, askama::Error> {
    let (words, frame) = words::of(message, locale);
    let greeting = (frame.greeting)(name);
    let text = TextLayout { greeting: &greeting, words: &words, frame }.render()?;
    let html =
        HtmlLayout { language: locale.as_str(), greeting: &greeting, words: &words, frame }.render()?;
    Ok(Mail { subject: words.subject, text, html })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    const LINK: &str = "https://matrice.example/reset-password?a=1&token=mtp_x";

    #[test]
    fn reads_as_text() {
        let mail = render(&Message::PasswordReset { link: LINK }, Locale::En, Some("Ada")).unwrap();
        assert_eq!(mail.subject, "Choose a new password");
        assert_eq!(
            mail.text,
            format!(
                "Hello Ada,\n\nYou asked for a new password.\n\nChoose a new password:\n{LINK}\n\n\
                 The link works once, for 30 minutes. Your other sessions end when you use it.\n\n\
                 If this wasn’t you, you can ignore this mail: nothing changes.\n\n-- \n\
                 Matrice wrote this by itself; an answer would reach nobody."
            )
        );
    }

    #[test]
    fn what_people_chose_is_never_markup() {
        let message = Message::Invitation { inviter: "<b>Eve</b>", link: "https://x.example/?q=\"><script>" };
        let mail = render(&message, Locale::Fr, Some("<i>Ada</i>")).unwrap();
        for markup in ["<b>", "<i>", "<script>"] {
            assert!(!mail.html.contains(markup), "{markup}");
        }
        assert!(mail.html.contains("lang=\"fr\""));
    }

    #[test]
    fn dates_are_in_the_readers_language() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let message = Message::NewDevice { device: "Firefox", address: "192.0.2.1", at, sessions: LINK };
        let text = |locale| render(&message, locale, None).unwrap().text;
        assert!(text(Locale::En).contains("21 September 2026 at 14:13 UTC"), "{}", text(Locale::En));
        assert!(text(Locale::Fr).contains("21 septembre 2026 à 14:13 UTC"), "{}", text(Locale::Fr));
    }

    #[test]
    fn whoever_is_out_of_codes_is_told() {
        let text = |left, locale| {
            render(&Message::RecoveryCodeUsed { left, forgot_password: LINK }, locale, None).unwrap().text
        };
        assert!(text(9, Locale::En).contains("\n9 are left.\n"), "{}", text(9, Locale::En));
        assert!(text(0, Locale::En).contains("It was the last one"), "{}", text(0, Locale::En));
        assert!(text(1, Locale::Fr).contains("Il en reste un\u{a0}:"), "{}", text(1, Locale::Fr));
    }
}
