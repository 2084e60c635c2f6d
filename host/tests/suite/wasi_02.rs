//! A component of WASI 0.2.

use reqwest::Method;

use crate::app::Setup;

#[tokio::test]
async fn it_answers_like_any_other() {
    let manifest = "[[trigger.http]]\nroute = \"/...\"\ncomponent = \"classic\"\n[component.classic]\nsource = \"{classic}\"\n";
    let app = Setup::manifest(manifest).start().await;
    for _ in 0..3 {
        let (status, text) = app.send(Method::POST, "/a?b=c", "body").await;
        let words: Vec<_> = text.split(' ').collect();
        assert_eq!((status, words[0], words[2]), (200, "/a?b=c", "body"), "{text}");
        assert!(words[1].parse::<u64>().unwrap() > 1_700_000_000);
    }
}
