//! What a mail says, before it has a layout.

use contract::Locale;

use crate::{Message, en, fr};

/// The words of one mail.
pub struct Words {
    pub subject: String,
    /// One string a paragraph.
    pub before: Vec<String>,
    /// What to press, and where it leads.
    pub action: Option<Action>,
    pub after: Vec<String>,
}

pub struct Action {
    pub label: &'static str,
    pub link: String,
}

/// The words that every mail of a language shares.
pub struct Frame {
    pub greeting: fn(name: Option<&str>) -> String,
    /// Between the words and the link, in plain text.
    pub colon: &'static str,
    /// Above the link, where the button can't be pressed.
    pub copy_link: &'static str,
    pub footer: &'static str,
}

impl Words {
    pub fn new(subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), before: Vec::new(), action: None, after: Vec::new() }
    }

    /// Adds a paragraph: above the action where there is none yet, else below it.
    pub fn say(mut self, paragraph: impl Into<String>) -> Self {
        let paragraphs = if self.action.is_none() { &mut self.before } else { &mut self.after };
        paragraphs.push(paragraph.into());
        self
    }

    pub fn ask(mut self, label: &'static str, link: &str) -> Self {
        self.action = Some(Action { label, link: link.to_owned() });
        self
    }
}

pub fn of(message: &Message<'_>, locale: Locale) -> (Words, &'static Frame) {
    match locale {
        Locale::En => (en::words(message), &en::FRAME),
        Locale::Fr => (fr::words(message), &fr::FRAME),
    }
}
