//! Access tokens that are not good, wherever they are taken: 401 with a code, never more.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use credentials::SigningKey;
use insta::assert_json_snapshot;
use ring::{hmac, signature::Ed25519KeyPair};
use serde_json::{Value, json};
use tests::{App, Client};

/// One endpoint that asks the database, and one that has only the token.
const ENDPOINTS: [&str; 2] = ["/api/core/v1/me", "/api/service/v1/whoami"];

/// A token in parts, to be put together in another way. Signs with `ring`, not with our own code.
pub struct Forge {
    header: Value,
    claims: Value,
    seed: Vec<u8>,
}

/// The private key, for whoever signs with it elsewhere.
pub fn seed(key: &SigningKey) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(key.expose().as_str()).unwrap()
}

impl Forge {
    /// From a good token and the key that signed it.
    pub fn new(app: &App, client: &Client) -> Self {
        let mut parts = client.access_token().split('.');
        let mut part = || {
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap()
        };
        Self { header: part(), claims: part(), seed: seed(app.key()) }
    }

    /// Header and claims with these members instead; `null` leaves one out.
    pub fn input(&self, header: &Value, claims: &Value) -> String {
        let part = |base: &Value, changes: &Value| {
            let mut part = base.as_object().unwrap().clone();
            part.extend(changes.as_object().unwrap().clone());
            part.retain(|_, value| !value.is_null());
            BASE64_URL_SAFE_NO_PAD.encode(Value::from(part).to_string())
        };
        format!("{}.{}", part(&self.header, header), part(&self.claims, claims))
    }

    /// With these members instead, and signed with the application's own key.
    pub fn signed(&self, header: &Value, claims: &Value) -> String {
        self.signed_by(&self.seed, header, claims)
    }

    pub fn signed_by(&self, seed: &[u8], header: &Value, claims: &Value) -> String {
        let key = Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
        let input = self.input(header, claims);
        let signature = BASE64_URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()));
        format!("{input}.{signature}")
    }
}

async fn assert_refused(app: &App, what: &str, token: &str, code: &str) {
    for endpoint in ENDPOINTS {
        let response = app.client().with_token(token).get(endpoint).await;
        assert_eq!(
            (response.status, response.code()),
            (401, code),
            "{what} at {endpoint}: {}",
            response.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token() {
    let app = App::start().await;
    assert_json_snapshot!(app.client().get(ENDPOINTS[0]).await, @r#"
    {
      "status": 401,
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer"
      },
      "body": {
        "code": "unauthenticated",
        "request_id": "[uuid]",
        "status": 401,
        "title": "Sign in to continue",
        "type": "urn:matrice:problem:unauthenticated"
      }
    }
    "#);
    app.client().get(ENDPOINTS[1]).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_ten_minutes() {
    let app = App::start().await;
    let Some(clock) = app.movable_clock() else { return };
    let admin = app.setup().await;
    clock.advance(Duration::from_mins(9));
    for endpoint in ENDPOINTS {
        admin.get(endpoint).await.expect_status(200);
    }
    clock.advance(Duration::from_mins(1));
    assert_refused(&app, "expired", admin.access_token(), "token_expired").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_token() {
    let app = App::start().await;
    let admin = app.setup().await;
    let forge = Forge::new(&app, &admin);
    let same = json!({});
    let good = forge.signed(&same, &same);
    for endpoint in ENDPOINTS {
        app.client().with_token(&good).get(endpoint).await.expect_status(200);
    }

    let unsigned = forge.input(&json!({ "alg": "none" }), &same);
    let hmac_input = forge.input(&json!({ "alg": "HS256" }), &same);
    let secret = hmac::Key::new(hmac::HMAC_SHA256, app.key().public().to_string().as_bytes());
    let hmac = BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&secret, hmac_input.as_bytes()));
    let (input, signature) = good.rsplit_once('.').unwrap();
    let elevated = forge.input(&same, &json!({ "roles": ["administrator", "root"] }));
    let now = app.now().timestamp();
    for (what, token) in [
        ("without an algorithm", format!("{unsigned}.")),
        ("without an algorithm, with a signature", format!("{unsigned}.{signature}")),
        ("signed with the public key as a secret", format!("{hmac_input}.{hmac}")),
        ("of changed claims", format!("{elevated}.{signature}")),
        ("of a changed signature", format!("{input}.{}", signature.chars().rev().collect::<String>())),
        ("without a signature", format!("{input}.")),
        ("signed by another key", forge.signed_by(&[7; 32], &same, &same)),
        ("of an unknown key", forge.signed(&json!({ "kid": "unknown" }), &same)),
        ("of no key", forge.signed(&json!({ "kid": null }), &same)),
        (
            "that brings its own key",
            forge.signed_by(&[7; 32], &json!({ "kid": null, "jwk": { "kty": "OKP" } }), &same),
        ),
        ("of another type", forge.signed(&json!({ "typ": "JWT" }), &same)),
        ("with demands", forge.signed(&json!({ "crit": ["exp"] }), &same)),
        ("for another audience", forge.signed(&same, &json!({ "aud": "another" }))),
        ("for no audience", forge.signed(&same, &json!({ "aud": null }))),
        ("of another issuer", forge.signed(&same, &json!({ "iss": "https://evil.example" }))),
        ("without an end", forge.signed(&same, &json!({ "exp": null }))),
        ("of the future", forge.signed(&same, &json!({ "iat": now + 3600, "exp": now + 7200 }))),
        ("of nobody", forge.signed(&same, &json!({ "sub": "nobody" }))),
    ] {
        assert_refused(&app, what, &token, "token_invalid").await;
    }
    let expired = forge.signed(&same, &json!({ "exp": now - 1 }));
    assert_refused(&app, "expired", &expired, "token_expired").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage() {
    let app = App::start().await;
    let long = format!("{0}.{0}.{0}", "a".repeat(4096));
    for token in ["garbage", "a.b.c", "..", "eyJhbGciOiJFZERTQSJ9.e30.", "null", &long] {
        assert_refused(&app, token, token, "token_invalid").await;
    }
    for authorization in ["Basic YWRhOmFkYQ==", "Bearer", "garbage"] {
        for endpoint in ENDPOINTS {
            let call = app.client().get(endpoint).header("authorization", authorization);
            call.await.expect_problem(401, "token_invalid");
        }
    }
}

/// Good in form, for a session that never was: the database knows, the token alone does not.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_there() {
    let app = App::start().await;
    let admin = app.setup().await;
    let forge = Forge::new(&app, &admin);
    let token = forge.signed(&json!({}), &json!({ "sid": "01890000-0000-7000-8000-000000000000" }));
    app.client().with_token(&token).get("/api/core/v1/me").await.expect_problem(401, "session_ended");
}
