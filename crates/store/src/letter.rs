//! Writes a mail in its reader's language.

use anyhow::Context;
use contract::{Email, Locale, Me};
use mail::Message;
use platform::Result;
use uuid::Uuid;

use crate::{email_link::Reader, outbox::OutgoingMail};

/// A mail to an address; who reads it may be unknown. Their own choice of language wins over the browser's. It belongs
/// to their account where that has the address: one that is yet to be proven may be a stranger's.
pub fn write(
    to: &Email,
    reader: Option<&Reader>,
    language: Locale,
    message: &Message<'_>,
) -> Result<OutgoingMail> {
    let locale = reader.and_then(|reader| reader.locale).unwrap_or(language);
    let name = reader.map(|reader| reader.display_name.as_str());
    let mail = mail::render(message, locale, name).context("writing a mail")?;
    Ok(OutgoingMail {
        id: Uuid::now_v7(),
        user_id: reader.filter(|reader| reader.email == *to).map(|reader| reader.user_id),
        kind: message.kind(),
        recipient: to.clone(),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
    })
}

/// What both addresses of an account are told when the new one counts.
pub fn email_changed(before: &Reader, new: &Email, language: Locale) -> Result<[OutgoingMail; 2]> {
    let message = Message::EmailChanged { new_email: new.as_str() };
    let after = Reader { email: new.clone(), ..before.clone() };
    Ok([
        write(&before.email, Some(before), language, &message)?,
        write(new, Some(&after), language, &message)?,
    ])
}

/// The caller as a reader.
pub fn reader(me: &Me) -> Reader {
    Reader {
        user_id: me.id,
        email: me.email.clone(),
        display_name: me.display_name.clone(),
        locale: me.locale,
    }
}
