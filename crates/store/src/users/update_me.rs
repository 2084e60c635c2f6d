//! Changes the caller's own account.

use chrono::{DateTime, Utc};
use contract::{DisplayName, Locale, MeChanges, UserId};
use platform::db::{Db, DbError};
use serde::Deserialize;

use crate::statements;

statements! {
    UPDATE_ME [Users] = "
        UPDATE users SET
            display_name = coalesce($2, display_name),
            locale = coalesce($3, locale),
            version = version + 1,
            updated_at = instant($4)
        WHERE id = $1
        RETURNING jsonb_build_object('display_name', display_name, 'locale', locale)";
}

/// What a person may change of their own account, as it is now.
#[derive(Deserialize)]
pub struct Profile {
    /// The name.
    pub display_name: DisplayName,
    /// The language, if one was chosen.
    pub locale: Option<Locale>,
}

/// Changes what is given and answers the whole.
pub async fn update_me(
    db: &Db,
    id: UserId,
    changes: &MeChanges,
    now: DateTime<Utc>,
) -> Result<Profile, DbError> {
    let parameters = vec![id.into(), changes.display_name.as_ref().into(), changes.locale.into(), now.into()];
    db.fetch_one(&UPDATE_ME, parameters).await
}
