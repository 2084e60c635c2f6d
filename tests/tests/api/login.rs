//! `POST /api/core/v1/auth/login`: what is answered to whom.

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::json;
use tests::{App, Call, PASSWORD, sign_in_request};

const PATH: &str = "/api/core/v1/auth/login";

fn sign_in(app: &App, email: &str, password: &str) -> Call {
    app.client().post(PATH).json(&json!({ "email": email, "password": password, "transport": "bearer" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_get_cookies_that_no_script_can_read() {
    let app = App::start().await;
    app.setup().await;
    let response =
        app.client().post(PATH).json(&json!({ "email": "ada@example.org", "password": PASSWORD })).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "cookies": [
        "__Host-matrice_access=[jwt]; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=[token]; Path=/api/core/v1/auth; Max-Age=1209600; Secure; HttpOnly; SameSite=Strict"
      ],
      "body": {
        "expires_in": 600
      }
    }
    "#);

    let access = response.cookie("__Host-matrice_access");
    app.client().get("/api/core/v1/me").cookies([access]).await.expect_status(200);
    app.client().get("/api/service/v1/whoami").cookies([access]).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn api_clients_get_tokens_in_the_body() {
    let app = App::start().await;
    app.setup().await;
    let response =
        app.client().post(PATH).json(&sign_in_request(" ADA@example.org ", Transport::Bearer)).await;
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "refresh_token": "[token]",
        "token_type": "Bearer"
      }
    }
    "#);
    app.client().signed_in(response.json()).get("/api/core/v1/me").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_is_noted_on_the_account() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    assert_eq!(grace.last_sign_in_at, None);
    app.sign_in("grace@example.org").await;
    let path = format!("/api/core/v1/users/{}", grace.id);
    assert_json_snapshot!(admin.get(&path).await, @r#"
    {
      "status": 200,
      "headers": {
        "etag": "\"1\""
      },
      "body": {
        "created_at": "[time]",
        "display_name": "Grace Hopper",
        "email": "grace@example.org",
        "id": "[uuid]",
        "last_sign_in_at": "[time]",
        "roles": [],
        "second_factor": false,
        "status": "active",
        "updated_at": "[time]",
        "version": 1
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_account_looks_like_a_wrong_password() {
    let app = App::start().await;
    app.setup().await;
    let wrong = sign_in(&app, "ada@example.org", "not the password").await;
    assert_json_snapshot!(wrong, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "invalid_credentials",
        "request_id": "[uuid]",
        "status": 401,
        "title": "The e-mail address or the password is wrong",
        "type": "urn:matrice:problem:invalid_credentials"
      }
    }
    "#);
    let unknown = sign_in(&app, "eve@example.org", "not the password").await;
    assert_eq!(json!(unknown)["body"]["code"], json!(wrong)["body"]["code"]);
    let names = |response: &tests::Response| -> Vec<_> { response.headers.keys().cloned().collect() };
    assert_eq!(names(&unknown), names(&wrong));
    let (mut unknown, mut wrong) = (unknown.body, wrong.body);
    unknown["request_id"].take();
    wrong["request_id"].take();
    assert_eq!(unknown, wrong);
}

/// The stored hash is one of the reference implementation, made with other parameters than today's.
#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_another_day_is_upgraded() {
    let app = App::start().await;
    app.setup().await;
    let database = app.database().client();
    let old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    database.execute("UPDATE password_credentials SET hash = $1", &[&old]).await.unwrap();
    let stored = async || -> String {
        database.query_one("SELECT hash FROM password_credentials", &[]).await.unwrap().get(0)
    };

    sign_in(&app, "ada@example.org", "not the password").await.expect_problem(401, "invalid_credentials");
    assert_eq!(stored().await, old);
    sign_in(&app, "ada@example.org", "password").await.expect_status(200);
    let upgraded = stored().await;
    assert!(upgraded.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{upgraded}");
    sign_in(&app, "ada@example.org", "password").await.expect_status(200);
    assert_eq!(stored().await, upgraded);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_told_so_by_its_password_alone() {
    let app = App::start().await;
    let admin = app.setup().await;
    let grace = admin.create_user("grace@example.org", "Grace Hopper", &[]).await;
    admin.post(&format!("/api/core/v1/users/{}/lock", grace.id)).await.expect_status(200);
    assert_json_snapshot!(sign_in(&app, "grace@example.org", PASSWORD).await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "account_locked",
        "request_id": "[uuid]",
        "status": 403,
        "title": "The account is locked",
        "type": "urn:matrice:problem:account_locked"
      }
    }
    "#);
    sign_in(&app, "grace@example.org", "not the password").await.expect_problem(401, "invalid_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_bodies_of_another_form() {
    let app = App::start().await;
    let post = || app.client().post(PATH);
    assert_json_snapshot!(post().body("application/json", "{\"email\": ").await, @r#"
    {
      "status": 400,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "malformed_request",
        "detail": "Failed to parse the request body as JSON: email: EOF while parsing a value at line 1 column 10",
        "request_id": "[uuid]",
        "status": 400,
        "title": "The request is malformed",
        "type": "urn:matrice:problem:malformed_request"
      }
    }
    "#);
    assert_json_snapshot!(post().json(&json!({ "email": "ada@example.org" })).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "required",
            "field": "password"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    assert_json_snapshot!(post().body("text/plain", "{}").await, @r#"
    {
      "status": 415,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "unsupported_media_type",
        "request_id": "[uuid]",
        "status": 415,
        "title": "The request body must be application/json",
        "type": "urn:matrice:problem:unsupported_media_type"
      }
    }
    "#);
    assert_json_snapshot!(post().body("application/json", " ".repeat(65 * 1024)).await, @r#"
    {
      "status": 413,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "payload_too_large",
        "request_id": "[uuid]",
        "status": 413,
        "title": "The request body is too large",
        "type": "urn:matrice:problem:payload_too_large"
      }
    }
    "#);
    assert_json_snapshot!(post().json(&json!({ "email": "ada", "password": "" })).await, @r#"
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
            "field": "password"
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
async fn refuses_what_a_browser_sends_for_another_site() {
    let app = App::start().await;
    app.setup().await;
    let sign_in = |name: &str, value: &str| sign_in(&app, "ada@example.org", PASSWORD).header(name, value);
    assert_json_snapshot!(sign_in("sec-fetch-site", "cross-site").await, @r#"
    {
      "status": 403,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "cross_site_request",
        "request_id": "[uuid]",
        "status": 403,
        "title": "Requests from other sites are refused",
        "type": "urn:matrice:problem:cross_site_request"
      }
    }
    "#);
    sign_in("sec-fetch-site", "same-site").await.expect_problem(403, "cross_site_request");
    sign_in("origin", "https://evil.example").await.expect_problem(403, "cross_site_request");
    sign_in("origin", "null").await.expect_problem(403, "cross_site_request");
    sign_in("sec-fetch-site", "same-origin").await.expect_status(200);
    sign_in("origin", tests::PUBLIC_URL).await.expect_status(200);
}
