//! Addresses with answers in their query.

use contract::RedirectUri;

/// The address with these parameters; those without a value are left out.
pub fn with_query(uri: &RedirectUri, parameters: &[(&str, Option<&str>)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        query.extend_pairs(value.map(|value| (name, value)));
    }
    let query = query.finish();
    let separator = match uri.as_str() {
        _ if query.is_empty() => "",
        asked if asked.contains('?') => "&",
        _ => "?",
    };
    format!("{uri}{separator}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_query_that_is_there() {
        let with = |uri: &str, state| with_query(&RedirectUri::parse(uri).unwrap(), &[("state", state)]);
        assert_eq!(with("https://a.example/", Some("a b")), "https://a.example/?state=a+b");
        assert_eq!(with("https://a.example/?x=1", Some("s")), "https://a.example/?x=1&state=s");
        assert_eq!(with("org.example.app:/done", None), "org.example.app:/done");
    }
}
