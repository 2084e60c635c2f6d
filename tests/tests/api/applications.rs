//! Applications of the tests, and the browser that carries their questions.

use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{Authorization, AuthorizationStep, CreatedClient};
use reqwest::Url;
use serde_json::{Value, json};
use tests::{App, Call, Client, Response};

pub const CLIENTS: &str = "/api/core/v1/admin/clients";
pub const AUTHORIZATION: &str = "/api/core/v1/auth/oauth2/authorization";
pub const DECISION: &str = "/api/core/v1/auth/oauth2/authorization/decision";
pub const TOKEN: &str = "/api/core/v1/auth/oauth2/token";
pub const USERINFO: &str = "/api/core/v1/auth/oauth2/userinfo";
pub const INTROSPECT: &str = "/api/core/v1/auth/oauth2/introspect";
pub const REVOKE: &str = "/api/core/v1/auth/oauth2/revoke";
pub const CALLBACK: &str = "https://app.example.org/callback";

/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What an application is registered with unless a test says otherwise.
pub fn registration() -> Value {
    json!({
        "name": "Time sheets",
        "kind": "confidential",
        "redirect_uris": [CALLBACK],
        "post_logout_redirect_uris": ["https://app.example.org/"],
        "scopes": ["openid", "profile", "email", "offline_access"],
    })
}

/// The object with these members instead.
pub fn with(object: Value, changes: &Value) -> Value {
    let mut object: serde_json::Map<_, _> = serde_json::from_value(object).unwrap();
    object.extend(changes.as_object().unwrap().clone());
    object.retain(|_, value| !value.is_null());
    object.into()
}

/// An application, as its developer knows it.
#[derive(Clone)]
pub struct Application {
    pub id: String,
    pub secret: Option<String>,
}

/// Registers an application.
pub async fn register(ada: &Client, changes: &Value) -> Application {
    let request = with(registration(), changes);
    let created: CreatedClient = ada.post(CLIENTS).json(&request).await.expect_status(201).json();
    Application { id: created.client.id.to_string(), secret: created.client_secret }
}

impl Application {
    /// What it asks a person.
    pub fn question(&self) -> Value {
        json!({
            "client_id": self.id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "openid profile email offline_access",
            "state": "st&te",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        })
    }

    /// Posts a form, with the secret in the header where there is one.
    pub fn send(&self, app: &App, path: &str, parameters: &[(&str, &str)]) -> Call {
        match &self.secret {
            Some(secret) => {
                post_form(app, path, parameters).header("authorization", &basic(&self.id, secret))
            }
            None => post_form(app, path, &[parameters, &[("client_id", &self.id)]].concat()),
        }
    }

    /// Exchanges a code.
    pub fn exchange(&self, app: &App, code: &str) -> Call {
        let parameters = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.send(app, TOKEN, &parameters)
    }

    /// Spends a refresh token.
    pub fn refresh(&self, app: &App, token: &str) -> Call {
        self.send(app, TOKEN, &[("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    /// Signs the person in and gets the tokens.
    pub async fn sign_in(&self, app: &App, person: &Client) -> Value {
        let code = approve(person, &self.question()).await;
        self.exchange(app, &code).await.expect_status(200).body
    }

    /// Whether a token is good.
    pub async fn is_active(&self, app: &App, token: &Value) -> bool {
        let told = self.send(app, INTROSPECT, &[("token", token.as_str().unwrap())]).await.expect_status(200);
        told.body["active"].as_bool().unwrap()
    }
}

/// The header of `client_secret_basic`.
pub fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
}

/// Posts a form.
pub fn post_form(app: &App, path: &str, parameters: &[(&str, &str)]) -> Call {
    let form = Url::parse_with_params("form:/", parameters).unwrap();
    app.client()
        .post(path)
        .body("application/x-www-form-urlencoded", form.query().unwrap_or_default().to_owned())
}

/// A refresh token or an access token, as text.
pub fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap_or_else(|| panic!("no {name}: {tokens}"))
}

/// The person says yes; answers the code.
pub async fn approve(person: &Client, question: &Value) -> String {
    let decision = with(question.clone(), &json!({ "approve": true }));
    let answer = person.post(DECISION).json(&decision).await.expect_status(200);
    sent(&answer, "code").unwrap_or_else(|| panic!("no code: {}", answer.body))
}

/// What is to come next.
pub async fn next_step(person: &Client, question: &Value) -> Authorization {
    person.post(AUTHORIZATION).json(question).await.expect_status(200).json()
}

/// A parameter of the address that the browser is sent to.
pub fn sent(answer: &Response, name: &str) -> Option<String> {
    let answer: Authorization = answer.json();
    assert_eq!(answer.step, AuthorizationStep::Redirect, "{answer:?}");
    let to = Url::parse(answer.redirect_to.as_deref().unwrap()).unwrap();
    to.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}
