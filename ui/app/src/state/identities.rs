//! The accounts elsewhere that somebody signs in with, and the providers that there are.

use contract::{Identity, IdentityProvider, IdentityProviderId, Page};
use leptos::prelude::*;

use super::cache::Query;
use super::member::Member;
use crate::api::{ApiError, IDENTITY_PROVIDERS};

/// Where the API has the person's own.
const IDENTITIES: &str = "/api/core/v1/auth/identities";

/// Both, as they are being read.
#[derive(Clone, Copy)]
pub struct Identities {
    member: Member,
    own: Query<Page<Identity>>,
    providers: Query<Page<IdentityProvider>>,
}

impl Identities {
    /// Reads them.
    pub fn read(member: Member) -> Self {
        Self {
            member,
            own: Query::new(member, || Some(IDENTITIES.to_owned())),
            providers: Query::new(member, || Some(IDENTITY_PROVIDERS.to_owned())),
        }
    }

    /// Whether both are there; tracked.
    pub fn are_known(self) -> bool {
        self.own.data.with(Option::is_some) && self.providers.data.with(Option::is_some)
    }

    /// Why one of them isn't there, or isn't newer; tracked.
    pub fn error(self) -> Option<ApiError> {
        self.own.error.get().or_else(|| self.providers.error.get())
    }

    /// Reads again, after an error.
    pub fn retry(self) {
        self.own.retry();
        self.providers.retry();
    }

    /// Declares the person's own out of date.
    pub fn invalidate(self) {
        self.member.cache.invalidate(IDENTITIES);
    }

    /// The person's own; tracked.
    pub fn own(self) -> Vec<Identity> {
        self.own.items()
    }

    /// What a provider is called, if it is on; tracked.
    pub fn name_of(self, provider: IdentityProviderId) -> Option<String> {
        self.providers.items().into_iter().find(|known| known.id == provider).map(|known| known.name)
    }

    /// The providers that the person can't sign in with yet; tracked.
    pub fn unlinked(self) -> Vec<IdentityProvider> {
        self.providers.items().into_iter().filter(|provider| !self.is_linked(provider.id)).collect()
    }

    /// The providers that can prove again who the person is; tracked. GitHub never tells when it last asked; Google
    /// knows no `prompt=login`, and tells only by agreement.
    pub fn proving(self) -> Vec<IdentityProvider> {
        let asks = |id| !matches!(id, IdentityProviderId::GitHub | IdentityProviderId::Google);
        let proves = |id| asks(id) && self.is_linked(id);
        self.providers.items().into_iter().filter(|provider| proves(provider.id)).collect()
    }

    fn is_linked(self, provider: IdentityProviderId) -> bool {
        self.own().iter().any(|identity| identity.provider == provider)
    }
}
