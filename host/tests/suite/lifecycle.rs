//! Stopping.

use std::time::Duration;

use crate::{
    app::{Setup, only_on_the_host},
    client::{self, Conversation},
};

#[tokio::test]
async fn requests_in_flight_finish_before_a_stop() {
    if only_on_the_host("a stop from within") {
        return;
    }
    let app = Setup::probe("").start().await;
    let url = app.url.clone();
    let mut conversation = Conversation::open(&app, "/echo", "one").await;
    assert_eq!(conversation.hear().await, "one");
    let stop = tokio::spawn(app.stop());
    while client::http().get(format!("{url}/constant")).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!stop.is_finished());
    conversation.say("two");
    assert_eq!(conversation.finish().await, "two");
    stop.await.unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_given_up_after_the_grace() {
    if only_on_the_host("a stop from within") {
        return;
    }
    let mut setup = Setup::probe("");
    setup.limits.stop_grace = Duration::from_millis(100);
    let app = setup.start().await;
    let mut conversation = Conversation::open(&app, "/echo", "one").await;
    assert_eq!(conversation.hear().await, "one");
    app.stop().await;
}

#[tokio::test]
async fn many_hosts_in_one_process_start_quickly() {
    if only_on_the_host("hosts in process") {
        return;
    }
    let first = Setup::probe("").start().await;
    let started = std::time::Instant::now();
    for _ in 0..10 {
        let app = Setup::probe("").start().await;
        assert_eq!(app.text("/constant").await, "hello");
    }
    let each = started.elapsed() / 10;
    assert!(each < Duration::from_secs(1), "a start took {each:?}");
    assert_eq!(first.text("/constant").await, "hello");
}
