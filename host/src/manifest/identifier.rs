//! The two spellings of names in a manifest: component ids are `kebab-case`, variables are `snake_case`.

/// Checks that `name` is words of ASCII letters and digits joined by `separator`, each beginning with a
/// letter and written in one case. The error says what is wrong.
fn words(name: &str, separator: char) -> Result<(), String> {
    if name.is_empty() {
        return Err("must not be empty".to_owned());
    }
    for word in name.split(separator) {
        let Some(first) = word.chars().next() else {
            return Err(format!("has an empty word: words are joined by a single `{separator}`"));
        };
        if !first.is_ascii_alphabetic() {
            return Err(format!("has a word that begins with {first:?}: words begin with an ASCII letter"));
        }
        if let Some(wrong) = word.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(format!("has {wrong:?}: words are ASCII letters and digits joined by `{separator}`"));
        }
        if word.chars().any(|c| c.is_ascii_lowercase()) && word.chars().any(|c| c.is_ascii_uppercase()) {
            return Err(format!("mixes cases in {word:?}"));
        }
    }
    Ok(())
}

/// Checks a component id (`kebab-case`).
pub(super) fn component_id(id: &str) -> Result<(), String> {
    words(id, '-')
}

/// Checks a variable name (`lower_snake_case`).
pub(super) fn variable_name(name: &str) -> Result<(), String> {
    words(name, '_')?;
    if name.chars().any(|c| c.is_ascii_uppercase()) {
        return Err("must be lower case".to_owned());
    }
    Ok(())
}

/// Checks the label of a store (`kebab-case` or `snake_case`).
pub(super) fn store_label(label: &str) -> Result<(), String> {
    words(label, '-')
        .or_else(|_| words(label, '_'))
        .map_err(|_| "is neither kebab-case nor snake_case".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_follow_their_spelling() {
        for id in ["login", "user-api", "API-v2", "a1-b2"] {
            assert_eq!(super::component_id(id), Ok(()), "{id}");
        }
        for id in ["", "user_api", "-a", "a-", "a--b", "1a", "Login", "é"] {
            assert!(super::component_id(id).is_err(), "{id}");
        }
        for name in ["a", "database_url", "key2_id"] {
            assert_eq!(super::variable_name(name), Ok(()), "{name}");
        }
        for name in ["", "database-url", "A", "a__b", "_a", "a_", "a_1"] {
            assert!(super::variable_name(name).is_err(), "{name}");
        }
        assert_eq!(super::store_label("my-store"), Ok(()));
        assert_eq!(super::store_label("my_store"), Ok(()));
        assert!(super::store_label("my-odd_store").is_err());
    }
}
