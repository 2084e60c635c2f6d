//! Application and component variables.

use crate::app::Setup;

const FIELDS: &str = r#"
environment = { MODE = "test" }
[component.probe.variables]
plain = "{{ plain }}"
joined = "{{ plain }}-{{ other }}"
[variables]
plain = { default = "default" }
other = { default = "o", secret = true }
"#;

#[tokio::test]
async fn defaults_and_templates() {
    let app = Setup::probe(FIELDS).start().await;
    assert_eq!(app.text("/variable/plain").await, "default");
    assert_eq!(app.text("/variable/joined").await, "default-o");
    assert_eq!(app.get("/variable/other").await.status(), 500);
    assert_eq!(app.text("/environment/MODE").await, "test");
}

#[tokio::test]
async fn the_command_line_wins_over_providers_and_providers_over_defaults() {
    let config =
        "[[variables_provider]]\ntype = \"static\"\nvalues = { plain = \"static\", other = \"p\" }\n";
    let app = Setup::probe(FIELDS).runtime_config(config).variable("plain", "command line").start().await;
    assert_eq!(app.text("/variable/plain").await, "command line");
    assert_eq!(app.text("/variable/joined").await, "command line-p");
}

#[tokio::test]
async fn a_required_variable_without_a_value_stops_the_start() {
    let setup = Setup::probe("[variables]\ntoken = { required = true }\n");
    let Err(error) = setup.try_start().await else {
        panic!("it started");
    };
    if std::env::var_os("SPIN_BIN").is_none() {
        assert!(format!("{error:#}").contains("token"), "{error:#}");
    }
}
