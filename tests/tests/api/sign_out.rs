//! `POST /api/core/v1/auth/oauth2/end-session`: where to go after signing out.

use serde_json::{Value, json};
use tests::{App, Client};

use crate::{
    applications::{CLIENTS, register, text},
    tokens::Forge,
};

pub const PATH: &str = "/api/core/v1/auth/oauth2/end-session";
const HOME: &str = "https://app.example.org/";

async fn ask(client: &Client, request: &Value) -> Value {
    client.post(PATH).json(request).await.expect_status(200).body
}

#[tokio::test(flavor = "multi_thread")]
async fn says_who_asks_and_where_to_go() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({})).await;
    let tokens = application.sign_in(&app, &ada).await;
    let hint = text(&tokens, "id_token");
    assert_eq!(ask(app.client(), &json!({})).await, json!({ "confirmed": false }));
    let named = json!({ "client_id": application.id, "post_logout_redirect_uri": HOME, "state": "s 1" });
    let expected = json!({ "client_name": "Time sheets", "confirmed": false, "redirect_to": format!("{HOME}?state=s+1") });
    assert_eq!(ask(&ada, &named).await, expected);
    let hinted = json!({ "id_token_hint": hint, "post_logout_redirect_uri": HOME });
    let expected = json!({ "client_name": "Time sheets", "confirmed": true, "redirect_to": HOME });
    assert_eq!(ask(&ada, &hinted).await, expected);
    let elsewhere = app.sign_in("ada@example.org").await;
    for other in [&elsewhere, app.client()] {
        assert_eq!(ask(other, &hinted).await["confirmed"], false, "it is another session's");
    }
    ada.get("/api/core/v1/me").await.expect_status(200);
    let Some(clock) = app.movable_clock() else { return };
    clock.advance(std::time::Duration::from_hours(1));
    assert_eq!(ask(app.client(), &hinted).await["redirect_to"], HOME, "an expired one will do");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_elsewhere() {
    let app = App::start().await;
    let ada = app.setup().await;
    let application = register(&ada, &json!({})).await;
    let other = register(&ada, &json!({})).await;
    let tokens = application.sign_in(&app, &ada).await;
    let hint = text(&tokens, "id_token");
    let forge = Forge::new(&app, &app.client().with_token(hint));
    let id = application.id.as_str();
    for (request, code) in [
        (json!({ "post_logout_redirect_uri": HOME }), "client_invalid"),
        (json!({ "client_id": "nobody" }), "client_invalid"),
        (json!({ "client_id": "01890000-0000-7000-8000-000000000000" }), "client_invalid"),
        (
            json!({ "client_id": id, "post_logout_redirect_uri": "https://evil.example/" }),
            "redirect_uri_invalid",
        ),
        (json!({ "id_token_hint": hint, "client_id": other.id }), "id_token_hint_invalid"),
        (json!({ "id_token_hint": "garbage" }), "id_token_hint_invalid"),
        (json!({ "id_token_hint": text(&tokens, "access_token") }), "id_token_hint_invalid"),
        (
            json!({ "id_token_hint": forge.signed_by(&[7; 32], &json!({}), &json!({})) }),
            "id_token_hint_invalid",
        ),
        (
            json!({ "id_token_hint": forge.signed(&json!({ "kid": "x" }), &json!({})) }),
            "id_token_hint_invalid",
        ),
        (
            json!({ "id_token_hint": forge.signed(&json!({}), &json!({ "iss": "https://evil.example" })) }),
            "id_token_hint_invalid",
        ),
        (
            json!({ "id_token_hint": format!("{}.", forge.input(&json!({ "alg": "none" }), &json!({}))) }),
            "id_token_hint_invalid",
        ),
    ] {
        ada.post(PATH).json(&request).await.expect_problem(400, code);
    }
    let disable = ada.patch(&format!("{CLIENTS}/{id}")).header("if-match", "\"1\"");
    disable.json(&json!({ "disabled": true })).await.expect_status(200);
    ada.post(PATH).json(&json!({ "id_token_hint": hint })).await.expect_problem(400, "client_invalid");
    let foreign = app.client().post(PATH).header("sec-fetch-site", "cross-site").json(&json!({}));
    foreign.await.expect_problem(403, "cross_site_request");
}
