//! The texts of the UI, in every language.
//!
//! [`Text`] has a field for every text, so that a language which lacks one doesn't compile. Views say
//! `tr(|t| t.users.title)`; to add a text: a field in [`Text`], a line in each language's table.

mod en;
mod fr;
mod text;

pub use text::Text;

use contract::Locale;
use leptos::prelude::*;

use crate::browser;

const STORED: &str = "matrice.locale";

/// Picks one text out of a language's table.
pub type TextKey = fn(&'static Text) -> &'static str;

/// The language that the person reads; a change shows at once.
#[derive(Debug, Clone, Copy)]
pub struct Language(RwSignal<Locale>);

impl Language {
    /// The language chosen in this browser, else the first of its preferred ones that there is.
    pub fn provide() -> Self {
        let tags = browser::stored(STORED).into_iter().chain(browser::preferred_languages());
        let language = Self(RwSignal::new(choose(tags)));
        Effect::new(move || browser::set_root_attribute("lang", Some(language.0.get().as_str())));
        provide_context(language);
        language
    }

    /// The language, tracked.
    pub fn get(self) -> Locale {
        self.0.get()
    }

    /// Changes the language, and keeps it in this browser.
    pub fn set(self, locale: Locale) {
        browser::store(STORED, locale.as_str());
        self.0.set(locale);
    }

    /// The texts, tracked.
    pub fn text(self) -> &'static Text {
        table(self.0.get())
    }

    /// The texts of this moment.
    pub fn text_untracked(self) -> &'static Text {
        table(self.0.get_untracked())
    }
}

/// The language of the component that asks.
pub fn use_language() -> Language {
    expect_context()
}

/// A text that follows the language.
pub fn tr(key: TextKey) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let language = use_language();
    move || key(language.text())
}

/// As [`tr`], for parts that take a signal.
pub fn words(key: TextKey) -> Signal<String> {
    let language = use_language();
    Signal::derive(move || key(language.text()).to_owned())
}

/// A language's texts.
pub fn table(locale: Locale) -> &'static Text {
    match locale {
        Locale::En => &en::TEXT,
        Locale::Fr => &fr::TEXT,
    }
}

fn choose(tags: impl Iterator<Item = String>) -> Locale {
    tags.into_iter().find_map(|tag| Locale::parse(&tag).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use contract::{FieldCode, FieldError, Permission, ProblemCode};

    use super::*;

    #[test]
    fn the_first_language_that_there_is() {
        let choose = |tags: &[&str]| choose(tags.iter().map(ToString::to_string));
        assert_eq!(choose(&["de-CH", "fr-CH", "en"]), Locale::Fr);
        assert_eq!(choose(&["de", "it"]), Locale::En);
        assert_eq!(choose(&[]), Locale::En);
    }

    /// The tables are complete because they compile; here: that nothing in them is empty, and that
    /// what is made of values has a text for each of them.
    #[test]
    fn nothing_is_left_unsaid() {
        for locale in Locale::ALL {
            let text = table(locale);
            let debug = format!("{text:?}");
            assert!(!debug.contains("\"\""), "an empty text in {locale:?}");
            for code in ProblemCode::ALL {
                assert!(!(text.problem)(*code).is_empty(), "{code:?} in {locale:?}");
            }
            for permission in Permission::ALL {
                assert!(!(text.permission)(permission).is_empty());
            }
            for code in [
                FieldCode::Required,
                FieldCode::TooShort,
                FieldCode::TooLong,
                FieldCode::InvalidFormat,
                FieldCode::UnknownValue,
                FieldCode::Taken,
                FieldCode::Wrong,
                FieldCode::DomainNotAllowed,
            ] {
                let error = FieldError { field: "password".into(), code, limit: Some(12) };
                assert!(!(text.field_error)(&error).is_empty());
            }
        }
    }

    #[test]
    fn a_wrong_password_is_not_called_a_wrong_value() {
        let error = |field: &str| FieldError { field: field.into(), code: FieldCode::Wrong, limit: None };
        for locale in Locale::ALL {
            let text = table(locale);
            assert_ne!((text.field_error)(&error("current_password")), (text.field_error)(&error("other")));
        }
    }

    #[test]
    fn a_bound_is_named() {
        let error = FieldError { field: "password".into(), code: FieldCode::TooShort, limit: Some(12) };
        for locale in Locale::ALL {
            assert!((table(locale).field_error)(&error).contains("12"));
        }
    }
}
