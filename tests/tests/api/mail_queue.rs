//! The queue of mails: nobody sends twice, nothing is tried for ever, and who may send one again.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use contract::SentMails;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Builder, Client, Peer, TICK_TOKEN};
use uuid::Uuid;

const MAILS: &str = "/api/core/v1/admin/mails";
const TOKEN: &str = "token-of-the-mail-api";

/// An application whose mails a mail API takes, with as many people, to each of whom a mail waits.
async fn with_mails(people: u32) -> (Peer, App, Client) {
    start(App::builder(), people).await
}

async fn start(builder: Builder, people: u32) -> (Peer, App, Client) {
    let api = Peer::start("mail_api.mjs", &json!({ "token": TOKEN })).await;
    let app = builder
        .variable("mail_transport", "http")
        .variable("mail_from", "matrice@example.org")
        .variable("mail_api_origin", api.url())
        .variable("mail_api_token", TOKEN)
        .start()
        .await;
    let ada = app.setup().await;
    for person in 0..people {
        let email = format!("person{person}@example.org");
        ada.create_user(&email, "Person", &[]).await;
        app.ask_for_reset(&email).await;
    }
    (api, app, ada)
}

fn sent(count: u32) -> SentMails {
    SentMails { sent: count, ..SentMails::default() }
}

/// What another worker does that claims a mail: its id.
async fn claim(app: &App, now: DateTime<Utc>) -> Uuid {
    let sql = "SELECT claim_mails($1, $2, 10, 1) ->> 'id'";
    let (now, lease_ends) = (SystemTime::from(now), SystemTime::from(now + TimeDelta::minutes(5)));
    let worker = app.database().connect_as("worker").await;
    let id: String = worker.query_one(sql, &[&now, &lease_ends]).await.unwrap().get(0);
    id.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_send_each_mail_once() {
    let (api, app, _) = with_mails(12).await;
    let (first, second) = tokio::join!(app.tick(), app.tick());
    assert_eq!(first.mails.sent + second.mails.sent, 12);
    let mut keys: Vec<_> = api.taken().await.iter().map(|mail| mail["key"].to_string()).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 12);
    assert_eq!(app.tick().await.mails, sent(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_lost_holds_a_mail_for_its_lease() {
    let (api, app, _) = with_mails(1).await;
    let Some(clock) = app.movable_clock() else { return };
    let id = claim(&app, app.now()).await;
    assert_eq!(app.tick().await.mails, sent(0));
    clock.advance(Duration::from_mins(5));
    assert_eq!(app.tick().await.mails, sent(1));
    assert_eq!(api.taken().await.len(), 1);

    // It was not lost, but slow: what it says is not asked any more.
    let worker = app.database().connect_as("worker").await;
    let finish = "SELECT finish_mail($1, 1, 'connection lost', NULL, $2)";
    let counted = worker.query_one(finish, &[&id, &SystemTime::from(app.now())]).await.unwrap();
    assert!(!counted.get::<_, bool>(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_tried_for_ever() {
    let (api, app, ada) = with_mails(2).await;
    let sql = "UPDATE mails SET attempts = 10 WHERE recipient = 'person0@example.org'";
    app.database().client().batch_execute(sql).await.unwrap();
    let sql = "UPDATE mails SET due_at = due_at - interval '1 day' WHERE recipient = 'person1@example.org'";
    app.database().client().batch_execute(sql).await.unwrap();
    assert_eq!(app.tick().await.mails, SentMails { failed: 2, ..SentMails::default() });
    assert_eq!(app.log().matches("not sent in time").count(), 2, "{}", app.log());
    assert!(api.taken().await.is_empty());
    let shown = ada.get(MAILS).await;
    for mail in shown.body["items"].as_array().unwrap() {
        assert_eq!((&mail["state"], &mail["last_error"]), (&json!("failed"), &json!("not sent in time")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_attempt_is_the_last() {
    let (api, app, _) = with_mails(1).await;
    drop(api);
    app.database().client().batch_execute("UPDATE mails SET attempts = 9").await.unwrap();
    assert_eq!(app.tick().await.mails, SentMails { failed: 1, ..SentMails::default() });
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_leave_while_the_key_value_store_is_down() {
    let (api, app, _) = start(App::builder().without_key_value(), 1).await;
    let tick = app.client().with_token(TICK_TOKEN).post("/api/service/v1/tick").await;
    tick.expect_problem(503, "unavailable");
    assert_eq!(api.taken().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_transport_nothing_leaves() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &[]).await;
    app.ask_for_reset("grace@example.org").await;
    assert_eq!(app.tick().await.mails, sent(0));
    let mail = ada.get(MAILS).await.body["items"][0].clone();
    assert_eq!((&mail["state"], &mail["attempts"]), (&json!("queued"), &json!(0)));
    assert!(app.newest_mail("grace@example.org").await.text.contains("#token="));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_mail_is_queued_again_by_whoever_may() {
    let (api, app, ada) = with_mails(1).await;
    let fail =
        "UPDATE mails SET state = 'failed', due_at = NULL, attempts = 3, last_error = 'no such mailbox'";
    app.database().client().batch_execute(fail).await.unwrap();
    app.add_role("postmaster", &["mail:send"]).await;
    ada.create_user("post@example.org", "Post Master", &["postmaster"]).await;
    ada.create_user("audit@example.org", "Au Ditor", &["auditor"]).await;
    let (postmaster, auditor) =
        (app.sign_in("post@example.org").await, app.sign_in("audit@example.org").await);
    let id = ada.get(&format!("{MAILS}?filter[recipient]=person0@example.org")).await.body["items"][0]["id"]
        .clone();
    let retry = format!("{MAILS}/{}/retry", id.as_str().unwrap());
    auditor.post(&retry).await.expect_problem(403, "forbidden");
    app.client().post(&retry).await.expect_problem(401, "unauthenticated");
    postmaster.post(&format!("{MAILS}/{}/retry", Uuid::now_v7())).await.expect_problem(404, "not_found");
    postmaster.post(&format!("{MAILS}/1/retry")).await.expect_problem(404, "not_found");

    // Who may send may not therefore read: the text is not in the answer.
    assert_json_snapshot!(postmaster.post(&retry).await, @r#"
    {
      "status": 200,
      "body": {
        "attempts": 0,
        "created_at": "[time]",
        "id": "[uuid]",
        "kind": "password_reset",
        "last_error": "no such mailbox",
        "next_attempt_at": "[time]",
        "recipient": "person0@example.org",
        "state": "queued",
        "subject": "Choose a new password"
      }
    }
    "#);
    postmaster.post(&retry).await.expect_problem(409, "mail_not_failed");
    assert_eq!(app.tick().await.mails, sent(1));
    assert_eq!(api.taken().await.len(), 1);
    postmaster.post(&retry).await.expect_problem(409, "mail_not_failed");

    let log = ada.get("/api/core/v1/admin/security-events?filter[kind]=mail_retried").await;
    let events = log.body["items"].as_array().unwrap();
    let told = events.iter().map(|event| (&event["outcome"], &event["details"]["reason"], &event["email"]));
    let (no, refused) = (Value::Null, json!("refused"));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (&refused, &json!("mail_not_failed"), &json!("post@example.org")),
            (&refused, &json!("mail_not_failed"), &json!("post@example.org")),
            (&json!("success"), &no, &json!("person0@example.org")),
            (&refused, &json!("not_found"), &json!("post@example.org")),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_link_is_over_is_not_sent_again() {
    let (api, app, ada) = with_mails(1).await;
    let Some(clock) = app.movable_clock() else { return };
    let fail = "UPDATE mails SET state = 'failed', due_at = NULL, last_error = 'no such mailbox'";
    app.database().client().batch_execute(fail).await.unwrap();
    let id = ada.get(MAILS).await.body["items"][0]["id"].clone();
    clock.advance(Duration::from_mins(30));
    let retry = ada.refreshed().await.post(&format!("{MAILS}/{}/retry", id.as_str().unwrap())).await;
    retry.expect_problem(409, "mail_link_expired");
    assert_eq!(app.tick().await.mails, sent(0));
    assert!(api.taken().await.is_empty());
}
