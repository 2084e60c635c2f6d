//! `GET /api/core/v1/users`

use axum::Json;
use contract::{Page, RoleName, Search, User, UserSort, UserStatus};
use platform::{
    Result, cursor,
    extract::Query,
    openapi::{CallerProblems, QueryProblems, ServerProblems},
};
use serde::{Deserialize, Serialize};
use store::{
    Caller, may,
    users::list::{self, Filter, Listed, Position},
};

/// A cursor is good for the order that it was made in.
#[derive(Serialize, Deserialize)]
struct Cursor {
    sort: String,
    after: Position,
}

/// Lists accounts
///
/// A page at a time, in a stable order: pass `next_cursor` back as `cursor` for the next, with the same `sort`.
/// Permission: `users:read`.
#[utoipa::path(
    get,
    path = "/api/core/v1/users",
    tag = "users",
    params(
        ("q" = Option<String>, Query, description = "Part of the address or the name, in any case", example = "ada"),
        ("filter[status]" = Option<UserStatus>, Query, description = "Only accounts with that status"),
        ("filter[role]" = Option<String>, Query, description = "Only accounts with that role", example = "administrator"),
        ("sort" = Option<String>, Query, description = "`created_at`, `email` or `display_name`, with `-` before it for \
            descending; `-created_at` unless told", example = "-created_at"),
        ("limit" = Option<u8>, Query, description = "1 to 100 items, 25 unless told", example = 25),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, body = Page<User>, description = "A page of accounts"),
        CallerProblems,
        QueryProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:read"))),
)]
pub async fn list(caller: Caller<may::UsersRead>, query: Query) -> Result<Json<Page<User>>> {
    let (filter, limit, cursor) = cursor::parse_with(query, |parameters| Filter {
        search: parameters.take("q", Search::parse),
        status: parameters.take("filter[status]", UserStatus::parse),
        role: parameters.take("filter[role]", RoleName::parse),
        sort: parameters.take("sort", UserSort::parse).unwrap_or_default(),
    })?;
    let after = cursor.map(|text| resume(&text, filter.sort)).transpose()?;
    let listed = list::list(&caller.db, &filter, after.as_ref(), cursor::fetch(limit)).await;
    // Everything else was parsed: a value that Postgres can't read is the cursor's.
    let listed =
        listed.map_err(|error| if error.is_unreadable() { cursor::refuse() } else { error.into() })?;
    let position = |last: &Listed| Cursor { sort: filter.sort.as_str().to_owned(), after: last.position() };
    let Page { items, next_cursor } = cursor::page(listed, limit, position)?;
    Ok(Json(Page { items: items.into_iter().map(|listed| listed.user).collect(), next_cursor }))
}

fn resume(text: &str, sort: UserSort) -> Result<Position> {
    let cursor: Cursor = cursor::decode(text)?;
    if cursor.sort == sort.as_str() { Ok(cursor.after) } else { Err(cursor::refuse()) }
}
