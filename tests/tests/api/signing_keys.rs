//! The public keys, and tokens verified with them by somebody who knows nothing of ours.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use credentials::{Claims, SigningKey, os_rng};
use insta::assert_json_snapshot;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};
use tests::{App, Client, PUBLIC_URL};

const JWKS: &str = "/.well-known/jwks.json";

fn decode(part: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()
}

/// What another service does: finds the keys by discovery, the key by `kid`, and checks the signature with `ring`.
async fn verify_elsewhere(client: &Client, token: &str) -> Value {
    let discovery = client.get("/.well-known/openid-configuration").await.body;
    let keys = discovery["jwks_uri"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap();
    let keys = client.get(keys).await.body;
    let (input, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = input.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&decode(header)).unwrap();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    assert_eq!(
        (&key["kty"], &key["crv"], &header["alg"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"))
    );
    let key = UnparsedPublicKey::new(&ED25519, decode(key["x"].as_str().unwrap()));
    key.verify(input.as_bytes(), &decode(signature)).unwrap();
    let claims: Value = serde_json::from_slice(&decode(claims)).unwrap();
    assert_eq!(claims["iss"], discovery["issuer"]);
    claims
}

#[tokio::test(flavor = "multi_thread")]
async fn discovery_says_how_applications_sign_people_in() {
    let app = App::start().await;
    let response = app.client().get("/.well-known/openid-configuration").await;
    assert_eq!(response.header("cache-control"), Some("public, max-age=300"));
    assert_json_snapshot!(response, @r#"
    {
      "status": 200,
      "body": {
        "authorization_endpoint": "http://matrice.test/authorize",
        "authorization_response_iss_parameter_supported": true,
        "claims_supported": [
          "iss",
          "aud",
          "sub",
          "sid",
          "iat",
          "exp",
          "jti",
          "azp",
          "auth_time",
          "nonce",
          "at_hash",
          "client_id",
          "scope",
          "name",
          "locale",
          "updated_at",
          "email",
          "email_verified"
        ],
        "code_challenge_methods_supported": [
          "S256"
        ],
        "end_session_endpoint": "http://matrice.test/sign-out",
        "grant_types_supported": [
          "authorization_code",
          "refresh_token",
          "client_credentials"
        ],
        "id_token_signing_alg_values_supported": [
          "EdDSA"
        ],
        "introspection_endpoint": "http://matrice.test/api/core/v1/auth/oauth2/introspect",
        "introspection_endpoint_auth_methods_supported": [
          "client_secret_basic",
          "client_secret_post"
        ],
        "issuer": "http://matrice.test",
        "jwks_uri": "http://matrice.test/.well-known/jwks.json",
        "prompt_values_supported": [
          "none",
          "login",
          "consent"
        ],
        "request_uri_parameter_supported": false,
        "response_modes_supported": [
          "query"
        ],
        "response_types_supported": [
          "code"
        ],
        "revocation_endpoint": "http://matrice.test/api/core/v1/auth/oauth2/revoke",
        "revocation_endpoint_auth_methods_supported": [
          "client_secret_basic",
          "client_secret_post",
          "none"
        ],
        "scopes_supported": [
          "openid",
          "profile",
          "email",
          "offline_access"
        ],
        "subject_types_supported": [
          "public"
        ],
        "token_endpoint": "http://matrice.test/api/core/v1/auth/oauth2/token",
        "token_endpoint_auth_methods_supported": [
          "client_secret_basic",
          "client_secret_post",
          "none"
        ],
        "userinfo_endpoint": "http://matrice.test/api/core/v1/auth/oauth2/userinfo"
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn oauth_finds_the_same() {
    let app = App::start().await;
    let response = app.client().get("/.well-known/oauth-authorization-server").await.expect_status(200);
    assert_eq!(response.body, app.client().get("/.well-known/openid-configuration").await.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_key_is_published_and_the_private_one_is_not() {
    let app = App::start().await;
    let response = app.client().get(JWKS).await.expect_status(200);
    assert_eq!(response.header("cache-control"), Some("public, max-age=300"));
    let public = app.key().public();
    let key = json!({
        "kty": "OKP", "crv": "Ed25519", "x": public.to_string(), "kid": public.id(), "alg": "EdDSA", "use": "sig",
    });
    assert_eq!(response.body, json!({ "keys": [key] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_service_verifies_a_token_offline() {
    let app = App::start().await;
    let admin = app.setup().await;
    let claims = verify_elsewhere(app.client(), admin.access_token()).await;
    let times = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert_eq!(times.1 - times.0, 600);
    assert_json_snapshot!(claims, {
        ".exp" => "[seconds]", ".iat" => "[seconds]", ".jti" => "[uuid]", ".sid" => "[uuid]", ".sub" => "[uuid]",
    }, @r#"
    {
      "aud": "matrice",
      "exp": "[seconds]",
      "iat": "[seconds]",
      "iss": "http://matrice.test",
      "jti": "[uuid]",
      "roles": [
        "administrator"
      ],
      "sid": "[uuid]",
      "sub": "[uuid]"
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_keys_are_rotated_both_verify() {
    let retired = SigningKey::generate(&mut os_rng());
    let app = App::builder().retired_key(retired.clone()).start().await;
    let admin = app.setup().await;
    let keys = app.client().get(JWKS).await.body;
    let ids: Vec<_> =
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!(ids, [app.key().public().id(), retired.public().id()]);

    let claims = decode(admin.access_token().split('.').nth(1).unwrap());
    let claims: Claims = serde_json::from_slice(&claims).unwrap();
    let old = app.client().with_token(&retired.sign(&claims));
    for client in [&admin, &old] {
        client.get("/api/core/v1/me").await.expect_status(200);
        client.get("/api/service/v1/whoami").await.expect_status(200);
        verify_elsewhere(app.client(), client.access_token()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_no_longer_published_is_refused() {
    let app = App::start().await;
    let admin = app.setup().await;
    let claims = decode(admin.access_token().split('.').nth(1).unwrap());
    let claims: Claims = serde_json::from_slice(&claims).unwrap();
    let old = app.client().with_token(&SigningKey::generate(&mut os_rng()).sign(&claims));
    old.get("/api/core/v1/me").await.expect_problem(401, "token_invalid");
    old.get("/api/service/v1/whoami").await.expect_problem(401, "token_invalid");
}
