//! The people of the tests, made through the real API where it can make them.

use std::time::SystemTime;

use contract::{CreateUser, LoginRequest, SetupRequest, TokenGrant, Transport, User};
use credentials::{OpaqueToken, TokenKind, os_rng};

use crate::{App, Client};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

impl App {
    /// The token of a set-up link, as `cargo xtask up` issues it.
    pub async fn setup_token(&self) -> String {
        let token = OpaqueToken::generate(TokenKind::Setup, &mut os_rng());
        let (hash, now) = (token.hash(), SystemTime::from(self.now()));
        let sql = "SELECT issue_setup_token($1, $2)";
        let issued = self.database().client().query_one(sql, &[&hash.as_bytes().as_slice(), &now]).await;
        let issued: Option<bool> = issued.expect("a link can be issued").get(0);
        assert_eq!(issued, Some(true), "links are issued while there are no accounts");
        token.expose().to_owned()
    }

    /// Makes the first administrator, Ada, and signs her in.
    pub async fn setup(&self) -> Client {
        let request = SetupRequest {
            token: self.setup_token().await,
            email: "ada@example.org".to_owned(),
            display_name: "Ada Lovelace".to_owned(),
            password: PASSWORD.to_owned(),
            transport: Transport::Bearer,
        };
        let response = self.client().post("/api/core/v1/auth/setup").json(&request).await.expect_status(200);
        self.client().signed_in(response.json())
    }

    /// Signs in, with [`PASSWORD`].
    pub async fn sign_in(&self, email: &str) -> Client {
        let request = sign_in_request(email, Transport::Bearer);
        let response = self.client().post("/api/core/v1/auth/login").json(&request).await.expect_status(200);
        self.client().signed_in(response.json::<TokenGrant>())
    }

    /// Makes a role of one's own, which the API can't yet.
    pub async fn add_role(&self, name: &str, permissions: &[&str]) {
        let sql = "WITH role AS (INSERT INTO roles (name, description, built_in) VALUES ($1, 'Made by a test', false))
                   INSERT INTO role_permissions SELECT $1, unnest($2::text[])";
        self.database().client().execute(sql, &[&name, &permissions]).await.expect("the role is new");
    }
}

/// The body of a sign-in with [`PASSWORD`].
pub fn sign_in_request(email: &str, transport: Transport) -> LoginRequest {
    LoginRequest { email: email.to_owned(), password: PASSWORD.to_owned(), transport }
}

impl Client {
    /// Creates an account with [`PASSWORD`] and these roles.
    pub async fn create_user(&self, email: &str, display_name: &str, roles: &[&str]) -> User {
        let request = CreateUser {
            email: email.to_owned(),
            display_name: display_name.to_owned(),
            password: PASSWORD.to_owned(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        };
        self.post("/api/core/v1/users").json(&request).await.expect_status(201).json()
    }
}
