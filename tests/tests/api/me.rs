//! `GET` and `PATCH /api/core/v1/me`

use insta::assert_json_snapshot;
use serde_json::json;
use tests::App;

const PATH: &str = "/api/core/v1/me";

#[tokio::test(flavor = "multi_thread")]
async fn says_who_is_calling_and_what_they_may_do() {
    let app = App::start().await;
    let admin = app.setup().await;
    assert_json_snapshot!(admin.get(PATH).await, @r#"
    {
      "status": 200,
      "body": {
        "created_at": "[time]",
        "display_name": "Ada Lovelace",
        "email": "ada@example.org",
        "email_verified": false,
        "has_password": true,
        "id": "[uuid]",
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
        "roles": [
          "administrator"
        ],
        "second_factor": {
          "enabled": false,
          "required": false
        },
        "session_id": "[uuid]"
      }
    }
    "#);
    admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    let grace = app.sign_in("grace@example.org").await;
    let body = grace.get(PATH).await.body;
    assert_eq!((&body["roles"], &body["permissions"]), (&json!([]), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_ones_own_name_and_language() {
    let app = App::start().await;
    let admin = app.setup().await;
    let response = admin.patch(PATH).json(&json!({ "display_name": " Ada King ", "locale": "fr-CA" })).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "body": {
        "created_at": "[time]",
        "display_name": "Ada King",
        "email": "ada@example.org",
        "email_verified": false,
        "has_password": true,
        "id": "[uuid]",
        "locale": "fr",
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
        "roles": [
          "administrator"
        ],
        "second_factor": {
          "enabled": false,
          "required": false
        },
        "session_id": "[uuid]"
      }
    }
    "#);
    assert_eq!(admin.get(PATH).await.body, response.body);
    // An absent field stays as it is.
    let response = admin.patch(PATH).json(&json!({ "locale": "en" })).await;
    assert_eq!(
        (&response.body["display_name"], &response.body["locale"]),
        (&json!("Ada King"), &json!("en"))
    );
    let unchanged = admin.patch(PATH).json(&json!({})).await;
    assert_eq!(unchanged.body, response.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn gives_nobody_roles_or_another_address() {
    let app = App::start().await;
    let admin = app.setup().await;
    let before = admin.get(PATH).await.body;
    let request =
        json!({ "roles": [], "email": "eve@example.org", "id": "01890000-0000-7000-8000-000000000000" });
    admin.patch(PATH).json(&request).await.expect_status(200);
    assert_eq!(admin.get(PATH).await.body, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_is_wrong_with_every_field() {
    let app = App::start().await;
    let admin = app.setup().await;
    let request = json!({ "display_name": "a".repeat(101), "locale": "tlh" });
    assert_json_snapshot!(admin.patch(PATH).json(&request).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "too_long",
            "field": "display_name",
            "limit": 100
          },
          {
            "code": "unknown_value",
            "field": "locale"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    let control = admin.patch(PATH).json(&json!({ "display_name": "Ada\u{0}" })).await;
    assert_json_snapshot!(control.body["errors"], @r#"
    [
      {
        "code": "invalid_format",
        "field": "display_name"
      }
    ]
    "#);
    admin.patch(PATH).json(&json!({ "display_name": 7 })).await.expect_problem(400, "malformed_request");
}
