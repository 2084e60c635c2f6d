//! Addresses of lists, of the page and in the API.

use form_urlencoded::Serializer;

/// How many entries a page has.
const PAGE_SIZE: &str = "25";

/// A page's address: what has no value isn't in it.
pub fn page_path(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    write(path, pairs, Serializer::new(String::new()))
}

/// The same in the API, which also wants to know how many entries.
pub fn api_path(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("limit", PAGE_SIZE);
    write(path, pairs, query)
}

fn write(path: &str, pairs: &[(&str, Option<&str>)], mut query: Serializer<'_, String>) -> String {
    for (name, value) in pairs {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            query.append_pair(name, value);
        }
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_value_is_left_out() {
        let pairs = [("q", Some("é & co")), ("status", None), ("role", Some(""))];
        assert_eq!(page_path("/users", &pairs), "/users?q=%C3%A9+%26+co");
        assert_eq!(page_path("/users", &[]), "/users");
        assert_eq!(api_path("/api/users", &pairs), "/api/users?limit=25&q=%C3%A9+%26+co");
    }
}
