//! `/api/core/v1/admin/clients`: registering applications.

use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Call, Client};

use crate::applications::{CALLBACK, CLIENTS, TOKEN, register, registration, with};

async fn change(ada: &Client, id: &str, changes: &Value) -> Call {
    let path = format!("{CLIENTS}/{id}");
    let read = ada.get(&path).await.expect_status(200);
    ada.patch(&path).header("if-match", read.header("etag").unwrap()).json(changes)
}

#[tokio::test(flavor = "multi_thread")]
async fn is_registered_with_a_secret_that_is_shown_once() {
    let app = App::start().await;
    let ada = app.setup().await;
    let request = with(registration(), &json!({ "name": " Time sheets ", "permissions": ["users:read"] }));
    let created = ada.post(CLIENTS).json(&request).await;
    assert_json_snapshot!(created, @r#"
    {
      "status": 201,
      "body": {
        "client": {
          "created_at": "[time]",
          "disabled": false,
          "id": "[uuid]",
          "kind": "confidential",
          "name": "Time sheets",
          "permissions": [
            "users:read"
          ],
          "post_logout_redirect_uris": [
            "https://app.example.org/"
          ],
          "redirect_uris": [
            "https://app.example.org/callback"
          ],
          "scopes": [
            "openid",
            "profile",
            "email",
            "offline_access"
          ],
          "secrets": [
            {
              "created_at": "[time]",
              "id": "[uuid]"
            }
          ],
          "skip_consent": false,
          "updated_at": "[time]",
          "version": 1
        },
        "client_secret": "[token]"
      }
    }
    "#);
    let listed = ada.get(CLIENTS).await.expect_status(200);
    assert_eq!(listed.body["items"], json!([created.body["client"]]));
    let id = created.body["client"]["id"].as_str().unwrap();
    let read = ada.get(&format!("{CLIENTS}/{id}")).await.expect_status(200);
    assert_eq!((&read.body, read.header("etag")), (&created.body["client"], Some("\"1\"")));
    let public = with(registration(), &json!({ "kind": "public" }));
    let public = ada.post(CLIENTS).json(&public).await.expect_status(201);
    assert_eq!((public.body.get("client_secret"), &public.body["client"]["secrets"]), (None, &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn comes_in_pages() {
    let app = App::start().await;
    let ada = app.setup().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.insert(0, register(&ada, &json!({})).await.id);
    }
    let first = ada.get(&format!("{CLIENTS}?limit=2")).await.expect_status(200).body;
    let cursor = first["next_cursor"].as_str().unwrap();
    let last = ada.get(&format!("{CLIENTS}?limit=2&cursor={cursor}")).await.expect_status(200).body;
    let shown: Vec<_> = [&first, &last].iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
    assert_eq!(shown.iter().map(|client| client["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    ada.get(&format!("{CLIENTS}?limit=0")).await.expect_problem(422, "validation_failed");
    ada.get(&format!("{CLIENTS}?cursor=x")).await.expect_problem(422, "validation_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_named() {
    let app = App::start().await;
    let ada = app.setup().await;
    for (field, value) in [
        ("name", json!("")),
        ("kind", json!("secret")),
        ("redirect_uris", json!(["http://app.example.org/callback"])),
        ("redirect_uris", json!(["https://app.example.org/callback#here"])),
        ("redirect_uris", json!(["app:/callback"])),
        ("post_logout_redirect_uris", json!(["javascript:alert(1)"])),
        ("scopes", json!(["openid", "address"])),
        ("permissions", json!(["users:burn"])),
    ] {
        let refused = ada.post(CLIENTS).json(&with(registration(), &json!({ field: value }))).await;
        assert_eq!(refused.body["errors"][0]["field"], field);
        refused.expect_problem(422, "validation_failed");
    }
    let id = register(&ada, &json!({ "kind": "public" })).await.id;
    let refused = change(&ada, &id, &json!({ "permissions": ["users:read"] })).await.await;
    refused.expect_problem(422, "validation_failed");
    ada.post(CLIENTS).json(&json!("?")).await.expect_problem(400, "malformed_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn is_changed_at_the_version_that_was_read() {
    let app = App::start().await;
    let ada = app.setup().await;
    let id = register(&ada, &json!({})).await.id;
    let path = format!("{CLIENTS}/{id}");
    let changes =
        json!({ "name": "Sheets", "redirect_uris": [], "scopes": ["openid"], "skip_consent": true });
    let answer = change(&ada, &id, &changes).await.await.expect_status(200);
    assert_eq!(answer.header("etag"), Some("\"2\""));
    let expected = with(ada.get(&path).await.body, &changes);
    assert_eq!(answer.body, expected);
    assert_eq!(answer.body["post_logout_redirect_uris"], json!(["https://app.example.org/"]));
    ada.patch(&path).json(&changes).await.expect_problem(428, "precondition_required");
    let stale = ada.patch(&path).header("if-match", "\"1\"").json(&changes);
    stale.await.expect_problem(412, "precondition_failed");
    let nobody = ada.patch(&format!("{CLIENTS}/01890000-0000-7000-8000-000000000000"));
    nobody.header("if-match", "\"1\"").json(&changes).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_secrets_are_good_while_they_are_rotated() {
    let app = App::start().await;
    let ada = app.setup().await;
    let old = register(&ada, &json!({ "permissions": ["users:read"] })).await;
    let path = format!("{CLIENTS}/{}/secrets", old.id);
    let made = ada.post(&path).await;
    assert_json_snapshot!(made, @r#"
    {
      "status": 201,
      "body": {
        "client_secret": "[token]",
        "secret": {
          "created_at": "[time]",
          "id": "[uuid]"
        }
      }
    }
    "#);
    ada.post(&path).await.expect_problem(409, "too_many_client_secrets");
    let mut new = old.clone();
    new.secret = made.body["client_secret"].as_str().map(str::to_owned);
    let grant = [("grant_type", "client_credentials")];
    for application in [&old, &new] {
        application.send(&app, TOKEN, &grant).await.expect_status(200);
    }
    let secrets = ada.get(&format!("{CLIENTS}/{}", old.id)).await.body["secrets"].clone();
    assert_eq!(secrets[1], made.body["secret"]);
    let first = format!("{path}/{}", secrets[0]["id"].as_str().unwrap());
    ada.call(Method::DELETE, &first).await.expect_status(204);
    ada.call(Method::DELETE, &first).await.expect_problem(404, "not_found");
    assert_eq!(old.send(&app, TOKEN, &grant).await.expect_status(401).body["error"], "invalid_client");
    new.send(&app, TOKEN, &grant).await.expect_status(200);
    let public = register(&ada, &json!({ "kind": "public" })).await.id;
    let refused = ada.post(&format!("{CLIENTS}/{public}/secrets")).await;
    refused.expect_problem(409, "public_client");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_an_application_what_they_do_not_hold() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("registrar", &["clients:read", "clients:write", "roles:read"]).await;
    ada.create_user("grace@example.org", "Grace Hopper", &["registrar"]).await;
    let grace = app.sign_in("grace@example.org").await;
    let strong = register(&ada, &json!({ "permissions": ["users:read"] })).await.id;
    let request = with(registration(), &json!({ "permissions": ["users:read"] }));
    grace.post(CLIENTS).json(&request).await.expect_problem(403, "forbidden");
    let weak = register(&grace, &json!({ "permissions": ["roles:read"] })).await.id;
    let more = json!({ "permissions": ["users:read"] });
    change(&grace, &weak, &more).await.await.expect_problem(403, "forbidden");
    // Whoever sends its answers elsewhere, or makes its secrets, can act as it.
    let elsewhere = json!({ "redirect_uris": ["https://evil.example"] });
    change(&grace, &strong, &elsewhere).await.await.expect_problem(403, "forbidden");
    grace.post(&format!("{CLIENTS}/{strong}/secrets")).await.expect_problem(403, "forbidden");
    grace.call(Method::DELETE, &format!("{CLIENTS}/{strong}")).await.expect_problem(403, "forbidden");
    grace.call(Method::DELETE, &format!("{CLIENTS}/{weak}")).await.expect_status(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn is_for_those_who_may_and_have_proven_who_they_are() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("reader", &["clients:read"]).await;
    ada.create_user("grace@example.org", "Grace Hopper", &["reader"]).await;
    let grace = app.sign_in("grace@example.org").await;
    let id = register(&ada, &json!({})).await.id;
    grace.get(CLIENTS).await.expect_status(200);
    grace.post(CLIENTS).json(&registration()).await.expect_problem(403, "forbidden");
    app.client().get(CLIENTS).await.expect_problem(401, "unauthenticated");
    let service = register(&ada, &json!({ "permissions": ["clients:read", "clients:write"] })).await;
    let token = service.send(&app, TOKEN, &[("grant_type", "client_credentials")]).await.body;
    let robot = app.client().with_token(token["access_token"].as_str().unwrap());
    let (_, key) = crate::api_keys::make(&ada, &["clients:read", "clients:write"]).await;
    let path = format!("{CLIENTS}/{id}");
    for other in [&robot, &key] {
        let secret = other.get(&path).await.expect_status(200).body["secrets"][0]["id"].clone();
        let secrets = format!("{path}/secrets");
        for write in [
            other.post(CLIENTS).json(&registration()),
            other.patch(&path).header("if-match", "\"1\"").json(&json!({ "name": "Sheets" })),
            other.call(Method::DELETE, &path),
            other.post(&secrets),
            other.call(Method::DELETE, &format!("{secrets}/{}", secret.as_str().unwrap())),
        ] {
            write.await.expect_problem(403, "session_required");
        }
    }
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(std::time::Duration::from_mins(11));
    let ada = ada.refreshed().await;
    ada.get(CLIENTS).await.expect_status(200);
    ada.post(CLIENTS).json(&registration()).await.expect_problem(403, "proof_required");
    ada.call(Method::DELETE, &format!("{CLIENTS}/{id}")).await.expect_problem(403, "proof_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_written_down() {
    let app = App::start().await;
    let ada = app.setup().await;
    app.add_role("registrar", &["clients:read", "clients:write"]).await;
    ada.create_user("grace@example.org", "Grace Hopper", &["registrar"]).await;
    let grace = app.sign_in("grace@example.org").await;
    let strong = register(&ada, &json!({ "permissions": ["users:read"] })).await.id;
    let path = format!("{CLIENTS}/{strong}");
    let secret = format!("{path}/secrets/01890000-0000-7000-8000-000000000000");
    for refused in [
        change(&grace, &strong, &json!({ "name": "Sheets" })).await,
        grace.post(&format!("{path}/secrets")),
        grace.call(Method::DELETE, &secret),
        grace.call(Method::DELETE, &path),
    ] {
        refused.await.expect_problem(403, "forbidden");
    }
    ada.call(Method::DELETE, &secret).await.expect_problem(404, "not_found");
    let log = ada.get("/api/core/v1/admin/security-events?limit=5").await.body;
    let lines = log["items"].as_array().unwrap().iter().map(|event| {
        assert_eq!((&event["client_id"], &event["outcome"]), (&json!(strong), &json!("refused")));
        (event["kind"].as_str().unwrap(), event["details"]["reason"].as_str().unwrap())
    });
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            ("client_secret_deleted", "not_found"),
            ("client_deleted", "forbidden"),
            ("client_secret_deleted", "forbidden"),
            ("client_secret_created", "forbidden"),
            ("client_changed", "forbidden"),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_applications_is_written_down() {
    let app = App::start().await;
    let ada = app.setup().await;
    let client = register(&ada, &json!({})).await;
    change(&ada, &client.id, &json!({ "disabled": true })).await.await.expect_status(200);
    let made = ada.post(&format!("{CLIENTS}/{}/secrets", client.id)).await.expect_status(201).body;
    let secret = format!("{CLIENTS}/{}/secrets/{}", client.id, made["secret"]["id"].as_str().unwrap());
    ada.call(Method::DELETE, &secret).await.expect_status(204);
    client.exchange(&app, CALLBACK).await.expect_status(401);
    ada.call(Method::DELETE, &format!("{CLIENTS}/{}", client.id)).await.expect_status(204);
    let log = ada.get("/api/core/v1/admin/security-events?limit=6").await.body;
    let lines = log["items"].as_array().unwrap().iter().map(|event| {
        assert_eq!(event["client_id"], json!(client.id));
        (event["kind"].as_str().unwrap(), event["outcome"].as_str().unwrap(), event["details"].clone())
    });
    let lines: Vec<_> = lines.collect();
    let named = json!({ "client_name": "Time sheets" });
    let changed = json!({ "client_name": "Time sheets", "fields": ["disabled"] });
    assert_eq!(
        lines,
        [
            ("client_deleted", "success", named.clone()),
            ("client_refused", "refused", json!({ "reason": "client_invalid" })),
            ("client_secret_deleted", "success", named.clone()),
            ("client_secret_created", "success", named.clone()),
            ("client_changed", "success", changed),
            ("client_created", "success", named),
        ]
    );
}
