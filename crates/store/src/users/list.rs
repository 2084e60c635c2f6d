//! Lists accounts, a page at a time, in one of six orders.

use contract::{RoleName, Search, User, UserId, UserSort, UserStatus};
use platform::db::{Db, DbError, Statement};
use serde::{Deserialize, Serialize};

use crate::statements;

/// A page begins behind the cursor's position: the sort key of the last row, as text, and its id.
/// Each order has its own statement, so that each walks its own index.
macro_rules! list_sql {
    ($key:literal, $type:literal, $beyond:literal, $direction:literal) => {
        concat!(
            "SELECT user_document(users) || jsonb_build_object('sort_key', (",
            $key,
            ")::text)
            FROM users
            WHERE ($1::text IS NULL OR email LIKE $1 OR lower(display_name) LIKE $1)
                AND ($2::text IS NULL OR status = $2)
                AND ($3::text IS NULL
                     OR EXISTS (SELECT FROM user_roles WHERE user_id = users.id AND role = $3))
                AND ($4::text IS NULL OR (",
            $key,
            ", id) ",
            $beyond,
            " ($4::text::",
            $type,
            ", $5::uuid))
            ORDER BY ",
            $key,
            " ",
            $direction,
            ", id ",
            $direction,
            " LIMIT $6"
        )
    };
}

statements! {
    BY_CREATED_AT [Users] = list_sql!("created_at", "timestamptz", ">", "ASC");
    BY_CREATED_AT_DESCENDING [Users] = list_sql!("created_at", "timestamptz", "<", "DESC");
    BY_EMAIL [Users] = list_sql!("email", "text", ">", "ASC");
    BY_EMAIL_DESCENDING [Users] = list_sql!("email", "text", "<", "DESC");
    BY_DISPLAY_NAME [Users] = list_sql!("lower(display_name)", "text", ">", "ASC");
    BY_DISPLAY_NAME_DESCENDING [Users] = list_sql!("lower(display_name)", "text", "<", "DESC");
}

/// Which accounts, in which order.
#[derive(Debug, Default)]
pub struct Filter {
    /// Part of the address or the name, in any case.
    pub search: Option<Search>,
    /// With that status.
    pub status: Option<UserStatus>,
    /// With that role.
    pub role: Option<RoleName>,
    /// In that order.
    pub sort: UserSort,
}

/// Where a page ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Position {
    /// The sort key of the last account, as Postgres writes it.
    pub key: String,
    /// Its id.
    pub id: UserId,
}

/// An account and its place in the order.
#[derive(Deserialize)]
pub struct Listed {
    /// The account.
    #[serde(flatten)]
    pub user: User,
    sort_key: String,
}

impl Listed {
    /// Its place in the order.
    pub fn position(&self) -> Position {
        Position { key: self.sort_key.clone(), id: self.user.id }
    }
}

/// The first `limit` accounts behind a position.
pub async fn list(
    db: &Db,
    filter: &Filter,
    after: Option<&Position>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let parameters = vec![
        filter.search.as_ref().map(|search| contains_pattern(search.as_str())).into(),
        filter.status.into(),
        filter.role.as_ref().into(),
        after.map(|position| position.key.clone()).into(),
        after.map(|position| position.id).into(),
        limit.into(),
    ];
    db.fetch_all(statement(filter.sort), parameters).await
}

const fn statement(sort: UserSort) -> &'static Statement {
    match sort {
        UserSort::CreatedAt => &BY_CREATED_AT,
        UserSort::CreatedAtDescending => &BY_CREATED_AT_DESCENDING,
        UserSort::Email => &BY_EMAIL,
        UserSort::EmailDescending => &BY_EMAIL_DESCENDING,
        UserSort::DisplayName => &BY_DISPLAY_NAME,
        UserSort::DisplayNameDescending => &BY_DISPLAY_NAME_DESCENDING,
    }
}

/// A `LIKE` pattern that finds the text itself, its `%` and `_` included.
fn contains_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::contains_pattern;

    #[test]
    fn wildcards_are_only_text() {
        assert_eq!(contains_pattern("Ada_100%"), "%ada\\_100\\%%");
    }
}
