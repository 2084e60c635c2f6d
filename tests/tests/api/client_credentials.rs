//! Applications that call the API in their own name.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Call, Client, PASSWORD};

use crate::{
    applications::{Application, CLIENTS, REVOKE, TOKEN, USERINFO, register, text},
    tokens::Forge,
};

const ME: &str = "/api/core/v1/me";
const USERS: &str = "/api/core/v1/users";
const ROLES: &str = "/api/core/v1/roles";
const WHOAMI: &str = "/api/service/v1/whoami";
const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn start(permissions: &[&str]) -> (App, Client, Application) {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({ "permissions": permissions })).await;
    (app, ada, application)
}

async fn sign_in(app: &App, application: &Application) -> Client {
    let tokens = application.send(app, TOKEN, &[GRANT]).await.expect_status(200).body;
    app.client().with_token(text(&tokens, "access_token"))
}

fn change(ada: &Client, application: &Application, version: u8, changes: &Value) -> Call {
    let tag = format!("\"{version}\"");
    ada.patch(&format!("{CLIENTS}/{}", application.id)).header("if-match", &tag).json(changes)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_gets_a_token_for_what_it_may() {
    let (app, ada, application) = start(&["roles:read", "users:read"]).await;
    assert_json_snapshot!(application.send(&app, TOKEN, &[GRANT]).await, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "scope": "roles:read users:read",
        "token_type": "Bearer"
      }
    }
    "#);
    let robot = sign_in(&app, &application).await;
    robot.get(USERS).await.expect_status(200);
    robot.get(ROLES).await.expect_status(200);
    let grace = json!({ "email": "grace@example.org", "display_name": "Grace", "password": PASSWORD });
    robot.post(USERS).json(&grace).await.expect_problem(403, "forbidden");
    let whoami = robot.get(WHOAMI).await;
    assert_eq!(whoami.body["client_id"], json!(application.id));
    assert_json_snapshot!(whoami, @r#"
    {
      "status": 200,
      "body": {
        "client_id": "[uuid]",
        "expires_at": "[time]",
        "roles": [],
        "scopes": [
          "roles:read",
          "users:read"
        ]
      }
    }
    "#);
    let less = application.send(&app, TOKEN, &[GRANT, ("scope", "roles:read")]).await.expect_status(200).body;
    let less = app.client().with_token(text(&less, "access_token"));
    less.get(ROLES).await.expect_status(200);
    less.get(USERS).await.expect_problem(403, "forbidden");
    change(&ada, &application, 1, &json!({ "permissions": ["users:read"] })).await.expect_status(200);
    robot.get(ROLES).await.expect_problem(403, "forbidden");
    less.get(ROLES).await.expect_problem(403, "forbidden");
    robot.get(USERS).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn others_get_none() {
    let (app, ada, application) = start(&["users:read"]).await;
    for scope in ["users:write", "users:read users:burn", "openid"] {
        let refused = application.send(&app, TOKEN, &[GRANT, ("scope", scope)]).await.expect_status(400);
        assert_eq!(refused.body["error"], "invalid_scope", "{scope}");
    }
    for kind in ["public", "confidential"] {
        let nobody = register(&ada, &json!({ "kind": kind })).await;
        let refused = nobody.send(&app, TOKEN, &[GRANT]).await.expect_status(400);
        assert_eq!(refused.body["error"], "unauthorized_client", "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_a_persons_is_not_an_applications() {
    let all: Vec<_> = contract::Permission::ALL.into_iter().map(contract::Permission::as_str).collect();
    let (app, ada, application) = start(&all).await;
    let robot = sign_in(&app, &application).await;
    for refused in [
        robot.get(ME),
        robot.patch(ME).json(&json!({ "display_name": "Eve" })),
        robot.get("/api/core/v1/auth/sessions"),
        robot.get("/api/core/v1/auth/api-keys"),
        robot.get("/api/core/v1/auth/consents"),
        robot.call(Method::DELETE, "/api/core/v1/auth/sessions/01890000-0000-7000-8000-000000000000"),
        robot.post("/api/core/v1/auth/invitations").json(&json!({ "email": "alan@example.org" })),
    ] {
        refused.await.expect_problem(403, "session_required");
    }
    let refused = robot.get(USERINFO).await.expect_status(401);
    assert_eq!(refused.body["error"], "invalid_token");
    // What it does is written down as its own.
    let grace = json!({ "email": "grace@example.org", "display_name": "Grace", "password": PASSWORD });
    let grace = robot.post(USERS).json(&grace).await.expect_status(201).body;
    let log = ada.get("/api/core/v1/admin/security-events?filter[kind]=user_created").await.body;
    let event = &log["items"][0];
    assert_eq!((&event["user_id"], event.get("actor_id")), (&grace["id"], None));
    assert_eq!(event["client_id"], json!(application.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_everywhere_when_it_is_disabled_or_deleted() {
    let (app, ada, application) = start(&["roles:read", "users:read"]).await;
    let robot = sign_in(&app, &application).await;
    let assert_ended = async |ended: bool| {
        for path in [USERS, ROLES, WHOAMI, "/api/core/v1/auth/invitations"] {
            let answer = robot.get(path).await;
            if ended {
                answer.expect_problem(401, "token_invalid")
            } else {
                answer.expect_status(200)
            };
        }
    };
    assert_ended(false).await;
    let stale = change(&ada, &application, 7, &json!({ "disabled": true })).await;
    stale.expect_problem(412, "precondition_failed");
    assert_ended(false).await;
    change(&ada, &application, 1, &json!({ "disabled": true })).await.expect_status(200);
    assert_ended(true).await;
    let refused = application.send(&app, TOKEN, &[GRANT]).await.expect_status(401);
    assert_eq!(refused.body["error"], "invalid_client");
    change(&ada, &application, 2, &json!({ "disabled": false })).await.expect_status(200);
    assert_ended(false).await;
    assert!(application.is_active(&app, &json!(robot.access_token())).await);
    let revoked = application.send(&app, REVOKE, &[("token", robot.access_token())]).await.expect_status(400);
    assert_eq!(revoked.body["error"], "unsupported_token_type");
    ada.call(Method::DELETE, &format!("{CLIENTS}/{}", application.id)).await.expect_status(204);
    assert_ended(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_token_is_refused() {
    let (app, _, application) = start(&["roles:read"]).await;
    let robot = sign_in(&app, &application).await;
    let forge = Forge::new(&app, &robot);
    let same = json!({});
    for (what, token) in [
        ("without an algorithm", format!("{}.", forge.input(&json!({ "alg": "none" }), &same))),
        ("signed by another key", forge.signed_by(&[7; 32], &same, &same)),
        ("of an unknown key", forge.signed(&json!({ "kid": "unknown" }), &same)),
        ("of another type", forge.signed(&json!({ "typ": "JWT" }), &same)),
        ("for itself", forge.signed(&same, &json!({ "aud": application.id }))),
        ("of no client", forge.signed(&same, &json!({ "client_id": null }))),
        ("of nobody", forge.signed(&same, &json!({ "client_id": "01890000-0000-7000-8000-000000000000" }))),
    ] {
        let refused = app.client().with_token(&token).get(ROLES).await;
        assert_eq!((refused.status, refused.code()), (401, "token_invalid"), "{what}");
    }
    // More than was given is worth no more.
    let more = forge.signed(&same, &json!({ "scope": "roles:read users:read" }));
    app.client().with_token(&more).get(USERS).await.expect_problem(403, "forbidden");
}
