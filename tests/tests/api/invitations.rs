//! `/api/core/v1/auth/invitations`

use std::time::Duration;

use contract::{Me, TokenGrant};
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD, Response};

use crate::at_once::{EMAIL_LINKS, at_once};

const INVITATIONS: &str = "/api/core/v1/auth/invitations";
const GRACE: &str = "grace@example.org";

async fn invite(by: &Client, email: &str, roles: &[&str]) -> Response {
    by.post(INVITATIONS).json(&json!({ "email": email, "roles": roles })).await
}

/// Invites Grace as an auditor; answers the link's token.
async fn mailed_link(app: &App, by: &Client) -> String {
    invite(by, GRACE, &["auditor"]).await.expect_status(201);
    app.mailed_token(GRACE, "invitation").await
}

fn accept(app: &App, token: &str) -> Call {
    let request =
        json!({ "token": token, "display_name": "Grace", "password": PASSWORD, "transport": "bearer" });
    app.client().post("/api/core/v1/auth/sign-up/complete").json(&request)
}

async fn open(client: &Client) -> Vec<Value> {
    client.get(INVITATIONS).await.expect_status(200).body["items"].as_array().unwrap().clone()
}

fn path(invitation: &Value) -> String {
    format!("{INVITATIONS}/{}", invitation["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_invites_somebody_with_roles() {
    let app = App::builder().variable("sign_up", "closed").start().await;
    let ada = app.setup().await;
    let invited = invite(&ada, "Grace@Example.org", &["auditor"]).await;
    assert_json_snapshot!(invited, @r#"
    {
      "status": 201,
      "body": {
        "created_at": "[time]",
        "email": "grace@example.org",
        "expires_at": "[time]",
        "id": "[uuid]",
        "invited_by": "Ada Lovelace",
        "roles": [
          "auditor"
        ]
      }
    }
    "#);
    assert_eq!(open(&ada).await, [invited.body]);
    let mail = app.newest_mail(GRACE).await;
    assert_eq!(mail.subject, "Ada Lovelace invites you to Matrice");

    let token = app.mailed_token(GRACE, "invitation").await;
    let accepted = accept(&app, &token).await.expect_status(200);
    let grace = app.client().signed_in(accepted.json::<TokenGrant>());
    let me: Me = grace.get("/api/core/v1/me").await.json();
    assert!(me.email_verified && me.email.as_str() == GRACE, "{me:?}");
    assert_json_snapshot!(me.roles, @r#"
    [
      "auditor"
    ]
    "#);
    assert!(open(&ada).await.is_empty());
    accept(&app, &token).await.expect_problem(403, "link_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_offers_what_they_do_not_hold() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("recruiter", &["users:read", "users:write"]).await;
    app.add_role("manager", &["users:write", "roles:grant", "roles:read", "security:read", "users:read"])
        .await;
    for (email, role) in
        [("r@example.org", "recruiter"), ("m@example.org", "manager"), ("a@example.org", "auditor")]
    {
        ada.create_user(email, role, &[role]).await;
    }
    let recruiter = app.sign_in("r@example.org").await;
    invite(&recruiter, GRACE, &[]).await.expect_status(201);
    invite(&recruiter, GRACE, &["auditor"]).await.expect_problem(403, "forbidden");
    let manager = app.sign_in("m@example.org").await;
    invite(&manager, GRACE, &["auditor"]).await.expect_status(201);
    invite(&manager, GRACE, &["administrator"]).await.expect_problem(403, "forbidden");

    let auditor = app.sign_in("a@example.org").await;
    let listed = open(&auditor).await;
    assert_eq!(listed.len(), 1);
    invite(&auditor, GRACE, &[]).await.expect_problem(403, "forbidden");
    auditor.call(Method::DELETE, &path(&listed[0])).await.expect_problem(403, "forbidden");
    invite(app.client(), GRACE, &[]).await.expect_problem(401, "unauthenticated");
    app.client().get(INVITATIONS).await.expect_problem(401, "unauthenticated");
    ada.create_user("n@example.org", "Nobody", &[]).await;
    app.sign_in("n@example.org").await.get(INVITATIONS).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    let ada = app.setup().await;
    assert_json_snapshot!(invite(&ada, "grace", &["Not A Role"]).await.body["errors"], @r#"
    [
      {
        "code": "invalid_format",
        "field": "email"
      },
      {
        "code": "invalid_format",
        "field": "roles"
      }
    ]
    "#);
    let unknown = invite(&ada, GRACE, &["nonsense"]).await;
    assert_eq!(unknown.body["errors"], json!([{ "field": "roles", "code": "unknown_value" }]));
    let taken = invite(&ada, "ada@example.org", &[]).await;
    assert_eq!(taken.body["errors"], json!([{ "field": "email", "code": "taken" }]));
    assert!(app.mails(GRACE).await.is_empty() && app.mails("ada@example.org").await.is_empty());
    for query in ["limit=0", "cursor=nonsense", "sort=email"] {
        ada.get(&format!("{INVITATIONS}?{query}")).await.expect_problem(422, "validation_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_replaces_it_and_it_can_be_withdrawn() {
    let app = App::start().await;
    let ada = app.setup().await;
    let replaced = mailed_link(&app, &ada).await;
    let token = mailed_link(&app, &ada).await;
    let listed = open(&ada).await;
    assert_eq!(listed.len(), 1);
    accept(&app, &replaced).await.expect_problem(403, "link_invalid");

    ada.call(Method::DELETE, &path(&listed[0])).await.expect_status(204);
    ada.call(Method::DELETE, &path(&listed[0])).await.expect_problem(404, "not_found");
    ada.call(Method::DELETE, &format!("{INVITATIONS}/nonsense")).await.expect_problem(404, "not_found");
    accept(&app, &token).await.expect_problem(403, "link_invalid");
    assert!(open(&ada).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_or_withdrawn_and_never_both() {
    let app = App::start().await;
    let ada = app.setup().await;
    let token = mailed_link(&app, &ada).await;
    let withdraw = ada.call(Method::DELETE, &path(&open(&ada).await[0]));
    let answers = at_once(&app, EMAIL_LINKS, accept(&app, &token), withdraw).await;
    let statuses = answers.map(|answer| answer.status);
    assert!(statuses == [200, 404] || statuses == [204, 403], "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn is_good_for_a_week() {
    let app = App::start().await;
    let ada = app.setup().await;
    let Some(clock) = app.movable_clock() else { return };
    let timely = mailed_link(&app, &ada).await;
    invite(&ada, "alan@example.org", &[]).await.expect_status(201);
    let late = app.mailed_token("alan@example.org", "invitation").await;
    clock.advance(Duration::from_hours(7 * 24 - 1));
    accept(&app, &timely).await.expect_status(200);
    clock.advance(Duration::from_hours(1));
    accept(&app, &late).await.expect_problem(403, "link_invalid");
    assert!(open(&app.sign_in("ada@example.org").await).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn is_good_as_long_as_the_inviter_may_invite_so() {
    let app = App::start().await;
    let ada = app.setup().await;
    let edsger = ada.create_user("edsger@example.org", "Edsger Dijkstra", &["administrator"]).await;
    let token = mailed_link(&app, &app.sign_in("edsger@example.org").await).await;
    let user = format!("/api/core/v1/users/{}", edsger.id);
    ada.post(&format!("{user}/lock")).await.expect_status(200);
    accept(&app, &token).await.expect_problem(403, "link_invalid");
    ada.post(&format!("{user}/unlock")).await.expect_status(200);
    let demote = ada.patch(&user).header("if-match", "\"3\"").json(&json!({ "roles": ["auditor"] }));
    demote.await.expect_status(200);
    accept(&app, &token).await.expect_problem(403, "link_invalid");
    let restore = ada.patch(&user).header("if-match", "\"4\"").json(&json!({ "roles": ["administrator"] }));
    restore.await.expect_status(200);
    accept(&app, &token).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn is_good_as_long_as_its_roles_exist() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("clerk", &["users:read"]).await;
    invite(&ada, GRACE, &["clerk"]).await.expect_status(201);
    let token = app.mailed_token(GRACE, "invitation").await;
    app.database().client().execute("DELETE FROM roles WHERE name = 'clerk'", &[]).await.unwrap();
    accept(&app, &token).await.expect_problem(403, "link_invalid");
    assert_eq!(open(&ada).await.len(), 1, "the refused attempt has changed nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_who_has_no_account_yet_a_page_at_a_time() {
    let app = App::start().await;
    let ada = app.setup().await;
    for name in ["grace", "alan", "edsger", "barbara"] {
        invite(&ada, &format!("{name}@example.org"), &[]).await.expect_status(201);
    }
    ada.create_user("alan@example.org", "Alan Turing", &[]).await;
    let first = ada.get(&format!("{INVITATIONS}?limit=2")).await.expect_status(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = ada.get(&format!("{INVITATIONS}?limit=2&cursor={cursor}")).await.expect_status(200);
    assert!(second.body.get("next_cursor").is_none());
    let pages = [&first, &second].map(|page| page.body["items"].as_array().unwrap());
    let invited: Vec<_> = pages.into_iter().flatten().map(|item| item["email"].clone()).collect();
    assert_eq!(invited, ["barbara@example.org", "edsger@example.org", GRACE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_speaks_the_inviters_language() {
    let app = App::start().await;
    let ada = app.setup().await;
    let french = ada.post(INVITATIONS).header("accept-language", "fr").json(&json!({ "email": GRACE }));
    french.await.expect_status(201);
    assert_eq!(app.newest_mail(GRACE).await.subject, "Ada Lovelace vous invite sur Matrice");
    ada.patch("/api/core/v1/me").json(&json!({ "locale": "en" })).await.expect_status(200);
    let english = ada.post(INVITATIONS).header("accept-language", "fr").json(&json!({ "email": GRACE }));
    english.await.expect_status(201);
    assert_eq!(app.newest_mail(GRACE).await.subject, "Ada Lovelace invites you to Matrice");

    invite(&ada, GRACE, &[]).await.expect_status(201);
    invite(&ada, GRACE, &[]).await.expect_problem(429, "rate_limited");
}
