//! `PATCH /api/core/v1/users/{id}`: at a version, and roles only by who may give them.

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, Call, Client};

use crate::at_once::{ADMINISTRATORS, at_once};

fn path(id: impl std::fmt::Display) -> String {
    format!("/api/core/v1/users/{id}")
}

fn update(client: &Client, id: impl std::fmt::Display, version: i64, changes: &Value) -> Call {
    client.patch(&path(id)).header("if-match", &format!("\"{version}\"")).json(changes)
}

async fn own_id(client: &Client) -> String {
    client.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_what_is_given_and_counts_the_version() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let changes = json!({ "email": "Rear.Admiral@Example.org", "display_name": "Grace Murray Hopper" });
    let response = update(&admin, grace.id, 1, &changes).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "headers": {
        "etag": "\"2\""
      },
      "body": {
        "created_at": "[time]",
        "display_name": "Grace Murray Hopper",
        "email": "rear.admiral@example.org",
        "id": "[uuid]",
        "roles": [
          "auditor"
        ],
        "second_factor": false,
        "status": "active",
        "updated_at": "[time]",
        "version": 2
      }
    }
    "#);
    assert_eq!(admin.get(&path(grace.id)).await.body, response.body);
    app.sign_in("rear.admiral@example.org").await;

    let roles = update(&admin, grace.id, 2, &json!({ "roles": [] })).await;
    assert_eq!((roles.header("etag"), &roles.body["roles"]), (Some("\"3\""), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_the_version_that_was_read() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let changes = json!({ "display_name": "Grace Murray Hopper" });
    assert_json_snapshot!(admin.patch(&path(grace.id)).json(&changes).await, @r#"
    {
      "status": 428,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "precondition_required",
        "request_id": "[uuid]",
        "status": 428,
        "title": "The If-Match header is required",
        "type": "urn:matrice:problem:precondition_required"
      }
    }
    "#);
    update(&admin, grace.id, 1, &changes).await.expect_status(200);
    assert_json_snapshot!(update(&admin, grace.id, 1, &changes).await, @r#"
    {
      "status": 412,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "precondition_failed",
        "request_id": "[uuid]",
        "status": 412,
        "title": "It was changed in the meantime",
        "type": "urn:matrice:problem:precondition_failed"
      }
    }
    "#);
    for tag in ["*", "2", "W/\"2\"", "\"x\"", "\"\""] {
        let call = admin.patch(&path(grace.id)).header("if-match", tag).json(&changes);
        call.await.expect_problem(412, "precondition_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_addresses_are_told_of_another() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let taken = update(&admin, grace.id, 1, &json!({ "email": "ada@example.org" }));
    taken.await.expect_problem(422, "validation_failed");
    update(&admin, grace.id, 1, &json!({ "email": "grace@example.org" })).await.expect_status(200);
    for address in ["ada@example.org", "grace@example.org"] {
        assert!(app.mails(address).await.is_empty(), "nothing has changed for {address}");
    }
    let another = json!({ "email": "hopper@example.org" });
    update(&admin, grace.id, 1, &another).await.expect_problem(412, "precondition_failed");
    update(&admin, grace.id, 2, &another).await.expect_status(200);
    for address in ["grace@example.org", "hopper@example.org"] {
        assert_eq!(app.mails(address).await, ["email_changed"]);
        let text = app.newest_mail(address).await.text;
        assert!(text.contains("hopper@example.org") && text.contains("Grace Hopper"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_wins() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let call = |name: &str| update(&admin, grace.id, 1, &json!({ "display_name": name }));
    let [won, lost] = at_once(&app, ADMINISTRATORS, call("Grace I"), call("Grace II")).await;
    won.expect_status(200);
    lost.expect_problem(412, "precondition_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let refused = async |changes: Value| {
        update(&admin, grace.id, 1, &changes).await.expect_status(422).body["errors"].clone()
    };
    let wrong = json!({ "email": "grace", "display_name": "", "roles": ["1"] });
    assert_json_snapshot!(refused(wrong).await, @r#"
    [
      {
        "code": "invalid_format",
        "field": "email"
      },
      {
        "code": "required",
        "field": "display_name"
      },
      {
        "code": "invalid_format",
        "field": "roles"
      }
    ]
    "#);
    assert_json_snapshot!(refused(json!({ "email": "ADA@example.org" })).await, @r#"
    [
      {
        "code": "taken",
        "field": "email"
      }
    ]
    "#);
    assert_json_snapshot!(refused(json!({ "roles": ["wizard"] })).await, @r#"
    [
      {
        "code": "unknown_value",
        "field": "roles"
      }
    ]
    "#);
    let untouched = admin.get(&path(grace.id)).await;
    assert_eq!(untouched.header("etag"), Some("\"1\""));
    let nobody = "01890000-0000-7000-8000-000000000000";
    update(&admin, nobody, 1, &json!({ "display_name": "Nobody" })).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_given_and_taken_by_who_holds_as_much() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.add_role("helpdesk", &["users:read", "users:write"]).await;
    app.add_role("registrar", &["users:read", "users:write", "roles:grant"]).await;
    admin.create_user("help@example.org", "Help", &["helpdesk"]).await;
    admin.create_user("reg@example.org", "Reg", &["registrar"]).await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let helpdesk = app.sign_in("help@example.org").await;
    let registrar = app.sign_in("reg@example.org").await;

    // A form that sends the roles back unchanged needs no right to change them.
    let same = json!({ "display_name": "Grace Murray Hopper", "roles": ["auditor"] });
    update(&helpdesk, grace.id, 1, &same).await.expect_status(200);
    assert_json_snapshot!(update(&helpdesk, grace.id, 2, &json!({ "roles": [] })).await.body["detail"], @r#""this needs the permission roles:grant""#);
    assert_json_snapshot!(update(&registrar, grace.id, 2, &json!({ "roles": [] })).await.body["detail"], @r#""this needs the permission roles:read, security:read""#);
    let elevate = json!({ "roles": ["auditor", "administrator"] });
    update(&registrar, grace.id, 2, &elevate).await.expect_problem(403, "forbidden");
    let add = json!({ "roles": ["auditor", "helpdesk"] });
    update(&registrar, grace.id, 2, &add).await.expect_status(200);
}

/// Whose address one chooses, their password one chooses too.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_changed_by_who_holds_as_much() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.add_role("helpdesk", &["users:read", "users:write"]).await;
    admin.create_user("help@example.org", "Help", &["helpdesk"]).await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let helpdesk = app.sign_in("help@example.org").await;
    let admin_id = own_id(&admin).await;

    let take_over = json!({ "email": "mallory@example.org" });
    update(&helpdesk, &admin_id, 1, &take_over).await.expect_problem(403, "forbidden");
    update(&helpdesk, &admin_id, 1, &json!({ "display_name": "Ada" })).await.expect_status(200);
    update(&helpdesk, grace.id, 1, &json!({ "email": "hopper@example.org" })).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays_one() {
    let app = App::start().await;
    let admin = app.setup().await;
    let ada = own_id(&admin).await;
    assert_json_snapshot!(update(&admin, &ada, 1, &json!({ "roles": ["auditor"] })).await, @r#"
    {
      "status": 409,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "last_administrator",
        "request_id": "[uuid]",
        "status": 409,
        "title": "The last administrator must stay one",
        "type": "urn:matrice:problem:last_administrator"
      }
    }
    "#);
    // One who is locked can't administer, and so doesn't count.
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["administrator"]).await;
    admin.post(&format!("{}/lock", path(grace.id))).await.expect_status(200);
    update(&admin, &ada, 1, &json!({ "roles": [] })).await.expect_problem(409, "last_administrator");
    admin.post(&format!("{}/unlock", path(grace.id))).await.expect_status(200);
    update(&admin, &ada, 1, &json!({ "roles": [] })).await.expect_status(200);
    admin.get("/api/core/v1/users").await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_demoting_each_other_one_stays() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("grace@example.org", "Grace Hopper", &["administrator"]).await;
    let grace = app.sign_in("grace@example.org").await;
    let (ada_id, grace_id) = (own_id(&ada).await, own_id(&grace).await);
    let demote = json!({ "roles": [] });
    let [won, lost] =
        at_once(&app, ADMINISTRATORS, update(&ada, grace_id, 1, &demote), update(&grace, ada_id, 1, &demote))
            .await;
    won.expect_status(200);
    lost.expect_problem(409, "last_administrator");
}
