//! `/api/core/v1/auth/account/...`: what is kept about the caller, and its end

use contract::Transport;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{Algorithm, App, Call, Client, Device, PASSWORD, sign_in_request};

use crate::{
    applications,
    at_once::{ADMINISTRATORS, at_once},
};

const DELETE: &str = "/api/core/v1/auth/account/delete";
const EXPORT: &str = "/api/core/v1/auth/account/export";
const GRACE: &str = "grace@example.org";

fn delete(client: &Client) -> Call {
    client.post(DELETE).json(&json!({ "current_password": PASSWORD }))
}

/// Where something of an account is kept: the foreign keys say so.
async fn tables_of_an_account(app: &App) -> Vec<(String, String)> {
    let sql = "SELECT conrelid::regclass::text, attname::text
               FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
               WHERE contype = 'f' AND confrelid = 'users'::regclass ORDER BY 1, 2";
    let rows = app.database().client().query(sql, &[]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Grace, with something in each of those tables, and her phone.
async fn grace_with_everything(app: &App, ada: &Client) -> (Client, Device) {
    ada.create_user(GRACE, "Grace Hopper", &["administrator"]).await;
    let grace = app.sign_in(GRACE).await;
    let key = json!({ "name": "Export", "scopes": ["users:read"] });
    grace.post("/api/core/v1/auth/api-keys").json(&key).await.expect_status(201);
    let application = applications::register(ada, &json!({})).await;
    applications::approve(&grace, &application.question()).await;
    grace.begin_totp().await;
    let (phone, _) = grace.add_passkey("Phone", Algorithm::Es256).await;
    grace.post("/api/core/v1/auth/email/verify").await.expect_status(202);
    let invitation = json!({ "email": "alan@example.org", "roles": ["auditor"] });
    grace.post("/api/core/v1/auth/invitations").json(&invitation).await.expect_status(201);
    (grace, phone)
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_is_deleted() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (here, mut phone) = grace_with_everything(&app, &ada).await;
    let there = app.sign_in_with(&mut phone, |_| ()).await.expect_status(200);
    let there = app.client().signed_in(there.json());
    let verification = app.mailed_token(GRACE, "email_verification").await;
    let invitation = app.mailed_token("alan@example.org", "invitation").await;
    let id = here.get("/api/core/v1/me").await.body["id"].as_str().unwrap().to_owned();

    assert_json_snapshot!(delete(&here).await, @r#"
    {
      "status": 204,
      "cookies": [
        "__Host-matrice_access=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=; Path=/api/core/v1/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
      ]
    }
    "#);
    for client in [&here, &there] {
        client.get("/api/core/v1/me").await.expect_problem(401, "session_ended");
        client.get("/api/service/v1/whoami").await.expect_problem(401, "session_ended");
    }
    delete(&here).await.expect_problem(401, "session_ended");
    let sign_in = sign_in_request(GRACE, Transport::Bearer);
    let refused = app.client().post("/api/core/v1/auth/login").json(&sign_in).await;
    refused.expect_problem(401, "invalid_credentials");
    app.sign_in_with(&mut phone, |_| ()).await.expect_problem(403, "passkey_unknown");
    ada.get(&format!("/api/core/v1/users/{id}")).await.expect_problem(404, "not_found");
    for (table, column) in tables_of_an_account(&app).await {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column}::text = $1");
        let kept: i64 = app.database().client().query_one(&sql, &[&id]).await.unwrap().get(0);
        assert_eq!(kept, 0, "{table}.{column}");
    }
    assert_eq!(app.mails(GRACE).await, ["account_deleted"], "the earlier ones went with the account");

    let confirm =
        app.client().post("/api/core/v1/auth/email/confirm").json(&json!({ "token": verification }));
    confirm.await.expect_problem(403, "link_invalid");
    let accept = json!({ "token": invitation, "display_name": "Alan", "password": PASSWORD });
    let accepted = app.client().post("/api/core/v1/auth/sign-up/complete").json(&accept).await;
    accepted.expect_problem(403, "link_invalid");
    ada.create_user(GRACE, "Another Grace", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_to_an_address_goes_with_its_account() {
    let app = App::start().await;
    let ada = app.setup().await;
    let invitation = json!({ "email": GRACE, "roles": [] });
    ada.post("/api/core/v1/auth/invitations").json(&invitation).await.expect_status(201);
    let token = app.mailed_token(GRACE, "invitation").await;
    let accept =
        json!({ "token": token, "display_name": "Grace", "password": PASSWORD, "transport": "bearer" });
    let accepted = app.client().post("/api/core/v1/auth/sign-up/complete").json(&accept).await;
    let grace = app.client().signed_in(accepted.expect_status(200).json());
    let exported = grace.get(EXPORT).await.expect_status(200);
    assert_eq!(exported.body["mails"][0]["kind"], "invitation", "{}", exported.body["mails"]);
    delete(&grace).await.expect_status(204);
    assert_eq!(app.mails(GRACE).await, ["account_deleted"]);

    // An address that is yet to be proven may be a stranger's, and so may be what was written to it.
    let alan = json!({ "email": "alan@example.org", "roles": [] });
    ada.post("/api/core/v1/auth/invitations").json(&alan).await.expect_status(201);
    ada.create_user("alan@example.org", "Not Alan", &[]).await;
    let alan = app.sign_in("alan@example.org").await;
    delete(&alan).await.expect_status(204);
    assert_eq!(app.mails("alan@example.org").await, ["invitation", "account_deleted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_speaks_its_readers_language() {
    let app = App::start().await;
    app.setup().await.create_user(GRACE, "Grace Hopper", &[]).await;
    delete(&app.sign_in(GRACE).await).header("accept-language", "fr").await.expect_status(204);
    let mail = app.newest_mail(GRACE).await;
    assert_eq!(mail.subject, "Votre compte est supprimé");
    assert!(mail.text.starts_with("Bonjour Grace Hopper,"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_the_password() {
    let app = App::start().await;
    let ada = app.setup().await;
    for (password, code) in [("", "required"), ("not the password", "wrong")] {
        let refused = ada.post(DELETE).json(&json!({ "current_password": password })).await;
        assert_eq!(refused.body["errors"], json!([{ "field": "current_password", "code": code }]));
        refused.expect_problem(422, "validation_failed");
    }
    for _ in 0..9 {
        ada.post(DELETE).json(&json!({ "current_password": "not the password" })).await.expect_status(422);
    }
    delete(&ada).await.expect_problem(429, "rate_limited");
    delete(app.client()).await.expect_problem(401, "unauthenticated");
    ada.get("/api/core/v1/me").await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays() {
    let app = App::start().await;
    let ada = app.setup().await;
    ada.create_user("auditor@example.org", "Auditor", &["auditor"]).await;
    assert_json_snapshot!(delete(&ada).await, @r#"
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
    ada.get("/api/service/v1/whoami").await.expect_status(200);
    assert!(app.mails("ada@example.org").await.is_empty());

    ada.create_user(GRACE, "Grace Hopper", &["administrator"]).await;
    let grace = app.sign_in(GRACE).await;
    let [left, stays] = at_once(&app, ADMINISTRATORS, delete(&ada), delete(&grace)).await;
    left.expect_status(204);
    stays.expect_problem(409, "last_administrator");
}

/// Whoever adds a table that refers to accounts adds it to the export, under its name or what is said here.
#[tokio::test(flavor = "multi_thread")]
async fn the_export_knows_every_table() {
    /// What is exported under another name.
    const RENAMED: [(&str, &str); 8] = [
        ("email_links.invited_by", "invitations"),
        ("email_links.user_id", "links"),
        ("oauth_consents.user_id", "consents"),
        ("oauth_grants.user_id", "authorizations"),
        ("password_credentials.user_id", "password_stored_at"),
        ("recovery_codes.user_id", "second_factors"),
        ("totp_factors.user_id", "second_factors"),
        ("user_roles.user_id", "account"),
    ];
    /// Keys alone: what is under way for minutes.
    const LEFT_OUT: [&str; 2] = ["second_factor_challenges.user_id", "totp_enrolments.user_id"];

    let app = App::start().await;
    let export = app.setup().await.get(EXPORT).await.expect_status(200).body;
    let tables = tables_of_an_account(&app).await;
    let named: Vec<_> = tables.iter().map(|(table, column)| format!("{table}.{column}")).collect();
    for known in RENAMED.iter().map(|(name, _)| name).chain(&LEFT_OUT) {
        assert!(named.iter().any(|name| name == known), "{known} is no more");
    }
    for ((table, _), name) in tables.iter().zip(&named).filter(|(_, name)| !LEFT_OUT.contains(&name.as_str()))
    {
        let renamed = RENAMED.iter().find(|(known, _)| known == name);
        let key = renamed.map_or(table.as_str(), |(_, key)| *key);
        assert!(export.get(key).is_some(), "{name} is not in the export, where it would be `{key}`");
    }
}

fn kinds(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_all_that_is_kept_and_no_secret() {
    let app = App::start().await;
    let (grace, _) = grace_with_everything(&app, &app.setup().await).await;
    let mut exported = grace.get(EXPORT).await;
    assert_eq!(exported.header("content-disposition"), Some("attachment; filename=\"matrice-account.json\""));
    let text = exported.body.to_string();
    for secret in ["$argon2", "mtl_", "mtr_", "hash", "nonce", applications::CHALLENGE, "ada@example.org"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let mut take = |name: &str| exported.body.as_object_mut().unwrap().remove(name).unwrap();
    assert_eq!(kinds(&take("mails")), ["api_key_created", "passkey_added", "email_verification"]);
    let activity = ["passkey_added", "consent_given", "api_key_created", "sign_in", "user_created"];
    assert_eq!(kinds(&take("activity")), activity);
    let told = [take("consents"), take("authorizations")].map(|list| list[0]["client_name"].clone());
    assert_eq!(told, ["Time sheets"; 2]);
    assert_json_snapshot!(exported, @r#"
    {
      "status": 200,
      "body": {
        "account": {
          "created_at": "[time]",
          "display_name": "Grace Hopper",
          "email": "grace@example.org",
          "id": "[uuid]",
          "last_sign_in_at": "[time]",
          "roles": [
            "administrator"
          ],
          "second_factor": true,
          "status": "active",
          "updated_at": "[time]",
          "version": 1
        },
        "api_keys": [
          {
            "created_at": "[time]",
            "expires_at": "[time]",
            "id": "[uuid]",
            "name": "Export",
            "scopes": [
              "users:read"
            ]
          }
        ],
        "identities": [],
        "invitations": [
          {
            "created_at": "[time]",
            "email": "alan@example.org",
            "expires_at": "[time]",
            "id": "[uuid]",
            "invited_by": "Grace Hopper",
            "roles": [
              "auditor"
            ]
          }
        ],
        "links": [
          {
            "email": "grace@example.org",
            "expires_at": "[time]",
            "issued_at": "[time]",
            "purpose": "email_confirmation",
            "used_at": null
          }
        ],
        "locale": null,
        "passkeys": [
          {
            "backed_up": true,
            "created_at": "[time]",
            "id": "[uuid]",
            "name": "Phone",
            "transports": [
              "hybrid",
              "internal"
            ]
          }
        ],
        "password_stored_at": "[time]",
        "second_factors": {
          "passkeys": 1,
          "recovery_codes_left": 10
        },
        "sessions": [
          {
            "address": "127.0.0.1",
            "created_at": "[time]",
            "end_reason": null,
            "ended_at": null,
            "expires_at": "[time]",
            "id": "[uuid]",
            "last_used_at": "[time]",
            "user_agent": ""
          }
        ],
        "unlinked_identities": [],
        "verified_email": null
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_how_one_signed_in_elsewhere() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = applications::register(&ada, &json!({})).await;
    application.sign_in(&app, &ada).await;
    let mut authorizations = ada.get(EXPORT).await.expect_status(200).body["authorizations"].clone();
    let authorization = authorizations[0].as_object_mut().unwrap();
    for time in ["authenticated_at", "issued_at", "used_at"] {
        assert!(authorization.remove(time).unwrap().is_string(), "{time}");
    }
    let session = ada.get("/api/core/v1/me").await.body["session_id"].clone();
    let expected = json!([{
        "client_id": application.id,
        "client_name": "Time sheets",
        "session_id": session,
        "scopes": ["openid", "profile", "email", "offline_access"],
        "redirect_uri": applications::CALLBACK,
        "ended_at": null,
    }]);
    assert_eq!(authorizations, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_ones_own_and_not_without_end() {
    let app = App::start().await;
    let ada = app.setup().await;
    let (grace, _) = grace_with_everything(&app, &ada).await;
    app.client().get(EXPORT).await.expect_problem(401, "unauthenticated");
    let theirs: Value = ada.get(EXPORT).await.body;
    assert_eq!((&theirs["links"], &theirs["mails"]), (&json!([]), &json!([])));
    for _ in 0..5 {
        grace.get(EXPORT).await.expect_status(200);
    }
    grace.get(EXPORT).await.expect_problem(429, "rate_limited");
    let sql = "SELECT count(*) FILTER (WHERE outcome = 'refused') FROM security_events WHERE kind = 'account_exported'";
    let refused: i64 = app.database().client().query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(refused, 1);
}
