//! `POST /api/core/v1/auth/identity-providers/{provider}/sign-in`: who is let in, and to which account

use contract::Me;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use tests::{App, Browser, Client, ProviderPeer};

use crate::{
    at_once::{NEW_ACCOUNTS, at_once},
    identity_providers::grace,
};

const GRACE: &str = "grace@example.org";
const ME: &str = "/api/core/v1/me";

/// The security log in the order of writing, a line an event: whose, what, how, by whom, and why not.
pub async fn log(admin: &Client) -> String {
    let events =
        admin.get("/api/core/v1/admin/security-events").await.expect_status(200).body["items"].take();
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |event: &Value| {
        let (details, reason) = (&event["details"], word(&event["details"]["reason"]));
        let words = [&event["email"], &event["kind"], &event["outcome"], &details["provider"]].map(word);
        format!("{} {reason}", words.join(" "))
    };
    let lines: Vec<_> = events.as_array().unwrap().iter().rev().map(line).collect();
    lines.join("\n")
}

/// Grace has an account whose address she has proven, by choosing a password with a mailed link.
pub async fn proven_grace(app: &App) -> Client {
    let request = json!({ "email": GRACE });
    app.client().post("/api/core/v1/auth/password/forgot").json(&request).await.expect_status(202);
    let token = app.mailed_token(GRACE, "password_reset").await;
    let request = json!({ "token": token, "password": tests::PASSWORD });
    app.client().post("/api/core/v1/auth/password/reset").json(&request).await.expect_status(204);
    app.sign_in(GRACE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn makes_an_account_and_finds_it_again() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    let answer = Browser::new(&app, &provider).sign_in().await;
    assert_json_snapshot!(answer, @r#"
    {
      "status": 200,
      "body": {
        "access_token": "[jwt]",
        "expires_in": 600,
        "refresh_token": "[token]",
        "token_type": "Bearer"
      }
    }
    "#);
    let me: Me = app.client().signed_in(answer.json()).get(ME).await.json();
    assert_eq!((me.display_name.as_str(), me.locale), ("Grace Hopper", Some(contract::Locale::Fr)));
    assert!(me.email_verified && !me.has_password && me.roles.is_empty(), "{me:?}");
    assert_eq!(app.mails(GRACE).await, ["identity_signed_up"]);
    let mail = app.newest_mail(GRACE).await;
    assert_eq!(mail.subject, "Votre compte est prêt");
    assert!(mail.text.contains("The Company"), "{}", mail.text);

    // Whatever the provider says of her address later, she is the one whom it names so.
    let later = json!({ "sub": "grace", "email": "hopper@example.com", "email_verified": false });
    provider.tell("person", &later).await;
    let again: Me = Browser::new(&app, &provider).signed_in().await.get(ME).await.json();
    assert_eq!((again.id, again.email.as_str()), (me.id, GRACE));
    assert_snapshot!(log(&ada).await, @"
    ada@example.org set_up success - -
    grace@example.org signed_up success openid -
    grace@example.org sign_in success openid -
    grace@example.org sign_in success openid -
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_get_cookies() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let mut browser = Browser::new(&app, &provider);
    let mut answer = browser.go("sign_in").await;
    answer["transport"] = "cookie".into();
    assert_json_snapshot!(browser.post("sign-in", &answer).await, @r#"
    {
      "status": 200,
      "cookies": [
        "__Host-matrice_access=[jwt]; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Strict",
        "__Secure-matrice_refresh=[token]; Path=/api/core/v1/auth; Max-Age=1209600; Secure; HttpOnly; SameSite=Strict"
      ],
      "body": {
        "expires_in": 600
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_has_proven_the_address_is_linked() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    let before: Me = proven_grace(&app).await.get(ME).await.json();
    let me: Me = Browser::new(&app, &provider).signed_in().await.get(ME).await.json();
    assert_eq!(me.id, before.id);
    assert!(me.has_password);
    assert_eq!(app.newest_mail(GRACE).await.kind, "identity_linked");
    Browser::new(&app, &provider).signed_in().await;
    assert_eq!(app.mails(GRACE).await.iter().filter(|kind| *kind == "identity_linked").count(), 1);
    assert!(log(&ada).await.ends_with(
        "grace@example.org identity_linked success openid -\ngrace@example.org sign_in success openid -\n\
         grace@example.org sign_in success openid -"
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_has_not_is_not() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Somebody else, perhaps", &[]).await;
    let refused = Browser::new(&app, &provider).sign_in().await;
    refused.expect_problem(403, "link_required");
    assert!(app.mails(GRACE).await.is_empty());
    assert!(log(&ada).await.ends_with("grace@example.org sign_in refused openid link_required"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_not_verified_proves_nothing() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await.create_user(GRACE, "Grace Hopper", &[]).await;
    proven_grace(&app).await;
    let mut answers = Vec::new();
    for person in [
        json!({ "sub": "eve", "email": GRACE, "email_verified": false }),
        json!({ "sub": "eve", "email": "nobody@example.org", "email_verified": false }),
        json!({ "sub": "eve", "email": GRACE }),
        json!({ "sub": "eve" }),
    ] {
        provider.tell("person", &person).await;
        let refused = Browser::new(&app, &provider).sign_in().await;
        let mut refused = refused.expect_problem(403, "provider_email_unverified").body;
        refused["request_id"].take();
        answers.push(refused);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "whether there is an account: {answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_whom_the_rules_admit() {
    for (rule, status) in [("closed", 403), ("example.com", 403), ("example.com,example.org", 200)] {
        let provider = ProviderPeer::openid(grace()).await;
        let app = provider.application().variable("sign_up", rule).start().await;
        app.setup().await;
        let answer = Browser::new(&app, &provider).sign_in().await.expect_status(status);
        if status == 403 {
            answer.expect_problem(403, "sign_up_closed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_account_needs_no_rule() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().variable("sign_up", "closed").start().await;
    app.setup().await.create_user(GRACE, "Grace Hopper", &[]).await;
    proven_grace(&app).await;
    Browser::new(&app, &provider).signed_in().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_before_the_first_administrator() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "sign_up_closed");
    app.setup().await;
    Browser::new(&app, &provider).signed_in().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_stays_locked() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    let user = ada.create_user(GRACE, "Grace Hopper", &[]).await;
    proven_grace(&app).await;
    let lock = format!("/api/core/v1/users/{}/lock", user.id);
    ada.post(&lock).await.expect_status(200);
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "account_locked");
    assert_ne!(app.newest_mail(GRACE).await.kind, "identity_linked");
    ada.post(&format!("/api/core/v1/users/{}/unlock", user.id)).await.expect_status(200);
    Browser::new(&app, &provider).signed_in().await;
    ada.post(&lock).await.expect_status(200);
    Browser::new(&app, &provider).sign_in().await.expect_problem(403, "account_locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_still_asked_for() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let (authenticator, _) = proven_grace(&app).await.add_authenticator(&app).await;
    if app.movable_clock().is_none() {
        return;
    }
    let asked = Browser::new(&app, &provider).sign_in().await;
    assert_json_snapshot!(asked, @r#"
    {
      "status": 202,
      "body": {
        "challenge": "[token]",
        "expires_in": 300,
        "methods": [
          "totp",
          "recovery_code"
        ]
      }
    }
    "#);
    let challenge = asked.body["challenge"].as_str().unwrap();
    app.solve(challenge, "totp", &authenticator.next_code(&app)).await.expect_status(200);
    assert!(log(&ada).await.contains("grace@example.org second_factor_asked success openid -"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_demands_a_second_factor_demands_it_here_too() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &["auditor"]).await;
    proven_grace(&app).await;
    let role = json!({ "requires_second_factor": true });
    ada.patch("/api/core/v1/roles/auditor").json(&role).await.expect_status(200);
    let grace = Browser::new(&app, &provider).signed_in().await;
    grace.get("/api/core/v1/users").await.expect_problem(403, "second_factor_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_cut_to_what_a_name_may_be() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let long = "é".repeat(300);
    for (sub, name, shown) in [("a", &*long, &*"é".repeat(100)), ("b", "\u{7}\n", "b"), ("c", "", "c")] {
        let email = format!("{sub}@example.org");
        let person =
            json!({ "sub": sub, "email": email, "email_verified": true, "name": name, "locale": "tlh" });
        provider.tell("person", &person).await;
        let me: Me = Browser::new(&app, &provider).signed_in().await.get(ME).await.json();
        assert_eq!((me.display_name.as_str(), me.locale), (shown, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_sign_ins_at_once_one_makes_the_account() {
    let provider = ProviderPeer::openid(grace()).await;
    let app = provider.application().start().await;
    app.setup().await;
    let (mut here, mut there) = (Browser::new(&app, &provider), Browser::new(&app, &provider));
    let (first, second) = (here.go("sign_in").await, there.go("sign_in").await);
    let (first, second) = (here.post("sign-in", &first), there.post("sign-in", &second));
    let [made, taken] = at_once(&app, NEW_ACCOUNTS, first, second).await;
    made.expect_status(200);
    taken.expect_problem(403, "authorization_invalid");
    Browser::new(&app, &provider).signed_in().await;
    assert_eq!(app.mails(GRACE).await, ["identity_signed_up"]);
}
