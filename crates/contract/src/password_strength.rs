//! How hard a password is to guess, judged alike by the API and the browser.
//!
//! zxcvbn has lists of common passwords, names and words, knows keyboards, dates and sequences, and estimates how
//! many guesses somebody who has them too would need.

use zxcvbn::{
    Score,
    feedback::{Suggestion, Warning},
    matching::patterns::MatchPattern,
    zxcvbn,
};

use crate::{DisplayName, Email, FieldErrors, Password, PasswordAdvice};

/// How hard a password is to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordStrength {
    /// From 0 to 4.
    pub score: u8,
    /// What is wrong with it and what would help; nothing where it is strong enough.
    pub advice: Vec<PasswordAdvice>,
}

impl PasswordStrength {
    /// The least score of a password that may be chosen: a hundred million guesses, which a slow hash makes too many.
    pub const ENOUGH: u8 = 3;

    /// How many characters are looked at: the work grows with their square, and a password that is weak that far is
    /// not to be relied on.
    const LOOKED_AT: usize = 40;

    /// What anybody would try here first.
    const PRODUCT: &'static str = "matrice";

    /// Judges a password of the person who has that address and that name.
    pub fn of(password: &str, email: &str, display_name: &str) -> Self {
        let password: String = password.chars().take(Self::LOOKED_AT).collect();
        let own = own_words(email, display_name);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let entropy = zxcvbn(&password, &[&own[..], &[Self::PRODUCT]].concat());
        let mut advice = Vec::new();
        if let Some(feedback) = entropy.feedback() {
            let is_own = |pattern: &MatchPattern| matches!(pattern, MatchPattern::Dictionary(found) if own.contains(&found.matched_word.as_str()));
            if entropy.sequence().iter().any(|found| is_own(&found.pattern)) {
                advice.push(PasswordAdvice::OwnWords);
            }
            advice.extend(feedback.warning().map(warning));
            advice.extend(feedback.suggestions().iter().copied().map(suggestion));
        }
        Self { score: score(entropy.score()), advice }
    }

    /// Refuses a password for `field` that is too easy to guess.
    pub fn require(
        field: &str,
        password: &Password,
        email: &Email,
        display_name: &DisplayName,
    ) -> Result<(), FieldErrors> {
        let strength = Self::of(password.expose(), email.as_str(), display_name.as_str());
        if strength.score >= Self::ENOUGH {
            Ok(())
        } else {
            Err(FieldErrors::too_weak(field, strength.advice))
        }
    }
}

/// The address and the name, whole, in parts, and run together.
fn own_words(email: &str, display_name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for text in [email, display_name] {
        let text = text.to_lowercase();
        let parts: Vec<_> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 2).collect();
        words.push(parts.concat());
        words.extend(parts.into_iter().map(str::to_owned));
        words.push(text);
    }
    words
}

fn score(score: Score) -> u8 {
    match score {
        Score::One => 1,
        Score::Two => 2,
        Score::Three => 3,
        Score::Four => 4,
        _ => 0,
    }
}

fn warning(warning: Warning) -> PasswordAdvice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => PasswordAdvice::KeyboardRow,
        Warning::ShortKeyboardPatternsAreEasyToGuess => PasswordAdvice::KeyboardPattern,
        Warning::RepeatsLikeAaaAreEasyToGuess => PasswordAdvice::RepeatedCharacter,
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => PasswordAdvice::RepeatedPattern,
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => {
            PasswordAdvice::CommonPassword
        }
        Warning::ThisIsSimilarToACommonlyUsedPassword => PasswordAdvice::SimilarToCommonPassword,
        Warning::SequencesLikeAbcAreEasyToGuess => PasswordAdvice::Sequence,
        Warning::RecentYearsAreEasyToGuess => PasswordAdvice::RecentYear,
        Warning::AWordByItselfIsEasyToGuess => PasswordAdvice::SingleWord,
        Warning::DatesAreOftenEasyToGuess => PasswordAdvice::Date,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => PasswordAdvice::Name,
    }
}

fn suggestion(suggestion: Suggestion) -> PasswordAdvice {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => PasswordAdvice::UseAFewWords,
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => PasswordAdvice::NoNeedForSymbols,
        Suggestion::AddAnotherWordOrTwo => PasswordAdvice::AddAnotherWord,
        Suggestion::CapitalizationDoesntHelpVeryMuch => PasswordAdvice::CapitalsHelpLittle,
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => PasswordAdvice::AllCapitalsHelpLittle,
        Suggestion::ReversedWordsArentMuchHarderToGuess => PasswordAdvice::ReversedWordsHelpLittle,
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => PasswordAdvice::SubstitutionsHelpLittle,
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => PasswordAdvice::UseALongerPattern,
        Suggestion::AvoidRepeatedWordsAndCharacters => PasswordAdvice::AvoidRepetition,
        Suggestion::AvoidSequences => PasswordAdvice::AvoidSequences,
        Suggestion::AvoidRecentYears => PasswordAdvice::AvoidRecentYears,
        Suggestion::AvoidYearsThatAreAssociatedWithYou => PasswordAdvice::AvoidYourYears,
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => PasswordAdvice::AvoidYourDates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PasswordAdvice as Advice;

    fn of(password: &str) -> PasswordStrength {
        PasswordStrength::of(password, "ada@example.org", "Ada Lovelace")
    }

    #[test]
    fn common_passwords_and_walks_over_the_keyboard_are_refused_however_long() {
        for password in [
            "password1234",
            "Password123!",
            "P@ssw0rd1234",
            "passwordpassword",
            "123456789012",
            "qwerty123456",
            "iloveyou1234",
            "letmeinletmein",
            "administrator",
            "welcome12345",
            "sunshine2024",
            "trustno1trustno1",
            "qwertyuiopasdf",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "1234qwerasdfzxcv",
            "asdfghjkl;'zxcvbnm",
            "abcdefghijkl",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            let strength = of(password);
            assert!(strength.score < PasswordStrength::ENOUGH, "{password}: {strength:?}");
            assert!(!strength.advice.is_empty(), "{password}");
        }
    }

    #[test]
    fn the_products_name_is_worth_nothing() {
        let (named, other) = (of("Matrice-2024"), of("Motrace-2024"));
        assert!(named.score < PasswordStrength::ENOUGH && other.score >= PasswordStrength::ENOUGH);
        assert!(!named.advice.contains(&Advice::OwnWords), "{named:?}");
    }

    #[test]
    fn a_few_words_are_accepted() {
        for password in [
            "correct horse battery staple",
            "a better battery staple",
            "violet harbour seven lanterns",
            "quatorze loutres paresseuses",
            "x6CQZ0vCVTjsJDT4KsCYT1tTkTqVzX0x",
            "漢字かな交じり文の合言葉です",
            &"one may stand for another, ".repeat(9),
        ] {
            let strength = of(password);
            assert!(strength.score >= PasswordStrength::ENOUGH, "{password}: {strength:?}");
            assert!(strength.advice.is_empty(), "{password}");
        }
    }

    #[test]
    fn ones_own_words_are_the_first_to_be_tried() {
        for password in
            ["adalovelace1", "Ada Lovelace 1", "ada@example.org", "lovelace1815!", "ecalevol ada1"]
        {
            let strength = of(password);
            assert!(strength.score < PasswordStrength::ENOUGH, "{password}: {strength:?}");
            assert!(strength.advice.contains(&Advice::OwnWords), "{password}: {strength:?}");
        }
        let strangers = PasswordStrength::of("adalovelace1", "grace@example.org", "Grace Hopper");
        assert!(!strangers.advice.contains(&Advice::OwnWords), "{strangers:?}");
    }

    #[test]
    fn advice_says_why_and_what_would_help() {
        assert_eq!(
            of("qwertyuiop[]").advice,
            [Advice::KeyboardRow, Advice::AddAnotherWord, Advice::UseALongerPattern]
        );
        let json = serde_json::to_string(&of("P@ssw0rd1234").advice).unwrap();
        assert_eq!(
            json,
            r#"["similar_to_common_password","add_another_word","capitals_help_little","substitutions_help_little"]"#
        );
    }
}
