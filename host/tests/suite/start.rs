//! Starts that are refused, and what they say.

use crate::app::{Setup, only_on_the_host};

async fn refusal(setup: Setup) -> String {
    match setup.try_start().await {
        Ok(_) => panic!("it started"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn an_interface_that_is_missing_is_named() {
    if only_on_the_host("Spin has MySQL") {
        return;
    }
    let manifest = "[[trigger.http]]\nroute = \"/...\"\ncomponent = \"odd\"\n[component.odd]\nsource = \"{unsupported}\"\n";
    let error = refusal(Setup::manifest(manifest)).await;
    assert!(error.contains("spin:mysql/mysql@3.0.0") && error.contains("odd"), "{error}");
}

#[tokio::test]
async fn a_component_that_is_not_built() {
    let manifest =
        "[[trigger.http]]\nroute = \"/...\"\ncomponent = \"new\"\n[component.new]\nsource = \"none.wasm\"\n";
    let error = refusal(Setup::manifest(manifest)).await;
    if !only_on_the_host("the words") {
        assert!(error.contains("\"new\" is not built") && error.contains("spin build"), "{error}");
    }
}

#[tokio::test]
async fn a_field_that_is_not_supported() {
    if only_on_the_host("Spin has SQLite") {
        return;
    }
    let error = refusal(Setup::probe("sqlite_databases = [\"default\"]\n")).await;
    assert!(error.contains("sqlite_databases"), "{error}");
}

#[tokio::test]
async fn a_base_path() {
    let manifest = "[application.trigger.http]\nbase = \"/base\"\n[[trigger.http]]\nroute = \"/...\"\ncomponent = \"probe\"\n[component.probe]\nsource = \"{probe}\"\n";
    let error = refusal(Setup::manifest(manifest)).await;
    if !only_on_the_host("the words") {
        assert!(error.contains("`base` is not supported"), "{error}");
    }
}

#[tokio::test]
async fn a_field_that_nobody_knows() {
    for fields in ["colour = 1\n", "[component.probe.build]\ncommand = \"make\"\ncolour = 1\n"] {
        let error = refusal(Setup::probe(fields)).await;
        if !only_on_the_host("the words") {
            assert!(error.contains("unknown field `colour`"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_redis_store_whose_address_is_none() {
    let config = "[key_value_store.default]\ntype = \"redis\"\nurl = \"nonsense\"\n";
    let error = refusal(Setup::probe("key_value_stores = [\"default\"]\n").runtime_config(config)).await;
    if !only_on_the_host("the words") {
        assert!(error.contains("`url` is not a Redis URL"), "{error}");
    }
}

#[tokio::test]
async fn a_second_start_finds_machine_code_on_disk() {
    if only_on_the_host("the compilation cache") {
        return;
    }
    let app = Setup::probe("").start().await;
    assert_eq!(app.text("/constant").await, "hello");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with("guest_probe-") && name.contains(".cwasm")).count(), 1);
}
