//! Typed ids: a user's id cannot be passed where a session's is wanted.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// A user account. `UUIDv7`: ids made later sort later.
    UserId
}
id! {
    /// One API key of one user. `UUIDv7`.
    ApiKeyId
}
id! {
    /// An account elsewhere that somebody signs in with. `UUIDv7`.
    IdentityId
}
id! {
    /// One application that people sign in to, the `client_id` of OAuth. `UUIDv7`.
    ClientId
}
id! {
    /// One secret of one application. `UUIDv7`.
    ClientSecretId
}
id! {
    /// An account that is offered to somebody. `UUIDv7`.
    InvitationId
}
id! {
    /// One passkey of one user. `UUIDv7`.
    PasskeyId
}
id! {
    /// One sign-in of one user on one device, the `sid` claim of its tokens. `UUIDv7`.
    SessionId
}
