//! `/api/core/v1/admin/clients/...`: other applications that people sign in to.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod secrets;
pub mod update;

use contract::{Client, ClientId, ClientSecretId, Permission, ProblemCode, SecurityEventKind};
use credentials::{OpaqueToken, TokenKind, os_rng};
use platform::Result;
use store::{Caller, Proven, may, oauth_client, oauth_client::NewSecret, security_log::Event};
use uuid::Uuid;

/// Who registers applications: a person who is signed in. What an application in its own name, or an API key, could
/// register would outlive its own end.
type Registrar = Caller<Proven<may::ClientsWrite>>;

/// Refuses an application in its own name, and an API key; counts the change.
async fn admit(caller: &Registrar) -> Result<()> {
    caller.require_session()?;
    caller.count_change().await
}

/// The application, for somebody who holds all that it may do: whoever changes it or makes its secrets can act as it.
/// That somebody doesn't is written down as a refusal of what they wanted.
async fn owned(caller: &Registrar, id: ClientId, wanted: SecurityEventKind) -> Result<Client> {
    let client = find_owned(caller, id).await;
    if client.is_err() {
        caller.record(Event::of(wanted, &client).client(id, None)).await?;
    }
    client
}

async fn find_owned(caller: &Registrar, id: ClientId) -> Result<Client> {
    admit(caller).await?;
    let client = oauth_client::get(&caller.db, id).await?.ok_or(ProblemCode::NotFound)?;
    require_held(caller, &client.permissions)?;
    Ok(client)
}

/// Nobody gives an application what they don't hold.
fn require_held(caller: &Registrar, permissions: &[Permission]) -> Result<()> {
    caller.require_all(permissions.iter().copied())
}

/// A new secret, and what is stored of it.
fn new_secret() -> (OpaqueToken, NewSecret) {
    let token = OpaqueToken::generate(TokenKind::ClientSecret, &mut os_rng());
    let secret = NewSecret { id: ClientSecretId(Uuid::now_v7()), hash: token.hash() };
    (token, secret)
}
