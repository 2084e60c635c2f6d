//! `PATCH /api/core/v1/users/{id}`

use axum::response::Response;
use contract::{Email, Permission, ProblemCode, SecurityEventKind, UpdateUser, User, UserChanges, UserId};
use http::StatusCode;
use platform::{
    Result, clock,
    extract::{IfMatch, Json, Path},
    openapi::{
        AddressProblems, CallerProblems, ConditionProblems, InputProblems, RateProblems, ServerProblems,
    },
};
use store::{
    Caller, letter, may,
    outbox::OutgoingMail,
    roles::{self, RoleChange},
    security_log::Event,
    users::{get, update},
};

use crate::respond;

/// Changes an account
///
/// At the version that `If-Match` names; an absent field stays as it is. Changing roles needs `roles:grant` too,
/// everything that the roles given or taken allow, and a fresh proof; changing the address everything that the account
/// may do, and a fresh proof: both addresses are told. Permission: `users:write`.
#[utoipa::path(
    patch,
    path = "/api/core/v1/users/{id}",
    tag = "users",
    params(
        ("id" = UserId, Path, description = "The account"),
        ("If-Match" = String, Header, description = "The `ETag` that the account was read with", example = "\"1\""),
    ),
    request_body = UpdateUser,
    responses(
        (status = 200, body = User, description = "As changed", headers(("ETag" = String, description = "Its version"))),
        (status = 409, body = contract::Problem, content_type = "application/problem+json",
            description = "`last_administrator`: nobody would be left to administer"),
        CallerProblems,
        AddressProblems,
        ConditionProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn update(
    caller: Caller<may::UsersWrite>,
    Path(id): Path<UserId>,
    IfMatch(version): IfMatch,
    Json(request): Json<UpdateUser>,
) -> Result<Response> {
    let changes = request.parse()?;
    let moved = match &changes.roles {
        Some(wanted) => roles::moved(&caller.db, id, wanted).await?,
        None => RoleChange::default(),
    };
    let updated = change_account(&caller, id, version, &changes, &moved).await;
    let event = Event::of(SecurityEventKind::UserChanged, &updated).account(id);
    caller.record(event.fields(changes.fields()).roles(moved.gained, moved.lost)).await?;
    Ok(respond::user(StatusCode::OK, &updated?))
}

async fn change_account(
    caller: &Caller<may::UsersWrite>,
    id: UserId,
    version: i64,
    changes: &UserChanges,
    moved: &RoleChange,
) -> Result<User> {
    caller.count_change().await?;
    // Sending the roles back unchanged needs no right to change them.
    if moved.changed {
        caller.require(Permission::RolesGrant)?;
        caller.require_all(moved.permissions.iter().copied())?;
        caller.require_proof()?;
    }
    // Whoever has the address can choose a new password: it is worth all that the account may do.
    let mut mails = Vec::new();
    if let Some(new) = &changes.email {
        caller.require_all(roles::permissions_of(&caller.db, id).await?)?;
        caller.require_proof()?;
        mails = tell(caller, id, new).await?;
    }
    update::update(&caller.db, id, version, changes, &mails, clock::now()).await?.map_err(respond::refused)
}

/// What both addresses are told where the account's becomes another, as where its owner has changed it.
async fn tell(caller: &Caller<may::UsersWrite>, id: UserId, new: &Email) -> Result<Vec<OutgoingMail>> {
    let before = get::owner(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?;
    if before.email == *new {
        return Ok(Vec::new());
    }
    let language = caller.me.as_ref().and_then(|me| me.locale).unwrap_or_default();
    Ok(letter::email_changed(&before, new, language)?.into())
}
