//! How hard a password is to guess, and what would help.

use contract::PasswordAdvice;

#[derive(Debug)]
pub struct NewPassword {
    pub strength: &'static str,
    /// From 0 to 4.
    pub score: fn(u8) -> &'static str,
    pub advice: fn(PasswordAdvice) -> &'static str,
}

pub static EN: NewPassword = NewPassword {
    strength: "Password strength",
    score: |score| match score {
        0 => "Very easy to guess",
        1 => "Easy to guess",
        2 => "Still too easy to guess",
        3 => "Hard to guess",
        _ => "Very hard to guess",
    },
    advice: |advice| match advice {
        PasswordAdvice::OwnWords => "It has your own name or address in it.",
        PasswordAdvice::CommonPassword => "Many people use this password.",
        PasswordAdvice::SimilarToCommonPassword => "It is like a password that many people use.",
        PasswordAdvice::SingleWord => "A single word is easy to guess.",
        PasswordAdvice::Name => "Names are easy to guess.",
        PasswordAdvice::KeyboardRow => "A straight row of keys is easy to guess.",
        PasswordAdvice::KeyboardPattern => "A short pattern on the keyboard is easy to guess.",
        PasswordAdvice::RepeatedCharacter => "Repeated characters such as “aaa” are easy to guess.",
        PasswordAdvice::RepeatedPattern => "“abcabc” is hardly harder to guess than “abc”.",
        PasswordAdvice::Sequence => "Sequences such as “abc” or “6543” are easy to guess.",
        PasswordAdvice::RecentYear => "Recent years are easy to guess.",
        PasswordAdvice::Date => "Dates are often easy to guess.",
        PasswordAdvice::UseAFewWords => "Use a few words, but no well-known phrase.",
        PasswordAdvice::NoNeedForSymbols => "Symbols, digits and capitals aren’t needed.",
        PasswordAdvice::AddAnotherWord => "Add another word or two, uncommon ones.",
        PasswordAdvice::CapitalsHelpLittle => "Capitals don’t help much.",
        PasswordAdvice::AllCapitalsHelpLittle => "All capitals are as easy to guess as none.",
        PasswordAdvice::ReversedWordsHelpLittle => "Words spelt backwards are hardly harder to guess.",
        PasswordAdvice::SubstitutionsHelpLittle => "Substitutions such as “@” for “a” don’t help much.",
        PasswordAdvice::UseALongerPattern => "Use a longer pattern of keys, with more turns.",
        PasswordAdvice::AvoidRepetition => "Avoid words and characters that repeat.",
        PasswordAdvice::AvoidSequences => "Avoid sequences.",
        PasswordAdvice::AvoidRecentYears => "Avoid recent years.",
        PasswordAdvice::AvoidYourYears => "Avoid years that have to do with you.",
        PasswordAdvice::AvoidYourDates => "Avoid dates and years that have to do with you.",
    },
};

pub static FR: NewPassword = NewPassword {
    strength: "Robustesse du mot de passe",
    score: |score| match score {
        0 => "Très facile à deviner",
        1 => "Facile à deviner",
        2 => "Encore trop facile à deviner",
        3 => "Difficile à deviner",
        _ => "Très difficile à deviner",
    },
    advice: |advice| match advice {
        PasswordAdvice::OwnWords => "Il contient votre nom ou votre adresse.",
        PasswordAdvice::CommonPassword => "Beaucoup de gens utilisent ce mot de passe.",
        PasswordAdvice::SimilarToCommonPassword => {
            "Il ressemble à un mot de passe que beaucoup de gens utilisent."
        }
        PasswordAdvice::SingleWord => "Un mot seul est facile à deviner.",
        PasswordAdvice::Name => "Les noms et les prénoms sont faciles à deviner.",
        PasswordAdvice::KeyboardRow => "Une rangée de touches est facile à deviner.",
        PasswordAdvice::KeyboardPattern => "Un motif court sur le clavier est facile à deviner.",
        PasswordAdvice::RepeatedCharacter => "Les caractères répétés, comme « aaa », sont faciles à deviner.",
        PasswordAdvice::RepeatedPattern => "« abcabc » est à peine plus difficile à deviner que « abc ».",
        PasswordAdvice::Sequence => "Les suites, comme « abc » ou « 6543 », sont faciles à deviner.",
        PasswordAdvice::RecentYear => "Les années récentes sont faciles à deviner.",
        PasswordAdvice::Date => "Les dates sont souvent faciles à deviner.",
        PasswordAdvice::UseAFewWords => "Utilisez quelques mots, mais pas une expression connue.",
        PasswordAdvice::NoNeedForSymbols => "Symboles, chiffres et majuscules ne sont pas nécessaires.",
        PasswordAdvice::AddAnotherWord => "Ajoutez un mot ou deux, peu courants.",
        PasswordAdvice::CapitalsHelpLittle => "Les majuscules n’aident guère.",
        PasswordAdvice::AllCapitalsHelpLittle => {
            "Tout en majuscules est aussi facile à deviner que tout en minuscules."
        }
        PasswordAdvice::ReversedWordsHelpLittle => {
            "Les mots à l’envers sont à peine plus difficiles à deviner."
        }
        PasswordAdvice::SubstitutionsHelpLittle => "Remplacer « a » par « @ » et le reste n’aide guère.",
        PasswordAdvice::UseALongerPattern => "Utilisez un motif plus long, qui change plus souvent de sens.",
        PasswordAdvice::AvoidRepetition => "Évitez les mots et les caractères qui se répètent.",
        PasswordAdvice::AvoidSequences => "Évitez les suites.",
        PasswordAdvice::AvoidRecentYears => "Évitez les années récentes.",
        PasswordAdvice::AvoidYourYears => "Évitez les années qui vous concernent.",
        PasswordAdvice::AvoidYourDates => "Évitez les dates et les années qui vous concernent.",
    },
};
