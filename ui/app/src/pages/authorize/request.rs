//! What an application has asked for, in the address of the page.

use chrono::{DateTime, Utc};
use contract::{AuthorizationRequest, EndSessionRequest};
use form_urlencoded::Serializer;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::navigation::{AUTHORIZE, sign_in_then};
use crate::time;

const ASKED_AT: &str = "asked_at";
const REPEATED: &str = "repeated";

/// The wish to sign somebody in; `search` is the query string, with or without its `?`. What is there twice is left out,
/// and said to be (RFC 6749 §3.1).
pub fn authorization_request(search: &str) -> AuthorizationRequest {
    read(search)
}

/// The wish to sign somebody out.
pub fn end_session_request(search: &str) -> EndSessionRequest {
    read(search)
}

/// Sign-in's address, from where one comes back to the same wish. It keeps since when it is asked: who has signed in
/// since has proven who they are.
pub fn sign_in_address(search: &str, asked_at: DateTime<Utc>) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(pairs(search).filter(|(name, _)| name != ASKED_AT));
    query.append_pair(ASKED_AT, &time::machine_readable(asked_at));
    sign_in_then(AUTHORIZE, &query.finish())
}

/// What the API doesn't know it doesn't need. It says what is wrong with the rest.
fn read<T: DeserializeOwned + Default>(search: &str) -> T {
    let names: Vec<_> = pairs(search).map(|(name, _)| name).collect();
    let is_repeated = |name: &String| names.iter().filter(|found| *found == name).count() > 1;
    // Without a value it counts as left out.
    let sole = pairs(search).filter(|(name, value)| !value.is_empty() && !is_repeated(name));
    let mut fields: Map<_, _> = sole.map(|(name, value)| (name, Value::String(value))).collect();
    fields.insert(REPEATED.to_owned(), Value::Bool(names.iter().any(is_repeated)));
    serde_json::from_value(Value::Object(fields)).unwrap_or_default()
}

fn pairs(search: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::navigation::next_path;

    const SEARCH: &str = "client_id=c&redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fa%3Db%26c&scope=openid+email&state=%2B%26&ui_locales=fr";

    #[test]
    fn the_address_is_read_to_the_letter() {
        let request = authorization_request(SEARCH);
        assert_eq!(request.redirect_uri.as_deref(), Some("https://app.example/back?a=b&c"));
        assert_eq!(request.scope.as_deref(), Some("openid email"));
        assert_eq!(request.state.as_deref(), Some("+&"));
        assert_eq!(request.asked_at, None);
        assert_eq!(end_session_request("?state=x").state.as_deref(), Some("x"));
    }

    #[test]
    fn what_is_there_twice_is_left_out_and_told() {
        let request =
            authorization_request("client_id=c&state=x&state=y&scope=openid&scope=openid&repeated=no");
        let expected = AuthorizationRequest {
            client_id: Some("c".to_owned()),
            repeated: true,
            ..AuthorizationRequest::default()
        };
        assert_eq!(request, expected);
        assert!(authorization_request("client_id=c&ui_locales=fr&ui_locales=en").repeated);
        assert!(!authorization_request(SEARCH).repeated);
        assert_eq!(end_session_request("state=x&state=y"), EndSessionRequest::default());
    }

    #[test]
    fn what_is_empty_counts_as_left_out() {
        let request = authorization_request("max_age=&response_mode=&request=&state=&asked_at=&client_id=c");
        let expected =
            AuthorizationRequest { client_id: Some("c".to_owned()), ..AuthorizationRequest::default() };
        assert_eq!(request, expected);
    }

    #[test]
    fn who_signs_in_comes_back_to_the_same() {
        let asked_at = DateTime::UNIX_EPOCH;
        for search in [SEARCH.to_owned(), format!("{SEARCH}&asked_at=2026-01-01T00%3A00%3A00Z")] {
            let address = sign_in_address(&search, asked_at);
            let back = next_path(address.split_once('?').unwrap().1);
            let request = authorization_request(back.strip_prefix("/authorize?").unwrap());
            let expected = AuthorizationRequest { asked_at: Some(asked_at), ..authorization_request(SEARCH) };
            assert_eq!(request, expected);
        }
    }
}
