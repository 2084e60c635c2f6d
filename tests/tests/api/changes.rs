//! Whoever may change something may not do so without end.

use insta::assert_snapshot;
use reqwest::Method;
use serde_json::json;
use tests::{App, PASSWORD};

use crate::api_keys::make;

const ID: &str = "01890000-0000-7000-8000-000000000000";
const USERS: &str = "/api/core/v1/users";
const AUTH: &str = "/api/core/v1/auth";

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_counted() {
    let app = App::start().await;
    let ada = app.setup().await;
    let grace = ada.create_user("grace@example.org", "Grace Hopper", &[]).await.id;
    let (key, _) = make(&ada, &[]).await;
    // As if she had made many.
    let sql = "UPDATE rate_limits SET tokens = -3600 WHERE key LIKE 'change:%'";
    assert_eq!(app.database().client().execute(sql, &[]).await.unwrap(), 2);

    let alan = json!({ "email": "alan@example.org", "display_name": "Alan Turing", "password": PASSWORD });
    let user = format!("{USERS}/{grace}");
    let delete = |path: String| ada.call(Method::DELETE, &path);
    for call in [
        ada.post(USERS).json(&alan),
        ada.patch(&user).header("if-match", "\"1\"").json(&json!({ "display_name": "Grace" })),
        ada.post(&format!("{user}/lock")),
        ada.post(&format!("{user}/unlock")),
        delete(format!("{user}/sessions")),
        delete(format!("{user}/sessions/{ID}")),
        delete(format!("{user}/second-factor")),
        ada.patch("/api/core/v1/roles/auditor").json(&json!({ "requires_second_factor": false })),
        delete(format!("{AUTH}/invitations/{ID}")),
        ada.post(&format!("{AUTH}/api-keys")).json(&json!({ "name": "One more" })),
        delete(format!("{AUTH}/api-keys/{key}")),
        delete(format!("{AUTH}/sessions/{ID}")),
        ada.post(&format!("{AUTH}/sessions/end-others")),
    ] {
        let refused = call.await.expect_problem(429, "rate_limited");
        assert!(refused.header("retry-after").is_some());
    }
    // Others are not kept from anything.
    let grace = app.sign_in("grace@example.org").await;
    grace.post(&format!("{AUTH}/sessions/end-others")).await.expect_status(204);
    let sql = "SELECT string_agg(kind, ' ' ORDER BY id) FROM security_events WHERE outcome = 'refused'";
    let log: String = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    assert_snapshot!(log, @"user_created");
}
