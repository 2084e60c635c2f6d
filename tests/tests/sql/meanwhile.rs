//! What statements do where another request was there first.

use store::all_statements;
use tokio_postgres::error::SqlState;

use crate::{
    database_with, execute, lines,
    rows::{GRACE, arguments, people},
};

/// What was verified against a hash that is another by now opens nothing, and doesn't put the old one back.
#[tokio::test]
async fn a_password_that_was_changed_meanwhile_proves_nothing() {
    let database = database_with(&people()).await;
    let client = database.client();
    let changed = format!("UPDATE password_credentials SET hash = 'another' WHERE user_id = '{GRACE}'");
    client.batch_execute(&changed).await.unwrap();
    for (name, answer) in [
        ("credential::CHANGE", None),
        ("session::BEGIN", Some("password_changed")),
        ("challenge::ISSUE", None),
    ] {
        let statement = all_statements().find(|statement| statement.name.ends_with(name)).unwrap();
        let (touched, row) = execute(client, statement.sql, &arguments(name).unwrap()).await;
        let outcome =
            row.map(|row| serde_json::from_str::<serde_json::Value>(&row).unwrap()["outcome"].take());
        assert_eq!(outcome.as_ref().and_then(|outcome| outcome.as_str()), answer, "{name}");
        assert_eq!(touched, u64::from(answer.is_some()), "{name}");
    }
    let kept = "SELECT hash FROM password_credentials WHERE hash <> 'hash'
                UNION ALL SELECT 'a session' FROM sessions WHERE device = 'wget'
                UNION ALL SELECT 'a sign-in' FROM users WHERE last_sign_in_at IS NOT NULL
                UNION ALL SELECT 'a challenge' FROM second_factor_challenges WHERE hash = '\\x02'";
    assert_eq!(lines(&database, kept).await, ["another"]);
}

/// Where another request has made one meanwhile, this one fails as a whole.
#[tokio::test]
async fn an_identity_makes_one_account() {
    let database = database_with(&people()).await;
    let client = database.client();
    let statement = all_statements().find(|statement| statement.name == "store::identity::SIGN_UP").unwrap();
    client.batch_execute(&format!("PREPARE statement AS {}", statement.sql)).await.unwrap();
    let known = arguments("identity::SIGN_UP").unwrap().replace(r#""subject": "2""#, r#""subject": "1""#);
    let error = client.simple_query(&format!("EXECUTE statement ({known})")).await.unwrap_err();
    let error = error.as_db_error().unwrap();
    let broken = (error.code(), error.constraint());
    assert_eq!(broken, (&SqlState::UNIQUE_VIOLATION, Some("identities_subject_key")));
    let made = lines(&database, "SELECT email FROM users WHERE email = 'new@example.org'").await;
    assert!(made.is_empty());
}
