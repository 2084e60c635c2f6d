//! Opaque cursors: where a page ended, so that the next begins behind it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contract::{FieldCode, FieldErrors, FieldRule, Limit, Page};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, extract::Query, problem::refuse_field};

/// Writes a position as text that a client hands back unread.
pub fn encode<T: Serialize>(position: &T) -> anyhow::Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(position)?))
}

/// Reads a position; what we did not write is refused as a wrong field `cursor`.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(refuse)
}

/// Reads the query of a list that has pages and no filters.
pub fn parse(query: Query) -> Result<(Limit, Option<String>), FieldErrors> {
    let ((), limit, cursor) = parse_with(query, |_| ())?;
    Ok((limit, cursor))
}

/// Reads the query of a list that has pages, and what else `filter` takes of it.
pub fn parse_with<F>(
    query: Query,
    filter: impl FnOnce(&mut Parameters) -> F,
) -> Result<(F, Limit, Option<String>), FieldErrors> {
    let mut parameters = Parameters { query, errors: FieldErrors::default() };
    let filter = filter(&mut parameters);
    let limit = parameters.take("limit", Limit::parse).unwrap_or_default();
    let Parameters { mut query, mut errors } = parameters;
    let cursor = query.take("cursor");
    query.finish(&mut errors);
    if errors.is_empty() { Ok((filter, limit, cursor)) } else { Err(errors) }
}

/// The parameters of a query, each of which may be absent, and what is wrong with those that were taken.
pub struct Parameters {
    query: Query,
    errors: FieldErrors,
}

impl Parameters {
    /// Takes one; `None` where it is absent, or refused with the rest.
    pub fn take<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, FieldRule>) -> Option<T> {
        let text = self.query.take(name)?;
        self.errors.take(name, parse(&text))
    }
}

/// How many rows to fetch for a page: one more than asked for tells whether there is a next page.
pub fn fetch(limit: Limit) -> i64 {
    i64::from(limit.get()) + 1
}

/// The page of what was [fetched](fetch); the next one begins behind the position of its last row.
pub fn page<T, P: Serialize>(
    mut rows: Vec<T>,
    limit: Limit,
    position: impl FnOnce(&T) -> P,
) -> anyhow::Result<Page<T>> {
    let wanted = usize::from(limit.get());
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(|last| encode(&position(last))).transpose()?;
    Ok(Page { items: rows, next_cursor })
}

/// Refuses a cursor that can't be continued from.
pub fn refuse() -> Error {
    refuse_field("cursor", FieldCode::InvalidFormat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_round_trip_and_refuses_strangers() {
        let text = encode(&("-created_at", 7)).unwrap();
        assert_eq!(decode::<(String, i32)>(&text).unwrap(), ("-created_at".to_owned(), 7));
        for stranger in ["", "%%%", "AAAA", &text[1..]] {
            assert!(matches!(decode::<(String, i32)>(stranger), Err(Error::Fields(_))), "{stranger}");
        }
    }
}
