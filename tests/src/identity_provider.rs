//! Identity providers, real ones, and the browsers that go there and come back.

use contract::{BegunAuthorization, TokenGrant};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{App, Builder, Call, Client, Cookie, PUBLIC_URL, Peer, Response};

/// The installation's name at the providers of the tests, and what it proves itself with.
pub const CLIENT_ID: &str = "matrice";
const CLIENT_SECRET: &str = "the secret of the installation";

/// A provider that somebody is signed in to.
pub struct ProviderPeer {
    peer: Peer,
    id: &'static str,
}

impl ProviderPeer {
    /// An `OpenID` provider with that person at the keyboard.
    pub async fn openid(person: Value) -> Self {
        Self::start("openid", "openid-provider.mjs", json!({ "person": person })).await
    }

    /// An `OpenID` provider that can be made to lie.
    pub async fn lying() -> Self {
        Self::start("openid", "lying-provider.mjs", json!({})).await
    }

    /// A GitHub with that person at the keyboard.
    pub async fn github(user: Value, emails: Value) -> Self {
        Self::start("github", "github.mjs", json!({ "user": user, "emails": emails })).await
    }

    async fn start(id: &'static str, script: &str, mut settings: Value) -> Self {
        settings["client_id"] = CLIENT_ID.into();
        settings["client_secret"] = CLIENT_SECRET.into();
        settings["redirect_uri"] = format!("{PUBLIC_URL}/sign-in/{id}").into();
        Self { peer: Peer::start(script, &settings).await, id }
    }

    /// Where it serves.
    pub fn url(&self) -> &str {
        self.peer.url()
    }

    /// An application that knows the provider.
    pub fn application(&self) -> Builder {
        let url = self.url();
        let builder = App::builder()
            .variable(&format!("{}_client_id", self.id), CLIENT_ID)
            .variable(&format!("{}_client_secret", self.id), CLIENT_SECRET);
        match self.id {
            "github" => {
                builder.variable("github_url", url).variable("github_api_url", &format!("{url}/api/v3"))
            }
            _ => builder
                .variable("openid_issuer", url)
                .variable("openid_host", url)
                .variable("openid_name", "The Company"),
        }
    }

    /// Tells the provider's script something: who is at the keyboard now, or how to lie.
    pub async fn tell(&self, what: &str, value: &impl Serialize) {
        let provider = Client::new(self.url().to_owned());
        provider.post(&format!("/peer/{what}")).json(value).await.expect_status(200);
    }
}

/// A browser, with the one cookie that matters.
pub struct Browser<'a> {
    client: Client,
    provider: &'a ProviderPeer,
    cookie: Option<Cookie>,
}

impl<'a> Browser<'a> {
    /// A browser of nobody.
    pub fn new(app: &App, provider: &'a ProviderPeer) -> Self {
        Self::of(app.client(), provider)
    }

    /// A browser of somebody who is signed in.
    pub fn of(client: &Client, provider: &'a ProviderPeer) -> Self {
        Self { client: client.clone(), provider, cookie: None }
    }

    /// A path of the provider.
    pub fn path(&self, operation: &str) -> String {
        format!("/api/core/v1/auth/identity-providers/{}/{operation}", self.provider.id)
    }

    /// Begins, for a purpose.
    pub fn beginning(&self, purpose: &str) -> Call {
        let request = json!({ "purpose": purpose, "return_to": "/account" });
        let call = self.client.post(&self.path("authorization")).json(&request);
        call.cookies(&self.cookie)
    }

    /// Begins, goes to the provider, says yes there and comes back; answers what is then posted.
    pub async fn go(&mut self, purpose: &str) -> Value {
        let begun = self.beginning(purpose).await.expect_status(200);
        self.cookie = begun.cookies.first().cloned();
        let BegunAuthorization { authorization_url } = begun.json();
        come_back(self.provider, &authorization_url).await
    }

    /// What it keeps.
    pub fn cookies(&self) -> Vec<Cookie> {
        self.cookie.iter().cloned().collect()
    }

    /// Posts what it came back with.
    pub fn post(&self, operation: &str, answer: &Value) -> Call {
        self.client.post(&self.path(operation)).cookies(&self.cookie).json(answer)
    }

    /// What the application says of what it came back with.
    pub fn pending(&self, answer: &Value) -> Call {
        let state = answer["state"].as_str().expect("it came back with a state");
        self.client.get(&format!("{}?state={state}", self.path("authorization"))).cookies(&self.cookie)
    }

    /// All of it: goes there, comes back, and posts what it came back with.
    pub async fn sign_in(&mut self) -> Response {
        let answer = self.go("sign_in").await;
        self.post("sign-in", &answer).await
    }

    /// Signs in; it has to work.
    pub async fn signed_in(&mut self) -> Client {
        let grant: TokenGrant = self.sign_in().await.expect_status(200).json();
        self.client.signed_in(grant)
    }

    /// Proves again who it is; it has to work.
    pub async fn step_up(&mut self) {
        let answer = self.go("step_up").await;
        self.post("step-up", &answer).await.expect_status(204);
    }

    /// Links the identity; it has to work.
    pub async fn link(&mut self) {
        let answer = self.go("link").await;
        self.post("link", &answer).await.expect_status(204);
    }
}

/// Follows the provider from page to page, as a browser does, until it sends the browser back.
async fn come_back(provider: &ProviderPeer, authorization_url: &str) -> Value {
    let client = Client::new(provider.url().to_owned());
    let mut location = authorization_url.to_owned();
    let mut jar: Vec<Cookie> = Vec::new();
    let home = format!("{PUBLIC_URL}/sign-in/{}?", provider.id);
    loop {
        if let Some(query) = location.strip_prefix(&home) {
            let mut answer: Value = url::form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
                .collect();
            answer["transport"] = "bearer".into();
            return answer;
        }
        let path = location.strip_prefix(provider.url()).unwrap_or(&location);
        let page = client.get(path).cookies(&jar).await;
        jar.retain(|kept| page.cookies.iter().all(|set| set.name != kept.name));
        // What is deleted may be signed like what is set: its date tells.
        let is_kept = |set: &&Cookie| !set.attributes.iter().any(|attribute| attribute.contains(" 1970 "));
        jar.extend(page.cookies.iter().filter(is_kept).cloned());
        let Some(next) = page.header("location") else { panic!("{}: {}", page.status, page.body) };
        next.clone_into(&mut location);
    }
}
