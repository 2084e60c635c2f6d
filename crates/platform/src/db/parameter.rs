//! Statement parameters: our types in, the host's out.

use chrono::{DateTime, Datelike, Timelike, Utc};
use contract::{
    ApiKeyId, ApiKeyName, AuthorizationPurpose, ClientId, ClientSecretId, DisplayName, Email, IdentityId,
    IdentityProviderId, InvitationId, Locale, MailState, PasskeyId, Permission, RedirectUri, ReturnPath,
    RoleName, ScopeSet, SecurityEventKind, SecurityOutcome, SessionId, UserId, UserStatus,
};
use credentials::{PasswordHash, SealedSecret, TokenHash};
use serde::Serialize;
use spin_sdk::pg::ParameterValue;
use uuid::Uuid;

/// A value for a `$n`. `None` is `NULL`.
pub struct Parameter(ParameterValue);

impl Parameter {
    /// A document, which the SQL reads as `jsonb`: for structs of plain values, which always serialise.
    pub fn json(document: &impl Serialize) -> Self {
        Self(ParameterValue::Jsonb(serde_json::to_vec(document).unwrap_or_default()))
    }

    pub(super) fn into_inner(self) -> ParameterValue {
        self.0
    }
}

macro_rules! parameters {
    ($($type:ty => |$value:ident| $make:expr;)*) => {
        $(impl From<$type> for Parameter {
            fn from($value: $type) -> Self {
                Self($make)
            }
        })*
    };
}

parameters! {
    bool => |value| ParameterValue::Boolean(value);
    i32 => |value| ParameterValue::Int32(value);
    i64 => |value| ParameterValue::Int64(value);
    f64 => |value| ParameterValue::Floating64(value);
    &str => |value| ParameterValue::Str(value.to_owned());
    String => |value| ParameterValue::Str(value);
    Uuid => |value| ParameterValue::Uuid(value.to_string());
    UserId => |value| ParameterValue::Uuid(value.to_string());
    SessionId => |value| ParameterValue::Uuid(value.to_string());
    ApiKeyId => |value| ParameterValue::Uuid(value.to_string());
    &ApiKeyName => |value| ParameterValue::Str(value.to_string());
    &[Permission] => |value| ParameterValue::ArrayStr(value.iter().map(|one| Some(one.to_string())).collect());
    IdentityId => |value| ParameterValue::Uuid(value.to_string());
    IdentityProviderId => |value| ParameterValue::Str(value.as_str().to_owned());
    AuthorizationPurpose => |value| ParameterValue::Str(value.as_str().to_owned());
    &ReturnPath => |value| ParameterValue::Str(value.as_str().to_owned());
    PasskeyId => |value| ParameterValue::Uuid(value.to_string());
    ClientId => |value| ParameterValue::Uuid(value.to_string());
    ClientSecretId => |value| ParameterValue::Uuid(value.to_string());
    &[RedirectUri] => |value| ParameterValue::ArrayStr(value.iter().map(|uri| Some(uri.to_string())).collect());
    &ScopeSet => |value| {
        ParameterValue::ArrayStr(value.iter().map(|scope| Some(scope.as_str().to_owned())).collect())
    };
    InvitationId => |value| ParameterValue::Uuid(value.to_string());
    &Email => |value| ParameterValue::Str(value.to_string());
    &DisplayName => |value| ParameterValue::Str(value.to_string());
    Locale => |value| ParameterValue::Str(value.as_str().to_owned());
    MailState => |value| ParameterValue::Str(value.as_str().to_owned());
    UserStatus => |value| ParameterValue::Str(value.as_str().to_owned());
    SecurityEventKind => |value| ParameterValue::Str(value.as_str().to_owned());
    SecurityOutcome => |value| ParameterValue::Str(value.as_str().to_owned());
    &RoleName => |value| ParameterValue::Str(value.to_string());
    &PasswordHash => |value| ParameterValue::Str(value.as_str().to_owned());
    &SealedSecret => |value| ParameterValue::Str(value.as_str().to_owned());
    TokenHash => |value| ParameterValue::Binary(value.as_bytes().to_vec());
    Vec<String> => |value| ParameterValue::ArrayStr(value.into_iter().map(Some).collect());
    Vec<i32> => |value| ParameterValue::ArrayInt32(value.into_iter().map(Some).collect());
    &[RoleName] => |value| ParameterValue::ArrayStr(value.iter().map(|role| Some(role.to_string())).collect());
    // The SQL reads it with `instant($n)`: Spin knows no parameter of type `timestamptz` finer than seconds.
    DateTime<Utc> => |value| ParameterValue::Datetime(calendar(value));
}

impl<T: Into<Self>> From<Option<T>> for Parameter {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self(ParameterValue::DbNull), Into::into)
    }
}

/// Year, month, day, hour, minute, second, nanosecond, in UTC. Each fits: chrono bounds them.
fn calendar(time: DateTime<Utc>) -> (i32, u8, u8, u8, u8, u8, u32) {
    let small = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
    (
        time.year(),
        small(time.month()),
        small(time.day()),
        small(time.hour()),
        small(time.minute()),
        small(time.second()),
        time.nanosecond(),
    )
}
