use std::path::{Path, PathBuf};

use futures::TryStreamExt as _;

use super::{Error, Stores};
use crate::runtime_config::{RuntimeConfig, StateDir};

/// The stores of a configuration whose state directory is `directory`.
fn stores(directory: &Path) -> Stores {
    let state = StateDir::At(directory.to_owned());
    Stores::new(&RuntimeConfig::load(None, directory, state).unwrap())
}

async fn keys(stores: &Stores, label: &str) -> Vec<String> {
    stores.open(label).await.unwrap().keys().try_concat().await.unwrap()
}

#[tokio::test]
async fn pairs_are_kept_in_spins_table() {
    let directory = tempfile::tempdir().unwrap();
    let before = stores(directory.path());
    let store = before.open("default").await.unwrap();
    store.set("a".to_owned(), b"1".to_vec()).await.unwrap();
    store.set("a".to_owned(), b"2".to_vec()).await.unwrap();
    store.set(String::new(), vec![]).await.unwrap();
    store.set("gone".to_owned(), vec![0]).await.unwrap();
    store.delete("gone".to_owned()).await.unwrap();
    store.delete("never".to_owned()).await.unwrap();

    let again = stores(directory.path());
    let store = again.open("default").await.unwrap();
    assert_eq!(store.get("a".to_owned()).await.unwrap().as_deref(), Some(&b"2"[..]));
    assert_eq!(store.get("gone".to_owned()).await.unwrap(), None);
    assert!(store.exists("a".to_owned()).await.unwrap());
    assert!(!store.exists("gone".to_owned()).await.unwrap());
    assert_eq!(keys(&again, "default").await, ["", "a"]);

    let file: PathBuf = directory.path().join("sqlite_key_value.db");
    let count: i64 = rusqlite::Connection::open(file)
        .unwrap()
        .query_row("SELECT count(*) FROM spin_key_value WHERE store = 'default'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 2);
}

#[tokio::test]
async fn many_keys_come_in_pages() {
    let directory = tempfile::tempdir().unwrap();
    let stores = stores(directory.path());
    let store = stores.open("default").await.unwrap();
    let expected: Vec<String> =
        (0..=u32::from(super::KEYS_PER_PAGE) * 2).map(|number| format!("{number:05}")).collect();
    for key in &expected {
        store.set(key.clone(), vec![1]).await.unwrap();
    }
    assert_eq!(keys(&stores, "default").await, expected);
}

#[tokio::test]
async fn unknown_stores_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let stores = stores(directory.path());
    assert!(matches!(stores.open("cache").await, Err(Error::NoSuchStore)));
    assert_eq!(stores.ensure_known("web", &["default".to_owned()]), Ok(()));
    insta::assert_snapshot!(
        stores.ensure_known("web", &["default".to_owned(), "cache".to_owned()]).unwrap_err(),
        @r#"in [component.web]: `key_value_stores`: there is no store "cache": add [key_value_store.cache] to the runtime configuration"#
    );
}
