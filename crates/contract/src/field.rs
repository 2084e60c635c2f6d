//! Field rules: how a field refuses a value, and how the refusals of a form are collected.

use serde::{Deserialize, Serialize};

use crate::PasswordAdvice;

/// Why a field's value is refused; stable, so that clients translate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// Empty or missing.
    Required,
    /// Fewer characters than `limit`.
    TooShort,
    /// More characters, or items of a list, than `limit`.
    TooLong,
    /// Not of the field's form.
    InvalidFormat,
    /// Not one of the known values.
    UnknownValue,
    /// Already in use.
    Taken,
    /// Not what it is known to be: a wrong current password.
    Wrong,
    /// An address of a domain that may not sign up.
    DomainNotAllowed,
    /// A password that is easy to guess; `advice` says why, and what would help.
    TooWeak,
}

/// A value's refusal, before it is known which field holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldRule {
    /// Why.
    pub code: FieldCode,
    /// The bound that was broken, in characters or items, for [`FieldCode::TooShort`] and [`FieldCode::TooLong`].
    pub limit: Option<u32>,
}

impl FieldRule {
    /// A refusal without a bound.
    pub const fn new(code: FieldCode) -> Self {
        Self { code, limit: None }
    }

    /// Refuses a list of more than `max` items.
    pub fn items<T>(list: &[T], max: u32) -> Result<(), Self> {
        if list.len() > max as usize {
            return Err(Self { code: FieldCode::TooLong, limit: Some(max) });
        }
        Ok(())
    }

    /// Refuses text shorter than `min` or longer than `max` characters; empty text is `Required`.
    pub fn length(text: &str, min: u32, max: u32) -> Result<(), Self> {
        let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if characters == 0 {
            Err(Self::new(FieldCode::Required))
        } else if characters < min {
            Err(Self { code: FieldCode::TooShort, limit: Some(min) })
        } else if characters > max {
            Err(Self { code: FieldCode::TooLong, limit: Some(max) })
        } else {
            Ok(())
        }
    }
}

/// Trims a line of text and refuses it where it is empty, longer than `max` characters, or has control characters.
pub(crate) fn line(text: &str, max: u32) -> Result<String, FieldRule> {
    let text = text.trim();
    FieldRule::length(text, 1, max)?;
    if text.chars().any(char::is_control) {
        return Err(FieldRule::new(FieldCode::InvalidFormat));
    }
    Ok(text.to_owned())
}

/// One refused field of a request, as it appears in a [`Problem`](crate::Problem).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name in the request body or query string.
    pub field: String,
    /// Why it is refused.
    pub code: FieldCode,
    /// The bound that was broken, in characters or items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What is wrong with a password that is `too_weak`, and what would help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<PasswordAdvice>,
}

impl FieldError {
    /// A field that refused its value.
    pub fn new(field: &str, FieldRule { code, limit }: FieldRule) -> Self {
        Self { field: field.to_owned(), code, limit, advice: Vec::new() }
    }
}

/// Every refused field of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// One refused field.
    pub fn one(field: &str, rule: FieldRule) -> Self {
        let mut errors = Self::default();
        errors.push(field, rule);
        errors
    }

    /// One password that is easy to guess.
    pub fn too_weak(field: &str, advice: Vec<PasswordAdvice>) -> Self {
        Self(vec![FieldError { advice, ..FieldError::new(field, FieldRule::new(FieldCode::TooWeak)) }])
    }

    /// Keeps the value of `result`, or notes that `field` refused it.
    pub fn take<T>(&mut self, field: &str, result: Result<T, FieldRule>) -> Option<T> {
        result.map_err(|rule| self.push(field, rule)).ok()
    }

    /// As [`take`](Self::take), for a field that may be absent: `Some(None)` where it is.
    pub fn take_optional<V: ?Sized, T>(
        &mut self,
        field: &str,
        value: Option<&V>,
        parse: impl FnOnce(&V) -> Result<T, FieldRule>,
    ) -> Option<Option<T>> {
        match value {
            None => Some(None),
            Some(value) => self.take(field, parse(value)).map(Some),
        }
    }

    /// Whether nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refusals, as they are.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// The refusals, in the order in which the fields were read.
    pub fn into_vec(self) -> Vec<FieldError> {
        self.0
    }

    fn push(&mut self, field: &str, rule: FieldRule) {
        self.0.push(FieldError::new(field, rule));
    }
}
