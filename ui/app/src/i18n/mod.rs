//! The texts of the UI, in every language.
//!
//! A module for each part of the UI, with a field for every text of it, so that a language which lacks one doesn't
//! compile. Views say `tr(|t| t.users().title)`: what only one page says is downloaded with that page. To add a
//! text: a field of its module, and a line in each language's table there; to add a part: a module, and a line in
//! `parts!`.

mod account;
mod api_keys;
mod applications;
mod authorize;
mod built_in_roles;
mod challenge;
mod client_fields;
mod code;
mod common;
mod confirm_email;
mod conflict;
mod consents;
mod email;
mod en;
mod field;
mod fr;
mod home;
mod identities;
mod invitations;
mod list;
mod mails;
mod new_password;
mod no_password;
mod not_found;
mod own_data;
mod passkey;
mod passkeys;
mod password;
mod provider_return;
mod roles;
mod scopes;
mod second_factor;
mod security;
mod setup;
mod shell;
mod sign_in;
mod sign_in_with;
mod sign_up;
mod step_up;
mod user;
mod users;

use contract::{FieldError, Locale, Permission, ProblemCode};
use leptos::prelude::*;

use crate::browser;

const STORED: &str = "matrice.locale";

/// Picks one text out of a language's.
pub type TextKey = fn(Text) -> &'static str;

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(Locale);

impl Text {
    /// The texts in a language.
    pub const fn of(locale: Locale) -> Self {
        Self(locale)
    }

    /// Why the API refused.
    pub fn problem(self, code: ProblemCode) -> &'static str {
        match self.0 {
            Locale::En => en::problem(code),
            Locale::Fr => fr::problem(code),
        }
    }

    /// Why a field is refused.
    pub fn field_error(self, error: &FieldError) -> String {
        match self.0 {
            Locale::En => en::field_error(error),
            Locale::Fr => fr::field_error(error),
        }
    }

    /// What a permission allows.
    pub fn permission(self, permission: Permission) -> &'static str {
        match self.0 {
            Locale::En => en::permission(permission),
            Locale::Fr => fr::permission(permission),
        }
    }

    /// The same as a line of its own.
    pub fn permission_title(self, permission: Permission) -> String {
        capitalized(self.permission(permission))
    }

    fn pick<T>(self, en: &'static T, fr: &'static T) -> &'static T {
        match self.0 {
            Locale::En => en,
            Locale::Fr => fr,
        }
    }
}

/// A method of [`Text`] for each part of the UI.
macro_rules! parts {
    ($($part:ident: $texts:ident,)+) => {
        impl Text {
            $(pub fn $part(self) -> &'static $part::$texts {
                self.pick(&$part::EN, &$part::FR)
            })+

            #[cfg(test)]
            fn parts(self) -> Vec<&'static dyn std::fmt::Debug> {
                vec![$(self.$part()),+]
            }
        }
    };
}

parts! {
    account: Account,
    api_keys: ApiKeys,
    applications: Applications,
    authorize: Authorize,
    built_in_roles: BuiltInRoles,
    challenge: Challenge,
    client_fields: ClientFields,
    code: Code,
    common: Common,
    confirm_email: ConfirmEmail,
    conflict: Conflict,
    consents: Consents,
    email: Email,
    field: Field,
    home: Home,
    identities: Identities,
    invitations: Invitations,
    list: List,
    mails: Mails,
    new_password: NewPassword,
    no_password: NoPassword,
    not_found: NotFound,
    own_data: OwnData,
    passkey: Passkey,
    passkeys: Passkeys,
    password: Password,
    provider_return: ProviderReturn,
    roles: Roles,
    scopes: Scopes,
    second_factor: SecondFactor,
    security: Security,
    setup: Setup,
    shell: Shell,
    sign_in: SignIn,
    sign_in_with: SignInWith,
    sign_up: SignUp,
    step_up: StepUp,
    user: User,
    users: Users,
}

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
    pub fn text(self) -> Text {
        Text(self.0.get())
    }

    /// The texts of this moment.
    pub fn text_untracked(self) -> Text {
        Text(self.0.get_untracked())
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

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

fn choose(tags: impl Iterator<Item = String>) -> Locale {
    tags.into_iter().find_map(|tag| Locale::parse(&tag).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use contract::{FieldCode, FieldRule};

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
            let text = Text::of(locale);
            for part in text.parts() {
                let debug = format!("{part:?}");
                assert!(!debug.contains("\"\""), "an empty text in {locale:?}: {debug}");
            }
            for code in ProblemCode::ALL {
                assert!(!text.problem(*code).is_empty(), "{code:?} in {locale:?}");
            }
            for permission in Permission::ALL {
                assert!(!text.permission(permission).is_empty());
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
                FieldCode::TooWeak,
            ] {
                let error = FieldError::new("password", FieldRule { code, limit: Some(12) });
                assert!(!text.field_error(&error).is_empty());
            }
        }
    }

    #[test]
    fn a_wrong_password_is_not_called_a_wrong_value() {
        let error = |field: &str| FieldError::new(field, FieldRule::new(FieldCode::Wrong));
        for locale in Locale::ALL {
            let text = Text::of(locale);
            assert_ne!(text.field_error(&error("current_password")), text.field_error(&error("other")));
        }
    }

    #[test]
    fn a_bound_is_named() {
        let error = FieldError::new("password", FieldRule { code: FieldCode::TooShort, limit: Some(12) });
        for locale in Locale::ALL {
            assert!(Text::of(locale).field_error(&error).contains("12"));
        }
    }
}
