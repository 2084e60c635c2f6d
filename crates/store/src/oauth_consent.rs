//! What people have allowed applications.

use chrono::{DateTime, Utc};
use contract::{ClientId, ClientName, Consent, UserId};
use platform::db::{Db, DbError};

use crate::statements;

statements! {
    LIST [Login] = "
        SELECT jsonb_build_object('client_id', client_id, 'client_name', name, 'scopes', consent.scopes,
            'given_at', given_at)
        FROM oauth_consents AS consent JOIN oauth_clients ON oauth_clients.id = client_id
        WHERE user_id = $1 ORDER BY lower(name), client_id";
    // With it ends what the application got by it.
    WITHDRAW [Login] = "
        WITH withdrawn AS (
            DELETE FROM oauth_consents WHERE user_id = $1 AND client_id = $2 RETURNING client_id
        ), revoked AS (
            UPDATE oauth_grants SET revoked_at = instant($3) FROM withdrawn
            WHERE user_id = $1 AND oauth_grants.client_id = withdrawn.client_id AND revoked_at IS NULL
        )
        SELECT to_jsonb(name) FROM withdrawn JOIN oauth_clients ON oauth_clients.id = client_id";
}

/// What an account has allowed, by the application's name.
pub async fn list(db: &Db, account: UserId) -> Result<Vec<Consent>, DbError> {
    db.fetch_all(&LIST, vec![account.into()]).await
}

/// Takes back what an account has allowed an application; answers its name, or `None` where it was allowed nothing.
pub async fn withdraw(
    db: &Db,
    account: UserId,
    client: ClientId,
    now: DateTime<Utc>,
) -> Result<Option<ClientName>, DbError> {
    db.fetch_optional(&WITHDRAW, vec![account.into(), client.into(), now.into()]).await
}
