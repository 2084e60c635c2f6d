//! The security log: what happened to accounts. Components write it and can't change it.

use contract::{
    ApiKeyId, ApiKeyName, ClientId, ClientName, Email, FieldCode, IdentityProviderId, PasskeyName,
    ProblemCode, RoleName, SecurityEvent, SecurityEventDetails, SecurityEventKind, SecurityOutcome,
    SessionId, UserId,
};
use platform::{
    Error, Result,
    client::Client,
    clock,
    db::{Db, DbError, Parameter},
    device,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{Caller, Requirement, caller::Actor, statements};

statements! {
    // An address that an account has stands for the account; one that none has, or none any more, is kept as it was typed.
    RECORD [Login, Users, Admin] = "
        INSERT INTO security_events
            (id, at, kind, outcome, user_id, email, actor_id, actor_email, session_id, api_key_id, api_key_name,
                address, user_agent, details, client_id)
        SELECT $1, instant($2), $3, $4, account.id, (SELECT $6::text WHERE NOT EXISTS (SELECT FROM users WHERE id = account.id)),
            nullif($7::uuid, account.id), (SELECT email FROM users WHERE id = nullif($7::uuid, account.id)),
            $8::uuid, $9::uuid, (SELECT name FROM api_keys WHERE id = $9), $10, $11, $12, $13::uuid
        FROM (SELECT coalesce($5::uuid, (SELECT id FROM users WHERE email = $6)) AS id) AS account";
    MAY_LOG_REFUSAL [Login, Users, Admin] = "SELECT may_log_refusal($1, $2, instant($3))";
    // The address of an account that is gone is in the event of its end.
    LIST [Admin] = "
        SELECT to_jsonb(event) || jsonb_build_object('email', coalesce(event.email, users.email, (
            SELECT email FROM security_events AS deletion
            WHERE deletion.user_id = event.user_id AND deletion.kind = 'account_deleted' AND deletion.email IS NOT NULL
            LIMIT 1)))
        FROM security_events AS event LEFT JOIN users ON users.id = event.user_id
        WHERE ($1::text IS NULL OR kind = $1) AND ($2::uuid IS NULL OR user_id = $2)
            AND ($3::text IS NULL OR outcome = $3) AND ($4::uuid IS NULL OR event.id < $4)
        ORDER BY event.id DESC LIMIT $5";
    LIST_OWN [Login] = "SELECT security_events_of($1, $2, $3)";
}

/// What happened, or was tried, on its way into the log.
#[must_use = "an event does nothing until it is recorded"]
pub struct Event<'a> {
    kind: SecurityEventKind,
    /// `None` where the attempt failed by a fault of ours: that is in the component's own log.
    outcome: Option<SecurityOutcome>,
    user: Option<UserId>,
    email: Option<&'a Email>,
    actor: Option<UserId>,
    session: Option<SessionId>,
    api_key: Option<ApiKeyId>,
    client: Option<ClientId>,
    details: SecurityEventDetails,
}

impl<'a> Event<'a> {
    fn new(kind: SecurityEventKind, outcome: Option<SecurityOutcome>) -> Self {
        let details = SecurityEventDetails::default();
        Self {
            kind,
            outcome,
            user: None,
            email: None,
            actor: None,
            session: None,
            api_key: None,
            client: None,
            details,
        }
    }

    /// It was done.
    pub fn success(kind: SecurityEventKind) -> Self {
        Self::new(kind, Some(SecurityOutcome::Success))
    }

    /// It was refused.
    pub fn refused(kind: SecurityEventKind, reason: ProblemCode) -> Self {
        let mut event = Self::new(kind, Some(SecurityOutcome::Refused));
        event.details.reason = Some(reason);
        event
    }

    /// It ended like this.
    pub fn of<T>(kind: SecurityEventKind, result: &Result<T>) -> Self {
        match result {
            Ok(_) => Self::success(kind),
            Err(error) if error.code().status() >= 500 => Self::new(kind, None),
            Err(error) => Self::refused(kind, reason(error)),
        }
    }

    /// It is about that account, where it is known which.
    pub fn account(mut self, user: impl Into<Option<UserId>>) -> Self {
        self.user = user.into();
        self
    }

    /// It is about the account with that address, where there is one and it is known which.
    pub fn typed(mut self, email: impl Into<Option<&'a Email>>) -> Self {
        self.email = email.into();
        self
    }

    /// It opened that session, ended it, or was done in it.
    pub fn session(mut self, session: Option<SessionId>) -> Self {
        self.session = session;
        self
    }

    /// These fields were given.
    pub fn fields(mut self, fields: Vec<String>) -> Self {
        self.details.fields = fields;
        self
    }

    /// These roles were to be gained and lost.
    pub fn roles(mut self, gained: Vec<RoleName>, lost: Vec<RoleName>) -> Self {
        self.details.roles_gained = gained;
        self.details.roles_lost = lost;
        self
    }

    /// That role was to be changed.
    pub fn role(mut self, role: RoleName) -> Self {
        self.details.role = Some(role);
        self
    }

    /// That session was to end.
    pub fn ending(mut self, session: SessionId) -> Self {
        self.details.ended_session_id = Some(session);
        self
    }

    /// That provider vouched for the owner, or was to.
    pub fn provider(mut self, provider: IdentityProviderId) -> Self {
        self.details.provider = Some(provider);
        self
    }

    /// It was about an API key of that name.
    pub fn api_key(mut self, name: ApiKeyName) -> Self {
        self.details.api_key_name = Some(name);
        self
    }

    /// It was about a passkey of that name, or done with it.
    pub fn passkey(mut self, name: PasskeyName) -> Self {
        self.details.passkey_name = Some(name);
        self
    }

    /// It was about that application.
    pub fn client(mut self, id: ClientId, name: Option<ClientName>) -> Self {
        self.client = Some(id);
        self.details.client_name = name;
        self
    }
}

/// A wrong password is wrong credentials, whichever field it was typed in.
fn reason(error: &Error) -> ProblemCode {
    match error {
        Error::Fields(errors) if errors.iter().any(|field| field.code == FieldCode::Wrong) => {
            ProblemCode::InvalidCredentials
        }
        other => other.code(),
    }
}

/// Writes an event down, once its outcome is known and before it is answered. Of refusals for too many requests it
/// writes down one a minute: whoever floods us must not fill the log.
pub async fn record(db: &Db, client: &Client, event: Event<'_>) -> Result<()> {
    let Some(outcome) = event.outcome else { return Ok(()) };
    if event.details.reason == Some(ProblemCode::RateLimited) && !may_log_refusal(db, client, &event).await? {
        return Ok(());
    }
    let parameters = vec![
        Uuid::now_v7().into(),
        clock::now().into(),
        event.kind.into(),
        outcome.into(),
        event.user.into(),
        event.email.into(),
        event.actor.into(),
        event.session.into(),
        event.api_key.into(),
        client.address_text().into(),
        client.user_agent.as_str().into(),
        Parameter::json(&event.details),
        event.client.into(),
    ];
    db.execute(&RECORD, parameters).await?;
    Ok(())
}

async fn may_log_refusal(db: &Db, client: &Client, event: &Event<'_>) -> Result<bool, DbError> {
    let about = event.user.map(|user| user.to_string()).or_else(|| event.email.map(Email::to_string));
    let parameters = vec![client.subscriber_text().into(), about.into(), clock::now().into()];
    db.fetch_one(&MAY_LOG_REFUSAL, parameters).await
}

impl<R: Requirement> Caller<R> {
    /// Writes down what the caller did: to their own account, unless the event names another.
    pub async fn record(&self, mut event: Event<'_>) -> Result<()> {
        let Actor { user, session, api_key, client } = self.actor;
        if event.user.is_none() && event.email.is_none() {
            event.user = user;
        }
        event.actor = user;
        event.session = session;
        event.api_key = api_key;
        event.client = event.client.or(client);
        record(&self.db, &self.client, event).await
    }
}

/// Which events.
#[derive(Debug, Default)]
pub struct Filter {
    /// Of that kind.
    pub kind: Option<SecurityEventKind>,
    /// About that account.
    pub user: Option<UserId>,
    /// That ended so.
    pub outcome: Option<SecurityOutcome>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    event: SecurityEvent,
    user_agent: String,
}

impl From<Row> for SecurityEvent {
    fn from(row: Row) -> Self {
        Self { device: device::name(&row.user_agent), ..row.event }
    }
}

/// Events, the newest first, older than that one.
pub async fn list(
    db: &Db,
    filter: &Filter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<SecurityEvent>, DbError> {
    let parameters =
        vec![filter.kind.into(), filter.user.into(), filter.outcome.into(), before.into(), limit.into()];
    let rows: Vec<Row> = db.fetch_all(&LIST, parameters).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// An account's events, the newest first, older than that one.
pub async fn list_own(
    db: &Db,
    user: UserId,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<SecurityEvent>, DbError> {
    let rows: Vec<Row> = db.fetch_all(&LIST_OWN, vec![user.into(), before.into(), limit.into()]).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}
