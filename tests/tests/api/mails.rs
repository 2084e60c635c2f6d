//! `/api/core/v1/admin/mails/...`

use std::time::Duration;

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Client, PASSWORD, Response};
use uuid::Uuid;

use crate::{
    api_keys::make,
    applications::{TOKEN, register},
};

const MAILS: &str = "/api/core/v1/admin/mails";
const GRACE: &str = "grace@example.org";

/// Opens the newest mail to an address.
async fn open(reader: &Client, recipient: &str) -> Response {
    let found = reader.get(&format!("{MAILS}?filter[recipient]={recipient}")).await.expect_status(200);
    reader.get(&format!("{MAILS}/{}", found.body["items"][0]["id"].as_str().unwrap())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_reads_the_outbox_a_page_at_a_time() {
    let app = App::start().await;
    let ada = app.setup().await;
    for name in ["grace", "alan", "edsger"] {
        let email = format!("{name}@example.org");
        ada.create_user(&email, name, &[]).await;
        app.ask_for_reset(&email).await;
    }
    let first = ada.get(&format!("{MAILS}?limit=2")).await.expect_status(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = ada.get(&format!("{MAILS}?limit=2&cursor={cursor}")).await.expect_status(200);
    let pages = [&first, &second].map(|page| page.body["items"].as_array().unwrap());
    let recipients: Vec<_> = pages.into_iter().flatten().map(|mail| mail["recipient"].clone()).collect();
    assert_eq!(recipients, ["edsger@example.org", "alan@example.org", GRACE]);
    assert!(second.body.get("next_cursor").is_none());

    assert_json_snapshot!(ada.get(&format!("{MAILS}?filter[recipient]=Alan@example.org")).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "attempts": 0,
            "created_at": "[time]",
            "id": "[uuid]",
            "kind": "password_reset",
            "next_attempt_at": "[time]",
            "recipient": "alan@example.org",
            "state": "queued",
            "subject": "Choose a new password"
          }
        ]
      }
    }
    "#);
    let fail = "UPDATE mails SET state = 'failed', due_at = NULL WHERE recipient = 'grace@example.org'";
    app.database().client().batch_execute(fail).await.unwrap();
    let recipients = async |state: &str| {
        let found = ada.get(&format!("{MAILS}?filter[state]={state}")).await.expect_status(200);
        found.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|mail| mail["recipient"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(recipients("failed").await, [GRACE]);
    assert_eq!(recipients("queued").await, ["edsger@example.org", "alan@example.org"]);
    assert_eq!(recipients("sent").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn few_may_see_the_outbox() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let auditor = app.sign_in(GRACE).await;
    let unknown = format!("{MAILS}/{}", Uuid::now_v7());
    for path in [MAILS, &unknown] {
        auditor.get(path).await.expect_problem(403, "forbidden");
        app.client().get(path).await.expect_problem(401, "unauthenticated");
    }
    ada.get(&unknown).await.expect_problem(404, "not_found");
    ada.get(&format!("{MAILS}/1")).await.expect_problem(404, "not_found");
    for query in
        ["limit=0", "cursor=nonsense", "filter[recipient]=nobody", "filter[state]=lost", "filter[kind]=x"]
    {
        ada.get(&format!("{MAILS}?{query}")).await.expect_problem(422, "validation_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_opens_a_mail_and_the_log_has_it() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    app.ask_for_reset(GRACE).await;
    let mut opened = open(&ada, GRACE).await;
    let text = opened.body["text"].take();
    assert!(text.as_str().unwrap().contains("/reset-password#token=mtl_"), "{text}");
    assert_json_snapshot!(opened, @r#"
    {
      "status": 200,
      "body": {
        "attempts": 0,
        "created_at": "[time]",
        "id": "[uuid]",
        "kind": "password_reset",
        "next_attempt_at": "[time]",
        "recipient": "grace@example.org",
        "state": "queued",
        "subject": "Choose a new password",
        "text": null
      }
    }
    "#);
    let log = ada.get("/api/core/v1/admin/security-events?filter[kind]=mail_read").await.expect_status(200);
    let events = log.body["items"].as_array().unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!((&events[0]["outcome"], &events[0]["user_id"]), (&json!("success"), &json!(grace.id)));
    assert_eq!(events[0]["actor_email"], "ada@example.org");
    let own = app.sign_in(GRACE).await.get("/api/core/v1/auth/activity").await.expect_status(200);
    assert!(own.body["items"].as_array().unwrap().iter().any(|event| event["kind"] == "mail_read"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_mail_may_do_what_its_reader_can() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("postmaster", &["mail:read", "users:read"]).await;
    ada.create_user("post@example.org", "Post Master", &["postmaster"]).await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let postmaster = app.sign_in("post@example.org").await;

    // Ada administers, what she moves to is hers, and who accepts the invitation audits.
    app.ask_for_reset("ada@example.org").await;
    let change = json!({ "new_email": "countess@example.org", "current_password": PASSWORD });
    ada.post("/api/core/v1/auth/email/change").json(&change).await.expect_status(202);
    let invitation = json!({ "email": "alan@example.org", "roles": ["auditor"] });
    ada.post("/api/core/v1/auth/invitations").json(&invitation).await.expect_status(201);
    for recipient in ["ada@example.org", "countess@example.org", "alan@example.org"] {
        open(&postmaster, recipient).await.expect_problem(403, "forbidden");
        let opened = open(&ada, recipient).await.expect_status(200);
        assert!(opened.body["text"].is_string(), "{recipient}");
    }
    // Grace may do nothing, and a stranger either.
    app.ask_for_reset(GRACE).await;
    let sign_up = json!({ "email": "edsger@example.org" });
    app.client().post("/api/core/v1/auth/sign-up").json(&sign_up).await.expect_status(202);
    for recipient in [GRACE, "edsger@example.org"] {
        open(&postmaster, recipient).await.expect_status(200);
    }
    let path = "/api/core/v1/admin/security-events?filter[kind]=mail_read&filter[outcome]=refused";
    let log = ada.get(path).await.expect_status(200);
    let events = log.body["items"].as_array().unwrap();
    assert!(events.iter().all(|event| event["details"]["reason"] == "forbidden"), "{events:?}");
    let recipients: Vec<_> = events.iter().map(|event| event["email"].clone()).collect();
    assert_eq!(recipients, ["alan@example.org", "countess@example.org", "ada@example.org"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_somebody_who_is_there_opens_a_mail() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.ask_for_reset("ada@example.org").await;
    let (_, key) = make(&ada, &["mail:read"]).await;
    let service = register(&ada, &json!({ "permissions": ["mail:read"] })).await;
    let token = service.send(&app, TOKEN, &[("grant_type", "client_credentials")]).await.expect_status(200);
    let robot = app.client().with_token(token.body["access_token"].as_str().unwrap());
    for program in [&key, &robot] {
        let list = program.get(MAILS).await.expect_status(200);
        assert!(!list.body.to_string().contains("mtl_"), "{}", list.body);
        open(program, "ada@example.org").await.expect_problem(403, "session_required");
    }
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(Duration::from_mins(10));
    open(&ada.refreshed().await, "ada@example.org").await.expect_problem(403, "proof_required");
}
