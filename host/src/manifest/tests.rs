use std::path::{Path, PathBuf};

use super::{FilesMount, Manifest, Route};

const HEAD: &str = "spin_manifest_version = 2\n[application]\nname = \"app\"\n";

/// The error of a manifest that is a valid head and `rest`, which begins on line 4.
fn refusal(rest: &str) -> String {
    Manifest::parse(&format!("{HEAD}{rest}"), Path::new("spin.toml")).unwrap_err().to_string()
}

/// The error of a component `web` with `fields`, which begin on line 9.
fn component_refusal(fields: &str) -> String {
    refusal(&format!(
        "[[trigger.http]]\nroute = \"/\"\ncomponent = \"web\"\n\n[component.web]\nsource = \"a.wasm\"\n{fields}"
    ))
}

#[test]
fn a_manifest_is_read() {
    let text = r#"
        spin_manifest_version = 2
        [application]
        name = "app"
        version = "1.0.0"
        authors = ["A <a@example.com>"]
        [application.trigger.http]
        base = "/"
        [application.tool.any]
        key = 1
        [variables]
        token = { required = true, secret = true }
        host = { default = "localhost", description = "where" }
        [[trigger.http]]
        route = "/web/..."
        component = "web"
        [[trigger.http]]
        id = "hidden"
        route = { private = true }
        component = { source = "inline.wasm" }
        executor = { type = "http" }
        [component.web]
        source = "target/web.wasm"
        files = ["assets/*.txt", { source = "static", destination = "/" }]
        exclude_files = ["assets/secret.txt"]
        key_value_stores = ["default"]
        allowed_outbound_hosts = ["postgres://{{ host }}"]
        environment = { MODE = "test" }
        sqlite_databases = []
        [component.web.variables]
        url = "http://{{ host }}"
        [component.web.build]
        command = "cargo build"
    "#;
    let manifest = Manifest::parse(text, Path::new("/app/spin.toml")).unwrap();
    assert_eq!(manifest.application.name, "app");
    assert_eq!(manifest.directory(), Path::new("/app"));
    assert_eq!(manifest.variables["token"].default, None);
    assert!(manifest.variables["token"].secret);

    let [web, hidden] = &manifest.triggers[..] else { panic!("two triggers expected") };
    assert_eq!((web.id.as_str(), web.component.as_str()), ("http-trigger1", "web"));
    assert_eq!(web.route, Route::Pattern("/web/...".to_owned()));
    assert_eq!((hidden.id.as_str(), &hidden.route), ("hidden", &Route::Private));
    assert_eq!(manifest.components[&hidden.component].source, PathBuf::from("/app/inline.wasm"));

    let web = &manifest.components["web"];
    assert_eq!(web.source, PathBuf::from("/app/target/web.wasm"));
    let placement = FilesMount::Placement { source: "/app/static".into(), destination: "/".to_owned() };
    assert_eq!(web.files, [FilesMount::Pattern("assets/*.txt".to_owned()), placement]);
    assert_eq!(web.environment["MODE"], "test");
    assert_eq!(web.variables["url"], "http://{{ host }}");
}

#[test]
fn a_secret_default_is_not_printed() {
    let text = format!("{HEAD}[variables]\nkey = {{ default = \"hunter2\", secret = true }}\n[trigger]\n");
    let manifest = Manifest::parse(&text, Path::new("spin.toml")).unwrap();
    assert!(!format!("{manifest:?}").contains("hunter2"));
}

#[test]
fn unknown_fields_are_refused() {
    insta::assert_snapshot!(refusal("colour = 1\n[trigger]\n"), @"spin.toml:4:1: in [application]: unknown field `colour`, expected one of `name`, `version`, `trigger`, `description`, `authors`, `targets`, `tool`");
    insta::assert_snapshot!(component_refusal("enviroment = { A = \"b\" }\n"), @"spin.toml:10:1: in [component.web]: unknown field `enviroment`, expected one of `source`, `variables`, `environment`, `files`, `exclude_files`, `allowed_outbound_hosts`, `key_value_stores`, `allowed_http_hosts`, `sqlite_databases`, `ai_models`, `dependencies`, `dependencies_inherit_configuration`, `description`, `targets`, `build`, `tool`, `profile`");
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = \"/\"\ncomponent = \"web\"\nmethod = \"GET\"\n"), @"spin.toml:7:1: in [trigger.http]: unknown field `method`, expected one of `id`, `component`, `route`, `executor`, `static_response`, `components`, `dependencies`");
    insta::assert_snapshot!(refusal("[application.trigger.http]\nbase = \"/\"\ntimeout = 1\n[trigger]\n"), @"spin.toml:6:1: in [application.trigger.http]: unknown field `timeout`, expected `base`");
}

#[test]
fn other_triggers_are_refused() {
    insta::assert_snapshot!(refusal("[[trigger.redis]]\nchannel = \"c\"\ncomponent = \"web\"\n"), @"spin.toml:4:11: in [trigger]: unknown field `redis`, expected `http`");
    insta::assert_snapshot!(refusal("[application.trigger.redis]\naddress = \"x\"\n[trigger]\n"), @"spin.toml:4:22: in [application.trigger]: unknown field `redis`, expected `http`");
}

#[test]
fn what_the_host_does_not_run_is_refused() {
    insta::assert_snapshot!(component_refusal("sqlite_databases = [\"default\"]\n"), @"spin.toml:10:20: in [component.web]: `sqlite_databases` is not supported: the host has no SQLite databases");
    insta::assert_snapshot!(component_refusal("ai_models = [\"llama2-chat\"]\n"), @"spin.toml:10:13: in [component.web]: `ai_models` is not supported: the host runs no models");
    insta::assert_snapshot!(component_refusal("allowed_http_hosts = [\"example.com\"]\n"), @"spin.toml:10:22: in [component.web]: `allowed_http_hosts` is not supported: write `allowed_outbound_hosts`");
    insta::assert_snapshot!(component_refusal("[component.web.dependencies]\n\"a:b\" = \"1\"\n"), @"spin.toml:10:1: in [component.web]: `dependencies` is not supported: the host composes no components");
    insta::assert_snapshot!(component_refusal("dependencies_inherit_configuration = true\n"), @"spin.toml:10:38: in [component.web]: `dependencies_inherit_configuration` is not supported: the host composes no components");
    insta::assert_snapshot!(refusal("[application.trigger.http]\nbase = \"/base\"\n[trigger]\n"), @"spin.toml:5:8: in [application.trigger.http]: `base` is not supported: write it in front of every `route`");
    insta::assert_snapshot!(refusal("[trigger]\n[component.a]\nsource = { url = \"https://x\", digest = \"sha256:0\" }\n"), @"spin.toml:6:10: in [component.a]: `source` by `url` is not supported: only a local path is");
    insta::assert_snapshot!(refusal("[trigger]\n[component.a]\nsource = { registry = \"r\", package = \"a:b\", version = \"1\" }\n"), @"spin.toml:6:10: in [component.a]: `source` from a registry is not supported: only a local path is");
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = \"/\"\nstatic_response = { body = \"x\" }\n"), @"spin.toml:6:19: in [[trigger.http]]: `static_response` is not supported");
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = \"/\"\nexecutor = { type = \"wagi\" }\n"), @"spin.toml:6:12: in [[trigger.http]]: the executor type `wagi` is not supported, only `http` is");
}

#[test]
fn wrong_values_are_refused() {
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = { private = false }\ncomponent = \"a\"\n"), @r#"spin.toml:5:9: in [[trigger.http]]: `route` must be a path such as "/users/...", or `{ private = true }`"#);
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = \"/\"\ncomponent = \"absent\"\n"), @"spin.toml:4:1: in [[trigger.http]]: there is no [component.absent]");
    insta::assert_snapshot!(refusal("[[trigger.http]]\nroute = \"/\"\n"), @"spin.toml:4:1: in [[trigger.http]]: `component` is missing");
    insta::assert_snapshot!(refusal("[trigger]\n[variables]\na = { description = \"neither\" }\n"), @"spin.toml:6:5: in [variables]: `a` must have either `required = true` or a `default`");
    insta::assert_snapshot!(refusal("[trigger]\n[variables]\nkebab-case = { default = \"\" }\n"), @"spin.toml:6:14: in [variables]: the name `kebab-case` has '-': words are ASCII letters and digits joined by `_`");
    insta::assert_snapshot!(refusal("[trigger]\n[component.snake_case]\nsource = \"a.wasm\"\n"), @"spin.toml:5:1: component id `snake_case` has '_': words are ASCII letters and digits joined by `-`");
    insta::assert_snapshot!(component_refusal("key_value_stores = [\"b@d\"]\n"), @r#"spin.toml:10:21: in [component.web]: `key_value_stores`: the label "b@d" is neither kebab-case nor snake_case"#);
    insta::assert_snapshot!(component_refusal("files = [{ source = \"a\", destination = \"relative\" }]\n"), @r#"spin.toml:10:10: in [component.web]: `files` has the destination "relative", which is not absolute"#);
    insta::assert_snapshot!(component_refusal("[component.web.variables]\nurl = \"{{ unknown }}\"\n"), @"spin.toml:11:7: in [component.web.variables]: `url` uses `unknown`, which [variables] does not declare");
    insta::assert_snapshot!(component_refusal("[component.web.variables]\nurl = \"{{ open\"\n"), @"spin.toml:11:7: in [component.web.variables]: `url`: the template has `{{` without `}}`");
    insta::assert_snapshot!(component_refusal("files = 1\n"), @"spin.toml:10:9: in [component.web]: invalid type: integer `1`, expected a sequence");
    insta::assert_snapshot!(refusal("[trigger\n"), @"spin.toml:4:9: unclosed table, expected `]`");
}

#[test]
fn other_versions_and_missing_files_are_refused() {
    let version = "spin_manifest_version = 3\n[application]\nname = \"a\"\n[trigger]\n";
    insta::assert_snapshot!(Manifest::parse(version, Path::new("spin.toml")).unwrap_err(), @"spin.toml:1:25: spin_manifest_version is 3; the host runs version 2");
    let missing = Manifest::load(Path::new("/no/such/spin.toml")).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read the manifest /no/such/spin.toml: "), "{missing}");
}
