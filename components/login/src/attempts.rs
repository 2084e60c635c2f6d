//! How often somebody may try, and how much work that may make: token buckets in Postgres, across every instance.
//!
//! All the numbers are here. The buckets of a stage are taken from together; a later stage only where the earlier
//! gave, so that hammering at an empty bucket doesn't empty the lasting ones, nor the one that everybody shares.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ClientId, Email, UserId};
use platform::{Error, Result, client::Client, clock, config, db::Db};
use store::rate_limit::{self, Bucket};
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
/// Behind it: a thousand, then one in ten seconds.
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

/// Mails that a stranger can have sent to somebody, who may have an account or not: three in a row, then one in ten
/// minutes.
const MAIL: Limit = Limit { name: "mail:recipient", in_a_row: 3.0, seconds: 600.0 };

/// Codes for an account: ten in a row, then one in five minutes. At the pace of passwords, a code of six digits would be
/// guessed within weeks.
const CODE: Limit = Limit { name: "second-factor:account", in_a_row: 10.0, seconds: 300.0 };
/// Passkeys asked for from an account's sessions: thirty in a row, then one a minute.
const PASSKEY: Limit = Limit { name: "passkey:account", in_a_row: 30.0, seconds: 60.0 };
/// Changes to how an account is signed in to, each of which mails its owner: thirty in a row, then one a minute.
const CHANGE: Limit = Limit { name: "change:account", in_a_row: 30.0, seconds: 60.0 };
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
    /// Counts it, and the hashes that it makes necessary.
    pub async fn count(&self, db: &Db, hashes: u8) -> Result<()> {
        let (account, address) = (self.whose(self.standing), self.client.network_text());
        let mut first = vec![ACCOUNT.of(&account), ADDRESS.of(&address)];
        if self.standing == Standing::Stranger {
            first.push(Bucket { cost: 0.0, ..SUSPICION.of(&address) });
        }
        let lasting = vec![ACCOUNT_LASTING.of(&account), ADDRESS_LASTING.of(&address)];
        count(db, vec![first, lasting], hashes).await
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
        }
        Ok(())
    }

    /// Forgets the owner's slips; what strangers have guessed at for long is remembered.
    pub async fn forget(&self, db: &Db) -> Result<()> {
        let own = [Standing::AtHome, Standing::SignedIn].map(|standing| self.whose(standing));
        let mut keys = vec![ACCOUNT.key(self.whose(Standing::Stranger))];
        keys.extend(own.iter().flat_map(|own| [ACCOUNT.key(own), ACCOUNT_LASTING.key(own)]));
        Ok(rate_limit::forget(db, keys).await?)
    }

    /// Whose bucket of the account it is.
    fn whose(&self, standing: Standing) -> String {
        match standing {
            Standing::Stranger => self.email.to_string(),
            Standing::AtHome => format!("{} {}", self.email, self.client.network_text()),
            Standing::SignedIn => format!("{} signed in", self.email),
        }
    }
}

/// Counts mails to be sent, whether an account has the address or not. The addresses are different ones.
pub async fn count_mail(db: &Db, client: &Client, recipients: &[&Email]) -> Result<()> {
    let mut stages = anonymous(client);
    stages[0].extend(recipients.iter().map(|email| MAIL.of(email)));
    count(db, stages, 0).await
}

/// Counts a request of an application that has yet to prove itself.
pub async fn count_client(db: &Db, client: &Client, id: ClientId) -> Result<()> {
    let bucket = CLIENT.of(format_args!("{id} {}", client.network_text()));
    count(db, vec![vec![bucket]], 0).await
}

/// Counts a question of an application that a person is to answer.
pub async fn count_authorization(db: &Db, client: &Client) -> Result<()> {
    count(db, vec![vec![AUTHORIZATION.of(client.network_text())]], 0).await
}

/// Counts a question of an application who has signed in.
pub async fn count_userinfo(db: &Db, grant: Uuid) -> Result<()> {
    count(db, vec![vec![USERINFO.of(grant)]], 0).await
}

/// Counts a look at what an account has allowed applications.
pub async fn count_consents(db: &Db, account: UserId) -> Result<()> {
    count(db, vec![vec![CONSENTS.of(account)]], 0).await
}

/// Counts a look at all that is kept about an account.
pub async fn count_export(db: &Db, account: UserId) -> Result<()> {
    count(db, vec![vec![EXPORT.of(account)]], 0).await
}

/// Counts a try at an account's second factor.
pub async fn count_code(db: &Db, client: &Client, account: UserId) -> Result<()> {
    let mut stages = anonymous(client);
    stages[0].push(CODE.of(account));
    count(db, stages, 0).await
}

/// Counts a passkey that a browser is asked for on behalf of an account.
pub async fn count_passkey(db: &Db, client: &Client, account: UserId) -> Result<()> {
    let mut stages = anonymous(client);
    stages[0].push(PASSKEY.of(account));
    count(db, stages, 0).await
}

/// Counts a change to how an account is signed in to, or to who may act for it.
pub async fn count_change(db: &Db, account: UserId) -> Result<()> {
    count(db, vec![vec![CHANGE.of(account)]], 0).await
}

/// The owner's code was right: the earlier ones are forgotten.
pub async fn forget_codes(db: &Db, account: UserId) -> Result<()> {
    Ok(rate_limit::forget(db, vec![CODE.key(account)]).await?)
}

/// Counts a try that names no account: a set-up link, a link of a mail, a refresh token, a passkey.
pub async fn count_anonymous(db: &Db, client: &Client) -> Result<()> {
    count(db, anonymous(client), 0).await
}

/// Counts what the sign-in page asks whenever it is opened.
pub async fn count_page(db: &Db, client: &Client) -> Result<()> {
    count(db, vec![vec![PAGE.of(client.network_text())]], 0).await
}

/// Counts a password about to be judged and hashed, by whomever.
pub async fn count_hash(db: &Db) -> Result<()> {
    count(db, Vec::new(), 1).await
}

fn anonymous(client: &Client) -> Vec<Vec<Bucket>> {
    let address = client.network_text();
    vec![vec![ADDRESS.of(&address)], vec![ADDRESS_LASTING.of(&address)]]
}

/// Takes from the buckets, and where they gave, from that of the whole installation's hashes.
async fn count(db: &Db, mut stages: Vec<Vec<Bucket>>, hashes: u8) -> Result<()> {
    let last = stages.len();
    if hashes > 0 {
        stages.push(vec![work(config::password_hashes_per_second().await?, hashes)]);
    }
    match rate_limit::take(db, &stages, clock::now()).await? {
        None => Ok(()),
        Some(refusal) if refusal.stage == last => Err(Error::Overloaded { retry_after: refusal.seconds }),
        Some(refusal) => Err(Error::RateLimited { retry_after: refusal.seconds }),
    }
}

/// Hashes at the rate that the operator sets, in bursts of twice that; two are always possible, a change needs them.
fn work(per_second: f64, hashes: u8) -> Bucket {
    Bucket {
        key: "password:work".to_owned(),
        capacity: (2.0 * per_second).max(2.0),
        seconds_per_token: per_second.recip(),
        cost: hashes.into(),
    }
}
