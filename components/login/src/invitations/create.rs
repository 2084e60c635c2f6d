//! `POST /api/core/v1/auth/invitations`

use axum::Json as JsonBody;
use chrono::TimeDelta;
use contract::{
    FieldCode, Invitation, InvitationId, InviteRequest, NewInvitation, Permission, ProblemCode,
    SecurityEventKind, UserId,
};
use credentials::{OpaqueToken, TokenKind, os_rng};
use http::StatusCode;
use mail::Message;
use platform::{
    Error, Result, clock,
    extract::Json,
    openapi::{CallerProblems, InputProblems, RateProblems, ServerProblems},
    problem::refuse_field,
};
use store::{Caller, invitation, may, roles, security_log::Event, users::Refusal};
use uuid::Uuid;

use crate::{
    attempts::{self, MailOccasion},
    letter, links,
    visit::Visit,
};

/// As the mail says.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// Invites somebody
///
/// By a mailed link, good for 7 days and as long as the inviter may give such an account. An earlier invitation to the
/// address is replaced. Giving roles needs `roles:grant` too, everything that they allow, and a fresh proof.
/// Permission: `users:write`.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/invitations",
    tag = "invitations",
    request_body = InviteRequest,
    responses(
        (status = 201, body = Invitation, description = "Invited: the mail is on its way"),
        CallerProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
    ),
    extensions(("x-permission" = json!("users:write"))),
)]
pub async fn invite(
    caller: Caller<may::UsersWrite>,
    visit: Visit,
    Json(request): Json<InviteRequest>,
) -> Result<(StatusCode, JsonBody<Invitation>)> {
    let new = request.parse()?;
    let invited = send(&caller, &visit, &new).await;
    let event = Event::of(SecurityEventKind::Invited, &invited)
        .typed(&new.email)
        .roles(new.roles.clone(), Vec::new());
    caller.record(event).await?;
    Ok((StatusCode::CREATED, JsonBody(invited?)))
}

async fn send(caller: &Caller<may::UsersWrite>, visit: &Visit, new: &NewInvitation) -> Result<Invitation> {
    let (Caller { db, .. }, NewInvitation { email, roles }) = (caller, new);
    // The mail says who invites: somebody does.
    let me = caller.me.as_ref().ok_or(ProblemCode::SessionRequired)?;
    if !roles.is_empty() {
        caller.require(Permission::RolesGrant)?;
        let nobody = UserId(Uuid::now_v7());
        caller.require_all(roles::moved(db, nobody, roles).await?.permissions)?;
        caller.require_proof()?;
    }
    attempts::count_mail(db, &visit.client, MailOccasion::Invitation, email).await?;
    let token = OpaqueToken::generate(TokenKind::Link, &mut os_rng());
    let message =
        Message::Invitation { inviter: me.display_name.as_str(), link: &links::sign_up(visit.site, &token) };
    let mail = letter::write(email, None, me.locale.unwrap_or(visit.language), &message)?;
    let now = clock::now();
    let invitation = Invitation {
        id: InvitationId(Uuid::now_v7()),
        email: email.clone(),
        roles: roles.clone(),
        invited_by: me.display_name.clone(),
        created_at: now,
        expires_at: now + LIFETIME,
    };
    invitation::invite(db, &invitation, me.id, token.hash(), &mail).await?.map_err(refused)?;
    Ok(invitation)
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::EmailTaken => refuse_field("email", FieldCode::Taken),
        _ => refuse_field("roles", FieldCode::UnknownValue),
    }
}
