//! `POST /api/core/v1/users` and `GET /api/core/v1/users/{id}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::App;

const PATH: &str = "/api/core/v1/users";

fn grace_request() -> Value {
    json!({
        "email": "Grace@Example.org",
        "display_name": "Grace Hopper",
        "password": "correct horse battery staple",
        "roles": ["auditor"],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_creates_an_account() {
    let app = App::start().await;
    let admin = app.setup().await;
    let created = admin.post(PATH).json(&grace_request()).await;
    assert_json_snapshot!(created, @r#"
    {
      "status": 201,
      "headers": {
        "etag": "\"1\""
      },
      "body": {
        "created_at": "[time]",
        "display_name": "Grace Hopper",
        "email": "grace@example.org",
        "id": "[uuid]",
        "roles": [
          "auditor"
        ],
        "second_factor": false,
        "status": "active",
        "updated_at": "[time]",
        "version": 1
      }
    }
    "#);

    let read = admin.get(&format!("{PATH}/{}", created.body["id"].as_str().unwrap())).await;
    assert_eq!((read.header("etag"), &read.body), (created.header("etag"), &created.body));
    let grace = app.sign_in("grace@example.org").await;
    assert_eq!(grace.get("/api/core/v1/me").await.body["roles"], json!(["auditor"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    let admin = app.setup().await;
    let request =
        json!({ "email": "grace", "display_name": "", "password": "too short", "roles": ["Not A Role"] });
    assert_json_snapshot!(admin.post(PATH).json(&request).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "invalid_format",
            "field": "email"
          },
          {
            "code": "required",
            "field": "display_name"
          },
          {
            "code": "too_short",
            "field": "password",
            "limit": 12
          },
          {
            "code": "invalid_format",
            "field": "roles"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_taken_in_any_case() {
    let app = App::start().await;
    let admin = app.setup().await;
    let mut request = grace_request();
    request["email"] = json!("ADA@example.ORG");
    assert_json_snapshot!(admin.post(PATH).json(&request).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "taken",
            "field": "email"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_must_exist() {
    let app = App::start().await;
    let admin = app.setup().await;
    let mut request = grace_request();
    request["roles"] = json!(["auditor", "wizard"]);
    assert_json_snapshot!(admin.post(PATH).json(&request).await.body["errors"], @r#"
    [
      {
        "code": "unknown_value",
        "field": "roles"
      }
    ]
    "#);
    // All or nothing: the address is still free.
    admin.post(PATH).json(&grace_request()).await.expect_status(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there() {
    let app = App::start().await;
    let admin = app.setup().await;
    assert_json_snapshot!(admin.get(&format!("{PATH}/01890000-0000-7000-8000-000000000000")).await, @r#"
    {
      "status": 404,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "not_found",
        "request_id": "[uuid]",
        "status": 404,
        "title": "Not found",
        "type": "urn:matrice:problem:not_found"
      }
    }
    "#);
    admin.get(&format!("{PATH}/nobody")).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_may_read_and_change_nothing() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let auditor = app.sign_in("grace@example.org").await;
    auditor.get(PATH).await.expect_status(200);
    auditor.get("/api/core/v1/roles").await.expect_status(200);
    let path = format!("{PATH}/{}", grace.id);
    auditor.get(&path).await.expect_status(200);

    let mut request = grace_request();
    request["roles"] = json!([]);
    assert_json_snapshot!(auditor.post(PATH).json(&request).await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "forbidden",
        "detail": "this needs the permission users:write",
        "request_id": "[uuid]",
        "status": 403,
        "title": "You may not do this",
        "type": "urn:matrice:problem:forbidden"
      }
    }
    "#);
    let mut refused =
        vec![auditor.patch(&path).header("if-match", "\"1\"").json(&json!({ "roles": [] })).await];
    for action in ["lock", "unlock"] {
        refused.push(auditor.post(&format!("{path}/{action}")).await);
    }
    for response in refused {
        response.expect_problem(403, "forbidden");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_role_nothing_but_oneself() {
    let app = App::start().await;
    let admin = app.setup().await;
    let ada = admin.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned();
    admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    assert_json_snapshot!(grace.get(PATH).await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "forbidden",
        "detail": "this needs the permission users:read",
        "request_id": "[uuid]",
        "status": 403,
        "title": "You may not do this",
        "type": "urn:matrice:problem:forbidden"
      }
    }
    "#);
    for path in [format!("{PATH}/{ada}"), format!("{PATH}/nobody"), "/api/core/v1/roles".to_owned()] {
        grace.get(&path).await.expect_problem(403, "forbidden");
    }
    // Asked before the body is read: a stranger learns nothing of its form.
    grace.post(PATH).json(&json!({ "email": 1 })).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_what_they_do_not_hold() {
    let app = App::start().await;
    let admin = app.setup().await;
    app.add_role("helpdesk", &["users:read", "users:write"]).await;
    app.add_role("registrar", &["users:read", "users:write", "roles:grant"]).await;
    admin.create_user("help@example.org", "Help", &["helpdesk"]).await;
    admin.create_user("reg@example.org", "Reg", &["registrar"]).await;

    let helpdesk = app.sign_in("help@example.org").await;
    assert_json_snapshot!(helpdesk.post(PATH).json(&grace_request()).await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "forbidden",
        "detail": "this needs the permission roles:grant",
        "request_id": "[uuid]",
        "status": 403,
        "title": "You may not do this",
        "type": "urn:matrice:problem:forbidden"
      }
    }
    "#);
    let registrar = app.sign_in("reg@example.org").await;
    assert_json_snapshot!(registrar.post(PATH).json(&grace_request()).await.body["detail"], @r#""this needs the permission roles:read, security:read""#);
    let mut request = grace_request();
    request["roles"] = json!(["administrator"]);
    registrar.post(PATH).json(&request).await.expect_problem(403, "forbidden");
    request["roles"] = json!(["registrar", "helpdesk"]);
    registrar.post(PATH).json(&request).await.expect_status(201);
    request["roles"] = json!([]);
    request["email"] = json!("alan@example.org");
    helpdesk.post(PATH).json(&request).await.expect_status(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_taken_away_counts_at_once() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &["auditor"]).await;
    let auditor = app.sign_in("grace@example.org").await;
    auditor.get(PATH).await.expect_status(200);
    let change = admin.patch(&format!("{PATH}/{}", grace.id)).header("if-match", "\"1\"");
    change.json(&json!({ "roles": [] })).await.expect_status(200);
    auditor.get(PATH).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_the_roles_and_what_they_allow() {
    let app = App::start().await;
    let admin = app.setup().await;
    assert_json_snapshot!(admin.get("/api/core/v1/roles").await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "description": "May do everything; never left without a holder",
            "name": "administrator",
            "permissions": [
              "clients:read",
              "clients:write",
              "mail:read",
              "mail:send",
              "roles:grant",
              "roles:read",
              "roles:write",
              "security:read",
              "users:read",
              "users:write"
            ],
            "requires_second_factor": false
          },
          {
            "description": "Sees accounts and roles, changes nothing",
            "name": "auditor",
            "permissions": [
              "roles:read",
              "security:read",
              "users:read"
            ],
            "requires_second_factor": false
          }
        ]
      }
    }
    "#);
}
