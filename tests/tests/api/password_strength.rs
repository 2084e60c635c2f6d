//! What is easy to guess is no password, wherever one is chosen.

use contract::FieldErrors;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use tests::{App, PASSWORD, Response};

/// The refused field and what is wrong with it.
fn advice(response: &Response) -> (&str, &Value) {
    let error = &response.body["errors"][0];
    assert_eq!((response.status, &error["code"]), (422, &json!("too_weak")), "{}", response.body);
    (error["field"].as_str().unwrap(), &error["advice"])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_common_password_is_refused_with_advice() {
    let app = App::start().await;
    let ada = app.setup().await;
    let create = async |password: &str| {
        let account =
            json!({ "email": "grace@example.org", "display_name": "Grace Hopper", "password": password });
        ada.post("/api/core/v1/users").json(&account).await
    };
    let refused = create("P@ssw0rd1234").await;
    assert_json_snapshot!(refused, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "advice": [
              "similar_to_common_password",
              "add_another_word",
              "capitals_help_little",
              "substitutions_help_little"
            ],
            "code": "too_weak",
            "field": "password"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    let problem: contract::Problem = refused.json();
    let [ref error] = problem.errors[..] else { panic!("one field is refused") };
    assert_eq!(FieldErrors::too_weak("password", error.advice.clone()).into_vec(), problem.errors);

    assert_eq!(advice(&create("qwertyuiop[]").await).1[0], "keyboard_row");
    assert_eq!(advice(&create("GraceHopper1906").await).1[0], "own_words");
    create("two moths in the relay").await.expect_status(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_it_is_at_the_set_up() {
    let app = App::start().await;
    let token = app.setup_token().await;
    let set_up = async |password: &str| {
        let person = json!({ "token": token, "email": "ada@example.org", "display_name": "Ada", "password": password });
        app.client().post("/api/core/v1/auth/setup").json(&person).await
    };
    assert_eq!(
        advice(&set_up("ada@example.org").await),
        ("password", &json!(["own_words", "add_another_word"]))
    );
    set_up(PASSWORD).await.expect_status(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_it_is_when_it_is_replaced_or_changed() {
    let app = App::start().await;
    let ada = app.setup().await;
    let change = json!({ "current_password": PASSWORD, "new_password": "qwerty123456" });
    let changed = ada.post("/api/core/v1/auth/password/change").json(&change).await;
    assert_eq!(advice(&changed), ("new_password", &json!(["common_password", "add_another_word"])));

    let forgot = app.client().post("/api/core/v1/auth/password/forgot");
    forgot.json(&json!({ "email": "ada@example.org" })).await.expect_status(202);
    let token = app.mailed_token("ada@example.org", "password_reset").await;
    let reset = async |password: &str| {
        let reset = json!({ "token": token, "password": password });
        app.client().post("/api/core/v1/auth/password/reset").json(&reset).await
    };
    assert_eq!(advice(&reset("lovelace1815").await).1[0], "own_words");
    reset("a better battery staple").await.expect_status(204);
}
