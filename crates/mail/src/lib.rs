//! What Matrice writes to people.
//!
//! Lives here: every mail ([`Message`]), its words in every language, and the two layouts (plain text and
//! HTML) that all mails share. Pure: for whom it is, `store::letter` knows, and who sends it is another's business; it
//! depends on `contract` alone. To add a mail: a variant of [`Message`], its words in `en` and `fr`; the compiler asks
//! for both.
#![warn(missing_docs)]

mod en;
mod fr;
mod message;
mod render;
mod words;

pub use message::Message;
pub use render::{Mail, render};
