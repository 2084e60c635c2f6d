//! `POST /api/core/v1/auth/identity-providers/{provider}/sign-in`

use axum::response::Response;
use contract::{
    AuthorizationPurpose, DisplayName, Email, FieldErrors, ProblemCode, ProviderCallback,
    SecondFactorChallenge, SecurityEventKind, TokenGrant, UserId, UserStatus,
};
use http::HeaderMap;
use mail::Message;
use platform::{
    Result, clock,
    config::SignUp,
    db::Db,
    extract::Json,
    openapi::{AddressProblems, InputProblems, ProviderProblems, RateProblems, ServerProblems},
};
use store::{
    email_link::Reader,
    identity::{self, Linking, SignUpOutcome, VouchedAccount},
    second_factor::Factors,
    security_log::{self, Event},
};
use uuid::Uuid;

use super::Return;
use crate::{
    grant::Proof,
    letter, links,
    provider::{Profile, Provider},
    sign_in::SignIn,
    visit::Visit,
};

/// Signs in with an identity provider
///
/// With what the provider sent the browser back with. A linked identity leads to its account, as the right password
/// does: to the second factor, where one is on. An identity that is new here is linked to the account that has, and has
/// itself proven, the address that the provider has verified, unless it was unlinked from that; where no account has
/// the address, one is made, if anybody with it may sign up. Its owner is told by mail. It is a fresh proof from when the
/// provider says that it asked (`auth_time`), and none where it doesn't say. Permission: none, the provider's answer is
/// the proof.
#[utoipa::path(
    post,
    path = "/api/core/v1/auth/identity-providers/{provider}/sign-in",
    tag = "identity providers",
    params(("provider" = String, Path, description = "`google`, `github` or `openid`")),
    request_body = ProviderCallback,
    responses(
        (status = 200, body = TokenGrant, description = "Signed in: cookies are set, or the tokens are in the body"),
        (status = 202, body = SecondFactorChallenge, description = "The second factor is asked for"),
        (status = 403, body = contract::Problem, content_type = "application/problem+json",
            description = "`authorization_invalid`: unknown, used, older than ten minutes, another browser's, or its code is \
                spent; begin again. `authorization_denied`: the provider said no. `provider_email_unverified`: new here, \
                without a verified address. `link_required`: an account has the address and has not proven it, or has unlinked \
                this identity. `sign_up_closed`. `account_locked`. `cross_site_request`"),
        AddressProblems,
        InputProblems,
        RateProblems,
        ServerProblems,
        ProviderProblems,
    ),
)]
pub async fn sign_in_with_provider(
    provider: Provider,
    visit: Visit,
    headers: HeaderMap,
    db: Db,
    Json(request): Json<ProviderCallback>,
) -> Result<Response> {
    let purpose = AuthorizationPurpose::SignIn;
    let back = Return { provider: &provider, headers: &headers, response: &request, purpose, session: None };
    let arrival = match back.redeem(&visit, &db).await {
        Ok((profile, _)) => Arrival { provider: &provider, profile, visit: &visit, db: &db },
        Err(error) => {
            let refused: Result<SignIn> = Err(error);
            security_log::record(&db, &visit.client, SignIn::event(&refused).provider(provider.id())).await?;
            return refused?.into_response(request.transport);
        }
    };
    let admitted = arrival.admit().await;
    let account = admitted.as_ref().ok().map(|account| account.owner.user_id);
    let proof = Proof { password: None, at: arrival.profile.asked_at };
    let outcome = match admitted {
        Ok(account) => SignIn::proceed(&db, &visit, &account.owner, &account.factors, proof).await,
        Err(error) => Err(error),
    };
    let event = SignIn::event(&outcome).provider(provider.id()).account(account);
    let event = if account.is_none() { event.typed(arrival.profile.email.as_ref()) } else { event };
    security_log::record(&db, &visit.client, event).await?;
    outcome?.into_response(request.transport)
}

/// Somebody whom a provider vouches for.
struct Arrival<'a> {
    provider: &'a Provider,
    profile: Profile,
    visit: &'a Visit,
    db: &'a Db,
}

impl Arrival<'_> {
    /// Their account: the identity's, or the one that has their verified address, or a new one.
    async fn admit(&self) -> Result<VouchedAccount> {
        let Profile { issuer, subject, email, .. } = &self.profile;
        let known = identity::find_account(self.db, issuer, subject, email.as_ref(), clock::now()).await?;
        let account = if let Some(account) = known {
            account
        } else {
            let email = self.profile.verified_email().ok_or(ProblemCode::ProviderEmailUnverified)?;
            match identity::find_account_by_email(self.db, email).await? {
                Some(account) => self.link(account, email).await?,
                None => self.sign_up(email).await?,
            }
        };
        match account.status {
            UserStatus::Active => Ok(account),
            UserStatus::Locked => Err(ProblemCode::AccountLocked.into()),
        }
    }

    /// Links the account of that address. One that is locked stays as it is; one that has not proven the address may be
    /// a stranger's, who waits for its owner; one that has unlinked the identity wants to be asked.
    async fn link(&self, account: VouchedAccount, email: &Email) -> Result<VouchedAccount> {
        if !account.email_proven {
            return Err(ProblemCode::LinkRequired.into());
        }
        if account.status == UserStatus::Locked {
            return Ok(account);
        }
        let Self { provider, profile, visit, db } = self;
        let settings = links::account(visit.site);
        let message = Message::IdentityLinked { provider: provider.name(), account: &settings };
        let mail = letter::write(&account.owner.email, Some(&account.owner), visit.language, &message)?;
        let (owner, identity) = (account.owner.user_id, profile.identity(provider));
        match identity::link(db, owner, &identity, Some(email), &mail, clock::now()).await? {
            Linking::Linked | Linking::LinkedBefore => {}
            Linking::Refused => return Err(ProblemCode::LinkRequired.into()),
        }
        let event = Event::success(SecurityEventKind::IdentityLinked).account(owner).provider(provider.id());
        security_log::record(db, &visit.client, event).await?;
        Ok(account)
    }

    /// Makes an account, where the installation's rules let anybody with that address have one.
    async fn sign_up(&self, email: &Email) -> Result<VouchedAccount> {
        if !SignUp::get().await?.admits(email) {
            return Err(ProblemCode::SignUpClosed.into());
        }
        let Self { provider, profile, visit, db } = self;
        let local_part = email.as_str().split('@').next().unwrap_or_default();
        let display_name = match &profile.name {
            Some(name) => name.clone(),
            None => DisplayName::parse(local_part).map_err(|rule| FieldErrors::one("display_name", rule))?,
        };
        let owner = Reader {
            user_id: UserId(Uuid::now_v7()),
            email: email.clone(),
            display_name,
            locale: profile.locale,
        };
        let settings = links::account(visit.site);
        let message = Message::IdentitySignedUp { provider: provider.name(), account: &settings };
        let mail = letter::write(email, Some(&owner), visit.language, &message)?;
        match identity::sign_up(db, &owner, &profile.identity(provider), &mail, clock::now()).await? {
            SignUpOutcome::Done => {}
            SignUpOutcome::NotSetUp => return Err(ProblemCode::SignUpClosed.into()),
            // By another request at this very moment: it is known now.
            SignUpOutcome::Taken => return Err(ProblemCode::AuthorizationInvalid.into()),
        }
        let event =
            Event::success(SecurityEventKind::SignedUp).account(owner.user_id).provider(provider.id());
        security_log::record(db, &visit.client, event).await?;
        let factors = Factors { totp: None, passkeys: Vec::new(), recovery_codes_left: 0 };
        Ok(VouchedAccount { owner, status: UserStatus::Active, factors, email_proven: true })
    }
}
