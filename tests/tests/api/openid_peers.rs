//! Applications and services that know the standards and nothing of ours.

use std::collections::BTreeSet;

use contract::Authorization;
use reqwest::Url;
use serde_json::{Map, Value, json};
use tests::{App, PUBLIC_URL, peer, peer::Peer};

use crate::applications::{AUTHORIZATION, CLIENTS, DECISION, register, text, with};

/// What a browser gets of an application's page.
async fn browse(url: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(url).send().await.unwrap();
    let (status, body) = (answer.status(), answer.json::<Value>().await.unwrap());
    assert!(status.is_success(), "{body}");
    body
}

/// `openid-client` as a web application: sign-in with PKCE, userinfo, refresh, introspection, revocation, and its own
/// name.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_signs_a_person_in() {
    let app = App::start().await;
    let ada = app.setup().await;
    let registered = json!({ "redirect_uris": ["http://127.0.0.1/callback"], "permissions": ["users:read", "roles:read"] });
    let application = register(&ada, &registered).await;
    let settings = json!({
        "issuer": PUBLIC_URL,
        "address": app.client().url(),
        "client_id": application.id,
        "client_secret": application.secret,
    });
    let peer = Peer::start("openid-client.mjs", &settings).await;

    // The page at `/authorize` passes its query on.
    let location = Url::parse(text(&browse(&format!("{}/sign-in", peer.url())).await, "location")).unwrap();
    assert!(location.as_str().starts_with(&format!("{PUBLIC_URL}/authorize?")), "{location}");
    let question: Map<_, _> =
        location.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect();
    let question = Value::from(question);
    ada.post(AUTHORIZATION).json(&question).await.expect_status(200);
    let decision = with(question, &json!({ "approve": true }));
    let answer: Authorization = ada.post(DECISION).json(&decision).await.expect_status(200).json();
    let told = browse(&answer.redirect_to.unwrap()).await;

    let me = ada.get("/api/core/v1/me").await.body;
    assert_eq!((&told["claims"]["sub"], &told["userinfo"]["sub"]), (&me["id"], &me["id"]));
    assert_eq!(told["claims"]["email"], "ada@example.org");
    assert_eq!(told["userinfo"]["name"], "Ada Lovelace");
    assert_ne!(told["refreshed"]["refresh_token"], told["tokens"]["refresh_token"]);
    assert_eq!(told["refreshed"]["claims"]["auth_time"], told["claims"]["auth_time"]);
    assert_eq!(told["introspection"]["active"], true);
    assert_eq!(told["own"]["scope"], "users:read");
    let robot = app.client().with_token(text(&told["own"], "access_token"));
    robot.get("/api/core/v1/users").await.expect_status(200);
    robot.get(CLIENTS).await.expect_problem(403, "forbidden");
    assert_eq!(told["revoked"], json!({ "active": false }));
    assert!(text(&told, "sign_out").starts_with(&format!("{PUBLIC_URL}/sign-out?")));
}

/// `PyJWT`, offline but for the keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_verifies_tokens_offline() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({ "permissions": ["users:read"] })).await;
    let other = register(&ada, &json!({})).await;
    let tokens = application.sign_in(&app, &ada).await;
    let own = application
        .send(&app, crate::applications::TOKEN, &[("grant_type", "client_credentials")])
        .await
        .body;
    let (access, id_token) = (text(&tokens, "access_token"), text(&tokens, "id_token"));
    let settings = json!({
        "jwks": format!("{}/.well-known/jwks.json", app.client().url()),
        "issuer": PUBLIC_URL,
        "tokens": [
            { "token": id_token, "audience": application.id },
            { "token": access, "audience": application.id },
            { "token": text(&own, "access_token"), "audience": "matrice" },
            { "token": access, "audience": other.id },
            { "token": id_token, "audience": other.id },
            { "token": access, "audience": "matrice" },
            { "token": ada.access_token(), "audience": application.id },
        ],
    });
    let told = peer::run("pyjwt.py", &settings).await;
    let told = told.as_array().unwrap();
    let (id, access) = (&told[0], &told[1]);
    let me = ada.get("/api/core/v1/me").await.body;
    for verified in [id, access] {
        assert_eq!(verified["claims"]["sub"], me["id"], "{verified}");
        assert_eq!(verified["claims"]["aud"], json!(application.id));
    }
    assert_eq!((&id["header"]["typ"], &access["header"]["typ"]), (&json!("JWT"), &json!("at+jwt")));
    assert_eq!(id["claims"]["sid"], me["session_id"]);
    let says = |told: &Value| told["claims"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let names = |names: &str| names.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let person = "iss aud azp sub sid exp iat auth_time nonce at_hash name updated_at email email_verified";
    assert_eq!(says(id), names(person));
    assert_eq!(says(access), names("iss aud sub client_id grant_id scope auth_time exp iat jti"));
    assert_eq!(told[2]["claims"]["sub"], json!(application.id));
    for refused in &told[3..] {
        assert_eq!(refused, &json!({ "error": "InvalidAudienceError" }));
    }
}
