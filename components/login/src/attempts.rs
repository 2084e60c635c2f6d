//! How often somebody may try, and how much work that may make: token buckets in Postgres, across every instance.
//!
//! All the numbers are here. The buckets of a stage are taken from together; a later stage only where the earlier
//! gave. The address comes first, so that whoever is refused for it costs nobody else anything; then the account, or
//! whoever is written to; last what everybody shares.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ClientId, Email, ProblemCode, SecurityEventKind, UserId};
use platform::{Error, Result, client::Client, clock, config, db::Db};
use store::{
    rate_limit::{self, Bucket},
    security_log::{self, Event},
};
use uuid::Uuid;

/// An address from which the account had a session this lately is one of its owner's.
const KNOWN_FOR: TimeDelta = TimeDelta::days(30);

/// Tries at an account: ten in a row, then one in 30 seconds. Each known address has a bucket of its own, and so have
/// those who are signed in; strangers share another: they can't keep the owner out.
const ACCOUNT: Limit = Limit { name: "login:account", in_a_row: 10.0, seconds: 30.0 };
/// Behind it, for guessing that goes on: a hundred, then one in ten minutes.
const ACCOUNT_LASTING: Limit = Limit { name: "login:account-lasting", in_a_row: 100.0, seconds: 600.0 };
/// Tries from an address, at whatever: a hundred in a row, then one a second, because many people share one.
const ADDRESS: Limit = Limit { name: "login:address", in_a_row: 100.0, seconds: 1.0 };
/// Behind it: a thousand, then one in ten seconds; of IPv6 for all networks of a subscriber together.
const ADDRESS_LASTING: Limit = Limit { name: "login:address-lasting", in_a_row: 1000.0, seconds: 10.0 };

/// What the sign-in page asks of itself whenever it is opened: three hundred in a row, then one a second. Not from the
/// bucket above, or looking at the page would leave fewer tries at it.
const PAGE: Limit = Limit { name: "login:page", in_a_row: 300.0, seconds: 1.0 };

/// Accounts at which strangers failed from an address: twenty, then one in three minutes.
const ACCOUNTS_FAILED: Limit = Limit { name: "login:accounts-failed", in_a_row: 20.0, seconds: 180.0 };
/// Each of them counts once an hour.
const ACCOUNT_FAILED: Limit = Limit { name: "login:account-failed", in_a_row: 1.0, seconds: 3600.0 };
/// An address with more is suspected, for an hour: for that long no stranger signs in from it.
const SUSPICION: Limit = Limit { name: "login:suspicion", in_a_row: 1.0, seconds: 3600.0 };

/// Mails on one occasion that others can have sent to somebody, who may have an account or not: three in a row, then
/// one in ten minutes. Each occasion has a bucket of its own: who asks for one mail keeps nobody from another.
const MAIL: Limit = Limit { name: "mail:recipient", in_a_row: 3.0, seconds: 600.0 };
/// Mails that are asked for in an account's sessions: as many.
const OWN_MAIL: Limit = Limit { name: "mail:account", in_a_row: 3.0, seconds: 600.0 };

/// Codes for an account: ten in a row, then one in five minutes. At the pace of passwords, a code of six digits would be
/// guessed within weeks. Those who are signed in have a bucket of their own: whoever has the password can't keep them from
/// proving who they are.
const CODE: Limit = Limit { name: "second-factor:account", in_a_row: 10.0, seconds: 300.0 };
/// Passkeys asked for from an account's sessions: thirty in a row, then one a minute.
const PASSKEY: Limit = Limit { name: "passkey:account", in_a_row: 30.0, seconds: 60.0 };
/// Changes to how an account is signed in to, of which its owner is told by mail: thirty in a row, then one a minute.
const OWN_CHANGE: Limit = Limit { name: "change:account", in_a_row: 30.0, seconds: 60.0 };
/// Looks at all that is kept about an account: five in a row, then one a minute.
const EXPORT: Limit = Limit { name: "export:account", in_a_row: 5.0, seconds: 60.0 };

/// Requests of an application from an address: five hundred in a row, then twenty a second.
const CLIENT: Limit = Limit { name: "oauth:client", in_a_row: 500.0, seconds: 0.05 };
/// Questions whether an application may sign somebody in, and where to go after signing out, from an address.
const AUTHORIZATION: Limit = Limit { name: "oauth:authorization", in_a_row: 100.0, seconds: 1.0 };
/// Questions who has signed in, by one authorization.
const USERINFO: Limit = Limit { name: "oauth:userinfo", in_a_row: 60.0, seconds: 1.0 };
/// Looks at what an account has allowed, and withdrawals.
const CONSENTS: Limit = Limit { name: "oauth:consents", in_a_row: 60.0, seconds: 1.0 };

/// A kind of bucket.
struct Limit {
    name: &'static str,
    in_a_row: f64,
    /// In which one token comes back.
    seconds: f64,
}

impl Limit {
    fn key(&self, whose: impl Display) -> String {
        format!("{}:{whose}", self.name)
    }

    fn of(&self, whose: impl Display) -> Bucket {
        Bucket { key: self.key(whose), capacity: self.in_a_row, seconds_per_token: self.seconds, cost: 1.0 }
    }
}

/// Since when an address counts as known.
pub fn known_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - KNOWN_FOR
}

/// Who tries, as far as the account can tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Somebody at an address that the account has not been used from lately.
    Stranger,
    /// Somebody at an address that it has been used from.
    AtHome,
    /// Whoever has a session of it, wherever they are.
    SignedIn,
}

/// A try at an account's password.
pub struct Attempt<'a> {
    /// Where from.
    pub client: &'a Client,
    /// At which account; there may be none.
    pub email: &'a Email,
    /// By whom.
    pub standing: Standing,
}

impl Attempt<'_> {
    /// Counts it, and the hash that it makes necessary.
    pub async fn count(&self, db: &Db) -> Result<()> {
        let account = whose(self.email, self.client, self.standing);
        let mut by_address = anonymous(self.client);
        if self.standing == Standing::Stranger {
            by_address[0].push(Bucket { cost: 0.0, ..SUSPICION.of(self.client.network_text()) });
        }
        let by_account = vec![vec![ACCOUNT.of(&account)], vec![ACCOUNT_LASTING.of(&account)]];
        count_hashed(db, by_address, by_account, self.standing).await
    }

    /// Notes that the password was wrong. Strangers who try many accounts, each a few times, have somebody else's
    /// list of passwords.
    pub async fn failed(&self, db: &Db) -> Result<()> {
        if self.standing != Standing::Stranger {
            return Ok(());
        }
        let address = self.client.network_text();
        let account = ACCOUNT_FAILED.of(format_args!("{address} {}", self.email));
        let accounts = [vec![account], vec![ACCOUNTS_FAILED.of(&address)]];
        let now = clock::now();
        let too_many = rate_limit::take(db, &accounts, now).await?.is_some_and(|refusal| refusal.stage == 1);
        if too_many && rate_limit::take(db, &[vec![SUSPICION.of(&address)]], now).await?.is_none() {
            tracing::warn!(address, "credential_stuffing_suspected");
            let event =
                Event::refused(SecurityEventKind::CredentialStuffing, ProblemCode::InvalidCredentials);
            security_log::record(db, self.client, event).await?;
        }
        Ok(())
    }
}

/// Whose bucket of the account it is.
fn whose(email: &Email, client: &Client, standing: Standing) -> String {
    match standing {
        Standing::Stranger => email.to_string(),
        Standing::AtHome => format!("{email} {}", client.network_text()),
        Standing::SignedIn => format!("{email} signed in"),
    }
}

/// Forgets the owner's slips. What strangers have guessed is remembered: they would see that the owner has signed in.
pub async fn forget(db: &Db, client: &Client, email: &Email) -> Result<()> {
    // In the order in which they are taken from.
    let keys = [Standing::AtHome, Standing::SignedIn].into_iter().flat_map(|standing| {
        let own = whose(email, client, standing);
        [ACCOUNT.key(&own), ACCOUNT_LASTING.key(&own)]
    });
    Ok(rate_limit::forget(db, keys.collect()).await?)
}

/// Forgets what strangers have guessed lately, too: the password is another. What they have guessed at for long is
/// remembered.
pub async fn forget_guesses(db: &Db, client: &Client, email: &Email) -> Result<()> {
    rate_limit::forget(db, vec![ACCOUNT.key(whose(email, client, Standing::Stranger))]).await?;
    forget(db, client, email).await
}

/// Why somebody is written to who hasn't asked for it in a session of their own.
#[derive(Clone, Copy)]
pub enum MailOccasion {
    /// A forgotten password.
    Reset,
    /// An account that is asked for.
    SignUp,
    /// An account that is offered.
    Invitation,
    /// An account's change to this address.
    EmailChange,
}

impl MailOccasion {
    /// Of whom the bucket is.
    fn of(self, recipient: &Email) -> String {
        let occasion = match self {
            Self::Reset => "reset",
            Self::SignUp => "sign-up",
            Self::Invitation => "invitation",
            Self::EmailChange => "email-change",
        };
        format!("{occasion}:{recipient}")
    }
}

/// Counts a mail to be sent, whether an account has the address or not.
pub async fn count_mail(db: &Db, client: &Client, occasion: MailOccasion, recipient: &Email) -> Result<()> {
    count_behind_address(db, client, [MAIL.of(occasion.of(recipient))]).await
}

/// Counts a mail that is asked for in a session of the account, to its address.
pub async fn count_own_mail(db: &Db, client: &Client, account: UserId) -> Result<()> {
    count_behind_address(db, client, [OWN_MAIL.of(account)]).await
}

/// Counts the mails of a change of address, to the present one and to the next, which may be somebody else's.
pub async fn count_email_change(db: &Db, client: &Client, account: UserId, next: &Email) -> Result<()> {
    let mails = [OWN_MAIL.of(account), MAIL.of(MailOccasion::EmailChange.of(next))];
    count_behind_address(db, client, mails).await
}

/// Counts a request of an application that has yet to prove itself.
pub async fn count_client(db: &Db, client: &Client, id: ClientId) -> Result<()> {
    let bucket = CLIENT.of(format_args!("{id} {}", client.network_text()));
    rate_limit::count(db, &[vec![bucket]]).await
}

/// Counts a question of an application that a person is to answer.
pub async fn count_authorization(db: &Db, client: &Client) -> Result<()> {
    rate_limit::count(db, &[vec![AUTHORIZATION.of(client.network_text())]]).await
}

/// Counts a question of an application who has signed in.
pub async fn count_userinfo(db: &Db, grant: Uuid) -> Result<()> {
    rate_limit::count(db, &[vec![USERINFO.of(grant)]]).await
}

/// Counts a look at what an account has allowed applications.
pub async fn count_consents(db: &Db, account: UserId) -> Result<()> {
    rate_limit::count(db, &[vec![CONSENTS.of(account)]]).await
}

/// Counts a look at all that is kept about an account.
pub async fn count_export(db: &Db, account: UserId) -> Result<()> {
    rate_limit::count(db, &[vec![EXPORT.of(account)]]).await
}

/// Counts a try at an account's second factor.
pub async fn count_code(db: &Db, client: &Client, account: UserId, standing: Standing) -> Result<()> {
    count_behind_address(db, client, [CODE.of(whose_codes(account, standing))]).await
}

/// Whose bucket of the account's codes it is.
fn whose_codes(account: UserId, standing: Standing) -> String {
    match standing {
        Standing::Stranger | Standing::AtHome => account.to_string(),
        Standing::SignedIn => format!("{account} signed in"),
    }
}

/// Counts a passkey that a browser is asked for on behalf of an account.
pub async fn count_passkey(db: &Db, client: &Client, account: UserId) -> Result<()> {
    count_behind_address(db, client, [PASSKEY.of(account)]).await
}

/// Counts a change to how an account is signed in to, or to who may act for it.
pub async fn count_own_change(db: &Db, account: UserId) -> Result<()> {
    rate_limit::count(db, &[vec![OWN_CHANGE.of(account)]]).await
}

/// The owner's code was right: the earlier ones are forgotten.
pub async fn forget_codes(db: &Db, account: UserId) -> Result<()> {
    let both = [Standing::Stranger, Standing::SignedIn];
    let keys = both.map(|standing| CODE.key(whose_codes(account, standing))).to_vec();
    Ok(rate_limit::forget(db, keys).await?)
}

/// Counts a try that names no account: a set-up link, a link of a mail, a refresh token, a passkey.
pub async fn count_anonymous(db: &Db, client: &Client) -> Result<()> {
    count_behind_address(db, client, []).await
}

/// Counts what the sign-in page asks whenever it is opened.
pub async fn count_page(db: &Db, client: &Client) -> Result<()> {
    rate_limit::count(db, &[vec![PAGE.of(client.network_text())]]).await
}

/// Counts a password about to be judged and hashed, and by whom. A link proves an address, which anybody can have: who
/// comes with one is a stranger.
pub async fn count_hash(db: &Db, standing: Standing) -> Result<()> {
    count_hashed(db, Vec::new(), Vec::new(), standing).await
}

fn anonymous(client: &Client) -> Vec<Vec<Bucket>> {
    vec![vec![ADDRESS.of(client.network_text())], vec![ADDRESS_LASTING.of(client.subscriber_text())]]
}

/// Takes from the buckets of the address, then from each of these.
async fn count_behind_address<const N: usize>(db: &Db, client: &Client, buckets: [Bucket; N]) -> Result<()> {
    let mut stages = anonymous(client);
    stages.extend(buckets.map(|bucket| vec![bucket]));
    rate_limit::count(db, &stages).await
}

/// Takes from the buckets, and where they gave, from that of the whole installation's hashes. Whether that has any is
/// asked before the account's: a flood doesn't cost owners their tries.
async fn count_hashed(
    db: &Db,
    by_address: Vec<Vec<Bucket>>,
    by_account: Vec<Vec<Bucket>>,
    standing: Standing,
) -> Result<()> {
    let work = work(config::password_hashes_per_second().await?, standing);
    let is_there_any = work.iter().map(|bucket| Bucket { cost: 0.0, ..bucket.clone() }).collect();
    let asked = by_address.len();
    let stages: Vec<_> =
        by_address.into_iter().chain([is_there_any]).chain(by_account).chain([work]).collect();
    match rate_limit::take(db, &stages, clock::now()).await? {
        None => Ok(()),
        // What was asked for is held: the last stage gives.
        Some(refusal) if refusal.stage == asked => Err(Error::Overloaded { retry_after: refusal.seconds }),
        Some(refusal) => Err(Error::RateLimited { retry_after: refusal.seconds }),
    }
}

/// Hashes at the rate that the operator sets, in bursts of twice that, of which strangers may have half: those who are
/// known get in however many strangers come.
fn work(per_second: f64, standing: Standing) -> Vec<Bucket> {
    let all = rate_limit::password_work(per_second);
    if standing != Standing::Stranger {
        return vec![all];
    }
    let strangers = Bucket {
        key: format!("{}:strangers", all.key),
        capacity: all.capacity / 2.0,
        seconds_per_token: all.seconds_per_token * 2.0,
        cost: all.cost,
    };
    vec![all, strangers]
}
