//! `GET /api/core/v1/users`: search, filters, orders, pages.

use insta::assert_json_snapshot;
use serde_json::Value;
use tests::{App, Client, Response};

const PATH: &str = "/api/core/v1/users";

/// 60 accounts beside the administrator: few names and few moments of creation, so that ties abound, and every fifth
/// locked, every fourth an auditor.
const CROWD: &str = "
    WITH crowd AS (
        INSERT INTO users (id, email, display_name, status, version, created_at, updated_at)
        SELECT gen_random_uuid(), 'person' || n || '@example.org',
               (ARRAY['Zoé', 'alan', 'Barbara', 'ALAN', 'Élodie'])[1 + n % 5],
               CASE WHEN n % 5 = 0 THEN 'locked' ELSE 'active' END, 1, at, at
        FROM generate_series(1, 60) AS n, LATERAL (SELECT timestamptz '2024-01-01 00:00Z' + n % 7 * interval '1.5 s') AS t (at)
        RETURNING id, email, created_at
    )
    INSERT INTO user_roles (user_id, role, granted_at)
    SELECT id, 'auditor', created_at FROM crowd WHERE substring(email from '[0-9]+')::int % 4 = 0";

async fn crowd() -> (App, Client) {
    let app = App::start().await;
    let admin = app.setup().await;
    app.database().client().execute(CROWD, &[]).await.unwrap();
    (app, admin)
}

async fn list(client: &Client, query: &str) -> Response {
    client.get(&format!("{PATH}?{query}")).await
}

fn emails(response: &Response) -> Vec<String> {
    let items = response.body["items"].as_array().unwrap_or_else(|| panic!("no list: {}", response.body));
    items.iter().map(|item| item["email"].as_str().unwrap().to_owned()).collect()
}

/// Every page, from the first to the last.
async fn walk(client: &Client, query: &str) -> (Vec<String>, usize) {
    let (mut all, mut pages) = (Vec::new(), 0);
    let mut response = list(client, query).await.expect_status(200);
    loop {
        all.extend(emails(&response));
        pages += 1;
        let Some(cursor) = response.body["next_cursor"].as_str() else { return (all, pages) };
        response = list(client, &format!("{query}&cursor={cursor}")).await.expect_status(200);
    }
}

async fn ordered(app: &App, order: &str) -> Vec<String> {
    let sql = format!("SELECT email FROM users ORDER BY {order}");
    app.database().client().query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn newest_first_twenty_five_at_a_time_unless_told() {
    let (app, admin) = crowd().await;
    let first = admin.get(PATH).await.expect_status(200);
    assert_eq!(emails(&first), ordered(&app, "created_at DESC, id DESC").await[..25]);
    assert_eq!(emails(&first)[0], "ada@example.org");
    let (all, pages) = walk(&admin, "").await;
    assert_eq!((all.len(), pages), (61, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn shows_an_account_as_it_is() {
    let app = App::start().await;
    let admin = app.setup().await;
    assert_json_snapshot!(admin.get(PATH).await, @r#"
    {
      "status": 200,
      "body": {
        "items": [
          {
            "created_at": "[time]",
            "display_name": "Ada Lovelace",
            "email": "ada@example.org",
            "id": "[uuid]",
            "last_sign_in_at": "[time]",
            "roles": [
              "administrator"
            ],
            "second_factor": false,
            "status": "active",
            "updated_at": "[time]",
            "version": 1
          }
        ]
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_is_walked_without_gap_or_repetition() {
    let (app, admin) = crowd().await;
    for (sort, order) in [
        ("created_at", "created_at, id"),
        ("-created_at", "created_at DESC, id DESC"),
        ("email", "email, id"),
        ("-email", "email DESC, id DESC"),
        ("display_name", "lower(display_name), id"),
        ("-display_name", "lower(display_name) DESC, id DESC"),
    ] {
        let (all, pages) = walk(&admin, &format!("sort={sort}&limit=7")).await;
        assert_eq!(all, ordered(&app, order).await, "{sort}");
        assert_eq!(pages, 9, "{sort}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_page_is_known_to_be_the_last() {
    let (_app, admin) = crowd().await;
    let whole = list(&admin, "limit=61").await;
    assert_eq!((emails(&whole).len(), &whole.body["next_cursor"]), (61, &Value::Null));
    let almost = list(&admin, "limit=60").await;
    assert_eq!(emails(&almost).len(), 60);
    assert!(almost.body["next_cursor"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_made_meanwhile_moves_no_page() {
    let (_app, admin) = crowd().await;
    let before = walk(&admin, "sort=email&limit=20").await.0;
    let first = list(&admin, "sort=email&limit=20").await;
    admin.create_user("aaron@example.org", "Aaron", &[]).await;
    let cursor = first.body["next_cursor"].as_str().unwrap();
    assert_eq!(emails(&list(&admin, &format!("sort=email&limit=20&cursor={cursor}")).await), before[20..40]);
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_addresses_and_names_in_any_case() {
    let (_app, admin) = crowd().await;
    let found = async |q: &str| emails(&list(&admin, &format!("sort=email&limit=100&q={q}")).await);
    assert_json_snapshot!(found("PERSON1%40").await, @r#"
    [
      "person1@example.org"
    ]
    "#);
    assert_json_snapshot!(found("lovelace").await, @r#"
    [
      "ada@example.org"
    ]
    "#);
    assert_eq!(found("aLaN").await.len(), 24);
    assert_eq!(found("%C3%A9LODIE").await.len(), 12);
    // Wildcards of SQL are only text, and an empty search is none.
    for nothing in ["%25", "_erson", "%5C", "' OR true --"] {
        assert_eq!(found(nothing).await, Vec::<String>::new(), "{nothing}");
    }
    assert_eq!(found("").await.len(), 61);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_by_status_and_role() {
    let (_app, admin) = crowd().await;
    let found = async |filter: &str| walk(&admin, &format!("limit=10&{filter}")).await.0.len();
    assert_eq!(found("filter[status]=locked").await, 12);
    assert_eq!(found("filter%5Bstatus%5D=active").await, 49);
    assert_eq!(found("filter[role]=auditor").await, 15);
    assert_eq!(found("filter[role]=administrator").await, 1);
    assert_eq!(found("filter[role]=nobody-has-it").await, 0);
    assert_eq!(found("filter[role]=auditor&filter[status]=locked&q=person").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_what_it_does_not_understand() {
    let app = App::start().await;
    let admin = app.setup().await;
    let query = "limit=0&sort=password&filter[status]=gone&filter[role]=No!&filter[email]=x&page=2&q=a&q=b";
    assert_json_snapshot!(list(&admin, query).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "unknown_value",
            "field": "filter[status]"
          },
          {
            "code": "invalid_format",
            "field": "filter[role]"
          },
          {
            "code": "unknown_value",
            "field": "sort"
          },
          {
            "code": "invalid_format",
            "field": "limit",
            "limit": 100
          },
          {
            "code": "unknown_value",
            "field": "filter[email]"
          },
          {
            "code": "unknown_value",
            "field": "page"
          },
          {
            "code": "unknown_value",
            "field": "q"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    for limit in ["101", "-1", "1.5", "many", "99999999999"] {
        list(&admin, &format!("limit={limit}")).await.expect_problem(422, "validation_failed");
    }
    for limit in ["1", "100"] {
        list(&admin, &format!("limit={limit}")).await.expect_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_a_cursor_that_is_not_its_own() {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

    let (_app, admin) = crowd().await;
    let first = list(&admin, "sort=email&limit=5").await;
    let cursor = first.body["next_cursor"].as_str().unwrap();
    assert_json_snapshot!(list(&admin, &format!("sort=-email&cursor={cursor}")).await, @r#"
    {
      "status": 422,
      "headers": {
        "content-type": "application/problem+json"
      },
      "body": {
        "code": "validation_failed",
        "errors": [
          {
            "code": "invalid_format",
            "field": "cursor"
          }
        ],
        "request_id": "[uuid]",
        "status": 422,
        "title": "Some fields are not valid",
        "type": "urn:matrice:problem:validation_failed"
      }
    }
    "#);
    let forged = |sort: &str, key: &str| {
        let id = "01890000-0000-7000-8000-000000000000";
        BASE64_URL_SAFE_NO_PAD
            .encode(serde_json::json!({ "sort": sort, "after": { "key": key, "id": id } }).to_string())
    };
    for cursor in ["garbage", "e30", &forged("created_at", "no time"), &forged("created_at", "\u{0}")] {
        list(&admin, &format!("sort=created_at&cursor={cursor}"))
            .await
            .expect_problem(422, "validation_failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_what_postgres_takes_for_no_text() {
    let app = App::start().await;
    let admin = app.setup().await;
    for q in ["%00", "a%00b", "%ff%fe"] {
        let response = list(&admin, &format!("q={q}")).await;
        assert!(matches!(response.status, 200 | 422), "{q}: {} {}", response.status, response.body);
    }
}
