//! `GET /api/core/v1/admin/mails`

use insta::assert_json_snapshot;
use serde_json::json;
use tests::App;

const MAILS: &str = "/api/core/v1/admin/mails";

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_reads_the_outbox_a_page_at_a_time() {
    let app = App::start().await;
    let ada = app.setup().await;
    for name in ["grace", "alan", "edsger"] {
        let email = format!("{name}@example.org");
        ada.create_user(&email, name, &[]).await;
        let forgot = app.client().post("/api/core/v1/auth/password/forgot");
        forgot.json(&json!({ "email": email })).await.expect_status(202);
    }
    let first = ada.get(&format!("{MAILS}?limit=2")).await.expect_status(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = ada.get(&format!("{MAILS}?limit=2&cursor={cursor}")).await.expect_status(200);
    let pages = [&first, &second].map(|page| page.body["items"].as_array().unwrap());
    let recipients: Vec<_> = pages.into_iter().flatten().map(|mail| mail["recipient"].clone()).collect();
    assert_eq!(recipients, ["edsger@example.org", "alan@example.org", "grace@example.org"]);
    assert!(second.body.get("next_cursor").is_none());

    let mut found = ada.get(&format!("{MAILS}?filter[recipient]=Alan@example.org")).await;
    let text = found.body["items"][0]["text"].take();
    assert!(text.as_str().unwrap().contains("/reset-password#token=mtl_"), "{text}");
    assert_json_snapshot!(found, @r#"
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
            "subject": "Choose a new password",
            "text": null
          }
        ]
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_keys_so_few_may_read_them() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let auditor = app.sign_in("grace@example.org").await;
    auditor.get(MAILS).await.expect_problem(403, "forbidden");
    app.client().get(MAILS).await.expect_problem(401, "unauthenticated");
    for query in ["limit=0", "cursor=nonsense", "filter[recipient]=nobody", "filter[kind]=x"] {
        ada.get(&format!("{MAILS}?{query}")).await.expect_problem(422, "validation_failed");
    }
}
