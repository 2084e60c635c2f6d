//! Makes an account.

use chrono::{DateTime, Utc};
use contract::{NewUser, User, UserId};
use credentials::PasswordHash;
use platform::db::{Db, DbError};

use super::{EMAIL_KEY, ROLE_KEY, Refusal};
use crate::statements;

statements! {
    // The roles of the answer come from the parameter: the statement doesn't see the rows that it inserts.
    CREATE [Users] = "
        WITH account AS (
            INSERT INTO users (id, email, display_name, status, version, created_at, updated_at)
            VALUES ($1, $2, $3, 'active', 1, instant($6), instant($6)) RETURNING *
        ), credential AS (
            INSERT INTO password_credentials (user_id, hash, updated_at) SELECT id, $4, instant($6) FROM account
        ), granted AS (
            INSERT INTO user_roles (user_id, role, granted_at)
            SELECT id, role, instant($6) FROM account, unnest($5::text[]) AS role
        )
        SELECT user_document(account) || jsonb_build_object('roles', to_jsonb($5::text[])) FROM account";
}

/// Makes an account with its password and roles, all or nothing.
pub async fn create(
    db: &Db,
    id: UserId,
    user: &NewUser,
    password: &PasswordHash,
    now: DateTime<Utc>,
) -> Result<Result<User, Refusal>, DbError> {
    let parameters = vec![
        id.into(),
        (&user.email).into(),
        (&user.display_name).into(),
        password.into(),
        user.roles.as_slice().into(),
        now.into(),
    ];
    match db.fetch_one(&CREATE, parameters).await {
        Ok(user) => Ok(Ok(user)),
        Err(error) if error.violates(EMAIL_KEY) => Ok(Err(Refusal::EmailTaken)),
        Err(error) if error.violates(ROLE_KEY) => Ok(Err(Refusal::UnknownRole)),
        Err(error) => Err(error),
    }
}
