//! What an application's access token is good for, and how it learns that it is good no more.

use std::time::Duration;

use contract::Me;
use credentials::{SigningKey, os_rng};
use insta::assert_json_snapshot;
use reqwest::Method;
use serde_json::json;
use tests::{App, Client};

use crate::{
    applications::{
        Application, CLIENTS, INTROSPECT, REVOKE, TOKEN, USERINFO, approve, register, text, with,
    },
    tokens::Forge,
};

async fn start() -> (App, Client, Application) {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({})).await;
    (app, ada, application)
}

#[tokio::test(flavor = "multi_thread")]
async fn userinfo_says_what_was_allowed() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let person = app.client().with_token(text(&tokens, "access_token"));
    let told = person.get(USERINFO).await.expect_status(200);
    let me: Me = ada.get("/api/core/v1/me").await.json();
    assert_json_snapshot!(told.body, { ".sub" => "[uuid]", ".updated_at" => "[seconds]" }, @r#"
    {
      "email": "ada@example.org",
      "email_verified": false,
      "name": "Ada Lovelace",
      "sub": "[uuid]",
      "updated_at": "[seconds]"
    }
    "#);
    assert_eq!(told.body["sub"], json!(me.id));
    assert_eq!(person.post(USERINFO).await.expect_status(200).body, told.body);

    let less = with(application.question(), &json!({ "scope": "openid" }));
    let code = approve(&ada, &less).await;
    let tokens = application.exchange(&app, &code).await.body;
    let person = app.client().with_token(text(&tokens, "access_token"));
    assert_eq!(person.get(USERINFO).await.body, json!({ "sub": me.id }));

    let without = with(application.question(), &json!({ "scope": "email" }));
    let code = approve(&ada, &without).await;
    let tokens = application.exchange(&app, &code).await.body;
    let refused =
        app.client().with_token(text(&tokens, "access_token")).get(USERINFO).await.expect_status(403);
    assert_eq!(refused.body["error"], "insufficient_scope");
}

#[tokio::test(flavor = "multi_thread")]
async fn is_refused_by_matrices_own_api() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    for name in ["access_token", "id_token", "refresh_token"] {
        let person = app.client().with_token(text(&tokens, name));
        for path in ["/api/core/v1/me", "/api/core/v1/users", "/api/core/v1/roles", "/api/service/v1/whoami"]
        {
            person.get(path).await.expect_problem(401, "token_invalid");
        }
        if name != "access_token" {
            let refused = person.get(USERINFO).await.expect_status(401);
            assert_eq!(refused.body["error"], "invalid_token", "{name}");
        }
    }
    let own = ada.get(USERINFO).await.expect_status(401);
    assert_eq!(own.body["error"], "invalid_token", "a session's token is no application's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_token_is_refused() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let forge = Forge::new(&app, &app.client().with_token(text(&tokens, "access_token")));
    let same = json!({});
    let good = forge.signed(&same, &same);
    app.client().with_token(&good).get(USERINFO).await.expect_status(200);
    let now = app.now().timestamp();
    let unsigned = format!("{}.", forge.input(&json!({ "alg": "none" }), &same));
    for (what, token) in [
        ("garbage", "garbage".to_owned()),
        ("without an algorithm", unsigned),
        ("signed by another key", forge.signed_by(&[7; 32], &same, &same)),
        ("of an unknown key", forge.signed(&json!({ "kid": "unknown" }), &same)),
        ("of another type", forge.signed(&json!({ "typ": "JWT" }), &same)),
        ("of another issuer", forge.signed(&same, &json!({ "iss": "https://evil.example" }))),
        ("for Matrice", forge.signed(&same, &json!({ "aud": "matrice" }))),
        ("of no authorization", forge.signed(&same, &json!({ "grant_id": null }))),
        (
            "of another authorization",
            forge.signed(&same, &json!({ "grant_id": "01890000-0000-7000-8000-000000000000" })),
        ),
        ("expired", forge.signed(&same, &json!({ "exp": now - 1 }))),
        ("of the future", forge.signed(&same, &json!({ "iat": now + 3600, "exp": now + 7200 }))),
    ] {
        let refused = app.client().with_token(&token).get(USERINFO).await.expect_status(401);
        assert_eq!(refused.body["error"], "invalid_token", "{what}");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer error=\"invalid_token\""), "{what}");
        assert!(!application.is_active(&app, &json!(token)).await, "{what}");
    }
    let none = app.client().get(USERINFO).await.expect_status(401);
    assert_eq!((none.header("www-authenticate"), &none.body), (Some("Bearer"), &json!(null)));
    let basic = app.client().get(USERINFO).header("authorization", "Basic YTpi").await.expect_status(401);
    assert_eq!(basic.body["error"], "invalid_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_tells_a_client_of_its_own_tokens() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let told = application.send(&app, INTROSPECT, &[("token", text(&tokens, "access_token"))]).await;
    let id = told.body["client_id"].clone();
    assert_eq!((id.as_str(), &told.body["aud"]), (Some(application.id.as_str()), &id));
    assert_json_snapshot!(told, { ".body.exp" => "[seconds]", ".body.iat" => "[seconds]" }, @r#"
    {
      "status": 200,
      "body": {
        "active": true,
        "aud": "[uuid]",
        "client_id": "[uuid]",
        "exp": "[seconds]",
        "iat": "[seconds]",
        "iss": "http://matrice.test",
        "scope": "openid profile email offline_access",
        "sub": "[uuid]",
        "token_type": "Bearer"
      }
    }
    "#);
    let refresh = application.send(&app, INTROSPECT, &[("token", text(&tokens, "refresh_token"))]).await.body;
    assert_eq!((&refresh["active"], refresh.get("token_type")), (&json!(true), None));

    let other = register(&ada, &json!({})).await;
    for token in [text(&tokens, "access_token"), text(&tokens, "refresh_token")] {
        let told = other.send(&app, INTROSPECT, &[("token", token)]).await.expect_status(200);
        assert_eq!(told.body, json!({ "active": false }));
    }
    for token in [ada.access_token(), text(&tokens, "id_token"), "garbage"] {
        assert!(!application.is_active(&app, &json!(token)).await, "{token}");
    }
    let missing = application.send(&app, INTROSPECT, &[]).await.expect_status(400);
    assert_eq!(missing.body["error"], "invalid_request");
    let public = register(&ada, &json!({ "kind": "public" })).await;
    let refused = public.send(&app, INTROSPECT, &[("token", "x")]).await.expect_status(401);
    assert_eq!(refused.body["error"], "invalid_client");
}

#[tokio::test(flavor = "multi_thread")]
async fn narrowing_an_application_reaches_what_is_out() {
    let (app, ada, application) = start().await;
    let tokens = application.sign_in(&app, &ada).await;
    let narrow = async |version: &str, scopes: &[&str]| {
        let path = format!("{CLIENTS}/{}", application.id);
        let change = ada.patch(&path).header("if-match", version).json(&json!({ "scopes": scopes }));
        change.await.expect_status(200);
    };
    let scope = async |token: &str| {
        application.send(&app, INTROSPECT, &[("token", token)]).await.body["scope"].clone()
    };
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    narrow("\"1\"", &["openid", "offline_access"]).await;
    let person = app.client().with_token(access);
    let me: Me = ada.get("/api/core/v1/me").await.json();
    assert_eq!(person.get(USERINFO).await.expect_status(200).body, json!({ "sub": me.id }));
    for token in [access, refresh] {
        assert_eq!(scope(token).await, "openid offline_access");
    }
    let more = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "openid email")];
    let refused = application.send(&app, TOKEN, &more).await.expect_status(400);
    assert_eq!(refused.body["error"], "invalid_scope");
    let next = application.refresh(&app, refresh).await.expect_status(200).body;
    assert_eq!(next["scope"], "openid offline_access");

    let question = with(application.question(), &json!({ "scope": "openid offline_access" }));
    let code = approve(&ada, &question).await;
    narrow("\"2\"", &["openid"]).await;
    let online = application.exchange(&app, &code).await.expect_status(200).body;
    assert_eq!((&online["scope"], online.get("refresh_token")), (&json!("openid"), None));
    let refused = application.refresh(&app, text(&next, "refresh_token")).await.expect_status(400);
    assert_eq!(refused.body["error"], "invalid_grant");
    assert!(!application.is_active(&app, &next["refresh_token"]).await);
    narrow("\"3\"", &[]).await;
    let refused = person.get(USERINFO).await.expect_status(403);
    assert_eq!(refused.body["error"], "insufficient_scope");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_is_good_for_ten_minutes() {
    let (app, ada, application) = start().await;
    let Some(clock) = app.movable_clock() else { return };
    let tokens = application.sign_in(&app, &ada).await;
    clock.advance(Duration::from_mins(10));
    assert!(!application.is_active(&app, &tokens["access_token"]).await);
    assert!(application.is_active(&app, &tokens["refresh_token"]).await);
    let expired =
        app.client().with_token(text(&tokens, "access_token")).get(USERINFO).await.expect_status(401);
    assert_eq!(expired.body["error_description"], "the token has expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_ends_all_that_came_of_an_authorization() {
    let (app, ada, application) = start().await;
    let other = register(&ada, &json!({ "kind": "public" })).await;
    for name in ["access_token", "refresh_token"] {
        let tokens = application.sign_in(&app, &ada).await;
        other.send(&app, REVOKE, &[("token", text(&tokens, name))]).await.expect_status(200);
        assert!(application.is_active(&app, &tokens[name]).await, "it is another client's");
        for _ in 0..2 {
            application.send(&app, REVOKE, &[("token", text(&tokens, name))]).await.expect_status(200);
        }
        for ended in ["access_token", "refresh_token"] {
            assert!(!application.is_active(&app, &tokens[ended]).await, "{ended} by {name}");
        }
        let person = app.client().with_token(text(&tokens, "access_token"));
        person.get(USERINFO).await.expect_status(401);
    }
    let tokens = other.sign_in(&app, &ada).await;
    other.send(&app, REVOKE, &[("token", text(&tokens, "refresh_token"))]).await.expect_status(200);
    other.refresh(&app, text(&tokens, "refresh_token")).await.expect_status(400);
    application.send(&app, REVOKE, &[("token", "garbage")]).await.expect_status(200);
    let missing = application.send(&app, REVOKE, &[]).await.expect_status(400);
    assert_eq!(missing.body["error"], "invalid_request");
    let wrong = Application { secret: Some("wrong".to_owned()), ..application };
    let refused = wrong.send(&app, REVOKE, &[("token", "x")]).await.expect_status(401);
    assert_eq!(refused.body["error"], "invalid_client");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_a_key_that_is_being_retired_are_good() {
    let retired = SigningKey::generate(&mut os_rng());
    let app = App::builder().retired_key(retired.clone()).start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({})).await;
    let tokens = application.sign_in(&app, &ada).await;
    let forge = Forge::new(&app, &app.client().with_token(text(&tokens, "access_token")));
    let seed = crate::tokens::seed(&retired);
    let kid = json!({ "kid": retired.public().id() });
    let old = app.client().with_token(&forge.signed_by(&seed, &kid, &json!({})));
    old.get(USERINFO).await.expect_status(200);
    let hint = Forge::new(&app, &app.client().with_token(text(&tokens, "id_token")));
    let hint = json!({ "id_token_hint": hint.signed_by(&seed, &kid, &json!({})) });
    ada.call(Method::POST, crate::sign_out::PATH).json(&hint).await.expect_status(200);
}
