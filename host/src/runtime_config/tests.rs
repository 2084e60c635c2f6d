use std::path::{Path, PathBuf};

use super::{RuntimeConfig, StateDir, StoreConfig};

/// The configuration `text` in a directory of its own, with the manifest in `/app`.
fn load(text: &str, state_dir: StateDir) -> Result<(RuntimeConfig, PathBuf), String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("runtime-config.toml");
    std::fs::write(&path, text).unwrap();
    RuntimeConfig::load(Some(&path), Path::new("/app"), state_dir)
        .map(|config| (config, directory.path().to_owned()))
        .map_err(|error| error.to_string().replace(&directory.path().display().to_string(), "<dir>"))
}

#[test]
fn without_a_file_the_default_store_is_in_the_state_directory() {
    let config = RuntimeConfig::load(None, Path::new("/app"), StateDir::Default).unwrap();
    assert_eq!(config.state_dir, Some(PathBuf::from("/app/.spin")));
    let file = PathBuf::from("/app/.spin/sqlite_key_value.db");
    assert_eq!(config.key_value_stores["default"], StoreConfig::Sqlite(Some(file)));
    assert_eq!(config.variable_providers.len(), 1);

    let config = RuntimeConfig::load(None, Path::new("/app"), StateDir::InMemory).unwrap();
    assert_eq!(config.key_value_stores["default"], StoreConfig::Sqlite(None));
}

#[test]
fn the_command_line_wins_over_the_file() {
    let (config, _) = load("state_dir = \"from-file\"", StateDir::Default).unwrap();
    assert_eq!(config.state_dir, Some(PathBuf::from("from-file")));
    let (config, _) = load("state_dir = \"from-file\"", StateDir::At("/given".into())).unwrap();
    assert_eq!(config.state_dir, Some(PathBuf::from("/given")));
    let (config, _) = load("state_dir = \"\"", StateDir::Default).unwrap();
    assert_eq!(config.state_dir, None);
}

#[test]
fn stores_and_providers_are_read() {
    let text = r#"
        max_instance_memory = 1048576
        [[variables_provider]]
        type = "static"
        values = { colour = "red" }
        [[variables_provider]]
        type = "env"
        prefix = "MYAPP"
        [key_value_store.cache]
        type = "redis"
        url = "redis://:hunter2@localhost/0"
        [key_value_store.files]
        type = "spin"
        path = "kv/files.db"
        [key_value_store.memory]
        type = "spin"
    "#;
    let (config, directory) = load(text, StateDir::Default).unwrap();
    let stores = &config.key_value_stores;
    assert_eq!(stores["cache"], StoreConfig::Redis("redis://:hunter2@localhost/0".to_owned()));
    assert_eq!(stores["files"], StoreConfig::Sqlite(Some(directory.join("kv/files.db"))));
    assert_eq!(stores["memory"], StoreConfig::Sqlite(None));
    assert_eq!(config.max_instance_memory, Some(1_048_576));
    assert_eq!(config.variable_providers.len(), 3);
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    let refusal = |text: &str| load(text, StateDir::Default).unwrap_err();
    insta::assert_snapshot!(refusal("[key_value_store.cache]\ntype = \"azure_cosmos\"\nkey = \"x\""), @"<dir>/runtime-config.toml:2:8: unknown variant `azure_cosmos`, expected `spin` or `redis`");
    insta::assert_snapshot!(refusal("[[variables_provider]]\ntype = \"vault\"\nurl = \"x\""), @"<dir>/runtime-config.toml:2:8: unknown variant `vault`, expected `env` or `static`");
    insta::assert_snapshot!(refusal("[llm_compute]\ntype = \"spin\""), @"<dir>/runtime-config.toml:1:2: unknown field `llm_compute`, expected one of `state_dir`, `log_dir`, `max_instance_memory`, `config_provider`, `variables_provider`, `key_value_store`");
    insta::assert_snapshot!(refusal("[key_value_store.a]\ntype = \"spin\"\nfile = \"x\""), @"<dir>/runtime-config.toml:1:1: unknown field `file`, expected `path`");
    insta::assert_snapshot!(refusal("[key_value_store.a]\ntype = \"redis\"\nurl = \"hunter2\""), @"<dir>/runtime-config.toml:1:1: `url` is not a Redis URL");
    insta::assert_snapshot!(refusal("log_dir = \"logs\""), @"<dir>/runtime-config.toml:1:11: `log_dir` is not supported: all logs go to the host's own output");
}
