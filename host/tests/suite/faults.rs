//! Components that misbehave, and who else notices.

use std::time::Duration;

use crate::{
    app::{Setup, only_on_the_host},
    client::{Conversation, assert_problem},
};

#[tokio::test]
async fn a_trap_is_answered_and_the_next_request_served() {
    let app = Setup::probe("").start().await;
    let response = app.get("/panic").await;
    if only_on_the_host("problem+json and the log") {
        assert_eq!(response.status(), 500);
        assert_eq!(app.text("/constant").await, "hello");
        return;
    }
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert_problem(response, 500, "component_failed").await;
    assert_eq!(app.text("/constant").await, "hello");

    let records = app.records();
    let panic = records
        .iter()
        .find(|record| record["message"].as_str().is_some_and(|text| text.contains("asked to panic")));
    assert_eq!(panic.unwrap()["component"], "probe");
    let trap = records.iter().find(|record| record["error"].is_string()).unwrap();
    assert_eq!((&trap["component"], &trap["level"]), (&"probe".into(), &"error".into()));
    assert_eq!(trap["request_id"], id.as_str());
}

#[tokio::test]
async fn requests_in_other_instances_survive_a_trap() {
    if only_on_the_host("instances of one request as a library setting") {
        return;
    }
    let mut setup = Setup::probe("");
    setup.reuse.max_count = 1;
    let app = setup.start().await;
    let mut conversation = Conversation::open(&app, "/echo", "one").await;
    assert_eq!(conversation.hear().await, "one");
    assert_eq!(app.get("/panic").await.status(), 500);
    conversation.say("two");
    assert_eq!(conversation.finish().await, "two");
}

#[tokio::test]
async fn a_guest_that_never_waits_is_ended() {
    if only_on_the_host("504") {
        return;
    }
    let app = Setup::probe("").request_timeout(Duration::from_millis(300)).start().await;
    assert_problem(app.get("/busy").await, 504, "component_timeout").await;
    assert_eq!(app.text("/constant").await, "hello");
}

#[tokio::test]
async fn a_guest_that_waits_too_long_is_given_up() {
    if only_on_the_host("504") {
        return;
    }
    let app = Setup::probe("").request_timeout(Duration::from_millis(200)).start().await;
    assert_problem(app.get("/sleep/60000").await, 504, "component_timeout").await;
    assert_eq!(app.text("/constant").await, "hello");
}

#[tokio::test]
async fn memory_is_limited_per_instance() {
    if only_on_the_host("the limit as a library setting") {
        return;
    }
    let mut setup = Setup::probe("");
    setup.limits.memory_bytes = 64 << 20;
    let app = setup.start().await;
    assert_eq!(app.text("/allocate/16").await, (16 << 20).to_string());
    assert_problem(app.get("/allocate/100").await, 500, "component_failed").await;
    assert_eq!(app.text("/constant").await, "hello");
}
