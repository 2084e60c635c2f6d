//! Mail leaves by SMTP: a real relay (smtp-server) takes it, and a real reader (Python's) reads it.

use std::{net::TcpListener, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use contract::SentMails;
use insta::assert_json_snapshot;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};
use tests::{App, Builder, Peer, peer};

const GRACE: &str = "grace@example.org";

/// An application that sends by that relay. Its certificate is for `localhost`.
fn app(port: u64, url: &str) -> Builder {
    App::builder()
        .variable("mail_transport", "smtp")
        .variable("mail_from", "L’équipe Matrice <matrice@example.org>")
        .variable("smtp_address", &format!("127.0.0.1:{port}"))
        .variable("smtp_url", url)
}

async fn relay(settings: Value) -> (Peer, u64) {
    let relay = Peer::start("smtp.mjs", &settings).await;
    let port = relay.ready()["port"].as_u64().unwrap();
    (relay, port)
}

/// Grace, and a mail to her that waits.
async fn write_to_grace(app: &App) {
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    app.ask_for_reset(GRACE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_as_it_was_written() {
    let (relay, port) = relay(json!({})).await;
    let app = app(port, "smtp://localhost").start().await;
    let ada = app.setup().await;
    ada.create_user(GRACE, "Grace Hopper", &[]).await;
    let forgot = app.client().post("/api/core/v1/auth/password/forgot").header("accept-language", "fr");
    forgot.json(&json!({ "email": GRACE })).await.expect_status(202);
    let (before, written) = (app.now(), app.newest_mail(GRACE).await);
    let tick = app.tick().await;
    assert_eq!((tick.mails.sent, tick.mails.deferred, tick.mails.failed), (1, 0, 0));

    let taken = relay.taken().await;
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(
        (&taken[0]["from"], &taken[0]["to"], &taken[0]["encrypted"], &taken[0]["hello"]),
        (&json!("matrice@example.org"), &json!([GRACE]), &json!(false), &json!("matrice.test"))
    );
    let mail = peer::run("read_mail.py", &json!({ "message": taken[0]["message"] })).await;
    let id = ada.get("/api/core/v1/admin/mails").await.body["items"][0]["id"].clone();
    let headers = &mail["headers"];
    assert_eq!(headers["message-id"], format!("<{}@example.org>", id.as_str().unwrap()));
    assert_eq!(headers["from"], "L’équipe Matrice <matrice@example.org>");
    assert_eq!((&headers["to"], &headers["subject"]), (&json!(GRACE), &json!(written.subject)));
    assert_eq!(headers["auto-submitted"], "auto-generated");
    let date: DateTime<Utc> = mail["date"].as_str().unwrap().parse().unwrap();
    assert!((before - date).abs() < TimeDelta::minutes(1), "{date} is not about {before}");
    assert_eq!((&mail["type"], &mail["defects"]), (&json!("multipart/alternative"), &json!([])));
    let parts = mail["parts"].as_array().unwrap();
    assert_eq!((&parts[0]["type"], &parts[1]["type"]), (&json!("text/plain"), &json!("text/html")));
    // Lines of a mail end in CRLF.
    assert_eq!(parts[0]["text"].as_str().unwrap().trim_end().replace("\r\n", "\n"), written.text.trim_end());
    assert!(parts[1]["text"].as_str().unwrap().contains("Bonjour Grace Hopper"), "{mail}");

    // What was sent is no key any more.
    assert!(app.newest_mail(GRACE).await.text.is_empty());
    let outbox = ada.get("/api/core/v1/admin/mails").await;
    let shown = &outbox.body["items"][0];
    assert_eq!((&shown["state"], shown.get("text")), (&json!("sent"), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_is_encrypted_and_the_relay_proven() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let another = generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem();
    for (tls, url) in [("starttls", "smtp://localhost?tls=required"), ("implicit", "smtps://localhost")] {
        let settings = json!({ "tls": tls, "key": signing_key.serialize_pem(), "certificate": cert.pem() });
        let (relay, port) = relay(settings).await;
        let trusting = app(port, url).variable("smtp_root_certificate", &cert.pem()).start().await;
        write_to_grace(&trusting).await;
        assert_eq!(trusting.tick().await.mails.sent, 1, "{tls}");
        assert_eq!(relay.taken().await[0]["encrypted"], true, "{tls}");

        // A certificate of nobody's, of another, and for another name.
        let elsewhere = url.replace("localhost", "mail.example.org");
        for (url, root) in [(url, ""), (url, another.as_str()), (&elsewhere, cert.pem().as_str())] {
            let app = app(port, url).variable("smtp_root_certificate", root).start().await;
            write_to_grace(&app).await;
            assert_eq!(app.tick().await.mails.deferred, 1, "{tls}: {url} {root}");
        }
        assert_eq!(relay.taken().await.len(), 1, "{tls}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_without_starttls_gets_nothing() {
    let (relay, port) = relay(json!({})).await;
    let app = app(port, "smtp://localhost?tls=required").start().await;
    write_to_grace(&app).await;
    assert_eq!(app.tick().await.mails.deferred, 1);
    assert!(relay.taken().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_relay_asks_who_sends() {
    let (relay, port) = relay(json!({ "user": "matrice", "password": "p:a@s/s" })).await;
    let known = app(port, "smtp://matrice:p%3Aa%40s%2Fs@localhost").start().await;
    write_to_grace(&known).await;
    assert_eq!(known.tick().await.mails.sent, 1);
    assert_eq!(relay.taken().await[0]["user"], "matrice");

    let unknown = app(port, "smtp://matrice:guessed-in-vain@localhost").start().await;
    write_to_grace(&unknown).await;
    // What is wrong with us is no mail's fault.
    assert_eq!(unknown.tick().await.mails, SentMails { deferred: 1, ..SentMails::default() });
    let error = unknown.last_error(GRACE).await;
    assert!(error.contains("535") && !error.contains("guessed"), "{error}");
    assert!(!unknown.log().contains("guessed-in-vain"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_now_is_tried_again_later() {
    let (relay, port) = relay(json!({ "answers": [{ "code": 451, "text": "try later" }] })).await;
    let app = app(port, "smtp://localhost").start().await;
    let Some(clock) = app.movable_clock() else { return };
    write_to_grace(&app).await;
    assert_eq!(app.tick().await.mails.deferred, 1);
    assert!(app.last_error(GRACE).await.contains("451"), "{}", app.last_error(GRACE).await);
    assert_eq!(app.tick().await.mails, SentMails::default());
    clock.advance(Duration::from_secs(61));
    assert_eq!(app.tick().await.mails.sent, 1);
    assert_eq!(relay.taken().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_good_fails_at_once_and_can_be_retried() {
    let (relay, port) = relay(json!({ "answers": [{ "code": 550, "text": "no such mailbox" }] })).await;
    let app = app(port, "smtp://localhost").start().await;
    write_to_grace(&app).await;
    assert_eq!(app.tick().await.mails.failed, 1);
    assert_eq!(app.tick().await.mails, SentMails::default());
    // The relay's words, which may name the reader, are for the back office alone.
    let log = app.log();
    assert!(log.contains("mail failed") && log.contains("550") && !log.contains("no such mailbox"), "{log}");

    let ada = app.sign_in("ada@example.org").await;
    let failed = ada.get(&format!("/api/core/v1/admin/mails?filter[recipient]={GRACE}")).await;
    let id = failed.body["items"][0]["id"].as_str().unwrap();
    assert_eq!(failed.body["items"][0]["state"], "failed");
    let retry = format!("/api/core/v1/admin/mails/{id}/retry");
    assert_json_snapshot!(ada.post(&retry).await, @r#"
    {
      "status": 200,
      "body": {
        "attempts": 0,
        "created_at": "[time]",
        "id": "[uuid]",
        "kind": "password_reset",
        "last_error": "550 no such mailbox",
        "next_attempt_at": "[time]",
        "recipient": "grace@example.org",
        "state": "queued",
        "subject": "Choose a new password"
      }
    }
    "#);
    assert_eq!(app.tick().await.mails.sent, 1);
    assert_eq!(relay.taken().await.len(), 1);
    ada.post(&retry).await.expect_problem(409, "mail_not_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_down_is_tried_until_it_is_up() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let app = app(port.into(), "smtp://localhost").start().await;
    let Some(clock) = app.movable_clock() else { return };
    write_to_grace(&app).await;
    for minutes in [1, 2, 4, 8] {
        assert_eq!(app.tick().await.mails.deferred, 1);
        clock.advance(Duration::from_secs(30 * minutes));
        assert_eq!(app.tick().await.mails.deferred, 0, "{minutes}");
        clock.advance(Duration::from_secs(30 * minutes));
    }
    let (relay, _) = relay(json!({ "port": port })).await;
    assert_eq!(app.tick().await.mails.sent, 1);
    assert_eq!(relay.taken().await.len(), 1);
}
