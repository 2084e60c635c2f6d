//! What is said to somebody whose password is easy to guess.

use serde::{Deserialize, Serialize};

/// What is wrong with a password, or would make it better; stable, so that clients translate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasswordAdvice {
    /// It is made of the person's own name or address.
    OwnWords,
    /// It is one of the most used passwords.
    CommonPassword,
    /// It is like a much used password.
    SimilarToCommonPassword,
    /// It is one word.
    SingleWord,
    /// It is a name.
    Name,
    /// It is a straight row of keys.
    KeyboardRow,
    /// It is a short pattern on the keyboard.
    KeyboardPattern,
    /// It repeats a character, as in `aaa`.
    RepeatedCharacter,
    /// It repeats a pattern, as in `abcabc`.
    RepeatedPattern,
    /// It is a sequence, as in `abc` or `6543`.
    Sequence,
    /// It has a recent year.
    RecentYear,
    /// It has a date.
    Date,
    /// Use a few words, and no common phrase.
    UseAFewWords,
    /// Symbols, digits and capitals aren't needed.
    NoNeedForSymbols,
    /// Another word or two would help; uncommon ones are better.
    AddAnotherWord,
    /// Capitals don't help much.
    CapitalsHelpLittle,
    /// All capitals are as easy to guess as none.
    AllCapitalsHelpLittle,
    /// Words spelt backwards are as easy to guess.
    ReversedWordsHelpLittle,
    /// Substitutions such as `@` for `a` don't help much.
    SubstitutionsHelpLittle,
    /// A longer pattern with more turns would help.
    UseALongerPattern,
    /// Avoid words and characters that repeat.
    AvoidRepetition,
    /// Avoid sequences.
    AvoidSequences,
    /// Avoid recent years.
    AvoidRecentYears,
    /// Avoid years that have to do with you.
    AvoidYourYears,
    /// Avoid dates and years that have to do with you.
    AvoidYourDates,
}
