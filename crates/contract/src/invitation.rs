//! Invitations: accounts that an administrator offers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{DisplayName, Email, FieldErrors, InvitationId, RoleName};

/// Body of `POST /api/core/v1/auth/invitations`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteRequest {
    /// Whom to invite; no account has the address.
    #[cfg_attr(feature = "openapi", schema(required = true, example = "grace@example.org"))]
    #[serde(default)]
    pub email: String,
    /// The roles that the account will have; giving any needs `roles:grant` and what they allow.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = json!(["auditor"])))]
    pub roles: Vec<String>,
}

/// An invitation to be sent.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Whom to invite.
    pub email: Email,
    /// The roles that the account will have, sorted.
    pub roles: Vec<RoleName>,
}

impl InviteRequest {
    /// Parses the fields.
    pub fn parse(&self) -> Result<NewInvitation, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let roles = errors.take("roles", RoleName::parse_all(&self.roles));
        match (email, roles) {
            (Some(email), Some(roles)) => Ok(NewInvitation { email, roles }),
            _ => Err(errors),
        }
    }
}

/// An invitation that nobody has accepted yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who is invited.
    pub email: Email,
    /// The roles that the account will have, sorted.
    pub roles: Vec<RoleName>,
    /// Who invites.
    pub invited_by: DisplayName,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// Until when its link is good.
    pub expires_at: DateTime<Utc>,
}
