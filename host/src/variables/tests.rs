use std::{collections::HashMap, path::Path};

use super::{Environment, Provider, VariableError, Variables};
use crate::manifest::Manifest;

const MANIFEST: &str = r#"
spin_manifest_version = 2

[application]
name = "app"

[variables]
host = { default = "localhost" }
password = { required = true, secret = true }

[[trigger.http]]
route = "/..."
component = "web"

[component.web]
source = "web.wasm"

[component.web.variables]
url = "postgres://web:{{ password }}@{{ host }}/db"
plain = "as is"
"#;

fn variables(providers: Vec<Provider>) -> Variables {
    Variables::new(&Manifest::parse(MANIFEST, Path::new("spin.toml")).unwrap(), providers).unwrap()
}

fn values<const N: usize>(values: [(&str, &str); N]) -> Provider {
    Provider::Static(HashMap::from(values.map(|(name, value)| (name.to_owned(), value.to_owned()))))
}

#[test]
fn the_first_provider_that_has_a_value_wins() {
    let variables =
        variables(vec![values([("password", "first")]), values([("password", "second"), ("host", "db")])]);
    assert_eq!(variables.resolve("web", "url").as_deref(), Ok("postgres://web:first@db/db"));
    assert_eq!(variables.resolve("web", "plain").as_deref(), Ok("as is"));
    assert_eq!(variables.ensure_required(), Ok(()));
}

#[test]
fn a_component_sees_its_own_variables_only() {
    let variables = variables(vec![values([("password", "secret")])]);
    let undefined = |component: &str, name: &str| {
        matches!(variables.resolve(component, name), Err(VariableError::Undefined(_)))
    };
    assert!(undefined("web", "password"));
    assert!(undefined("other", "url"));
}

#[test]
fn a_missing_variable_is_named_with_the_ways_to_set_it() {
    let environment = Provider::Environment(Environment::new(Some("HOST_TEST".to_owned()), None).unwrap());
    let variables = variables(vec![values([]), environment]);
    insta::assert_snapshot!(
        variables.ensure_required().unwrap_err(),
        @r#"the required variable "password" has no value: set it with --variable password=... or the environment variable HOST_TEST_PASSWORD"#
    );
}

#[test]
fn names_are_checked() {
    let variables = variables(vec![values([("password", "x")])]);
    for name in ["", "Upper", "kebab-case", "1st", "_a", "a_", "a__b", "é"] {
        assert!(matches!(variables.resolve("web", name), Err(VariableError::InvalidName(..))), "{name}");
    }
}

#[test]
fn values_are_never_printed() {
    let variables = variables(vec![values([("password", "hunter2")])]);
    assert!(!format!("{variables:?}").contains("hunter2"));
}
