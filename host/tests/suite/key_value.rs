//! Key-value stores.

use reqwest::Method;

use crate::app::{Setup, only_on_the_host};

const STORES: &str = "key_value_stores = [\"default\"]\n";

#[tokio::test]
async fn pairs_are_kept_found_and_removed() {
    let app = Setup::probe(STORES).start().await;
    assert_eq!(app.text("/key-value/default/a").await, "none");
    assert_eq!(app.send(Method::PUT, "/key-value/default/a", "one").await.1, "true");
    assert_eq!(app.send(Method::PUT, "/key-value/default/b", "two").await.1, "true");
    assert_eq!(app.text("/key-value/default/a").await, "one");
    assert_eq!(app.text("/key-value/default").await, "a,b");
    assert_eq!(app.send(Method::DELETE, "/key-value/default/a", "").await.1, "false");
    assert_eq!(app.text("/key-value/default").await, "b");
}

#[tokio::test]
async fn a_store_that_is_not_granted_is_denied() {
    let app = Setup::probe("").start().await;
    let response = app.get("/key-value/default/a").await;
    assert_eq!(response.status(), 500);
    assert!(response.text().await.unwrap().contains("AccessDenied"));
}

#[tokio::test]
async fn pairs_outlive_the_host() {
    if only_on_the_host("a restart") {
        return;
    }
    let app = Setup::probe(STORES).start().await;
    app.send(Method::PUT, "/key-value/default/kept", "yes").await;
    let again = app.stop().await.start().await;
    assert_eq!(again.text("/key-value/default/kept").await, "yes");
}
