//! What is being looked at, in the address: filters and page. A link to it shows the same.

use contract::{SecurityEventKind, SecurityOutcome, UserId};

use crate::navigation::SECURITY;
use crate::pages::list::{api_path, page_path};

/// The log's state, one to one with its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecurityAddress {
    /// Only events of this kind.
    pub kind: Option<SecurityEventKind>,
    /// Only events that ended so.
    pub outcome: Option<SecurityOutcome>,
    /// Only events about this account.
    pub user: Option<UserId>,
    /// Where the page begins; the first one where absent.
    pub cursor: Option<String>,
}

impl SecurityAddress {
    /// All that is about one account.
    pub fn of(user: UserId) -> Self {
        Self { user: Some(user), ..Self::default() }
    }

    /// Reads a query string; what it doesn't know, it leaves out.
    pub fn parse(query: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*name {
                "kind" => address.kind = SecurityEventKind::parse(&value).ok(),
                "outcome" => address.outcome = SecurityOutcome::parse(&value).ok(),
                "user" => address.user = value.parse().ok(),
                "cursor" => address.cursor = Some(value.into_owned()).filter(|cursor| !cursor.is_empty()),
                _ => {}
            }
        }
        address
    }

    /// The page's address.
    pub fn to_path(&self) -> String {
        let user = self.user.map(|user| user.to_string());
        page_path(SECURITY, &self.pairs(["kind", "outcome", "user"], user.as_deref()))
    }

    /// The address in the API.
    pub fn to_api_path(&self) -> String {
        let user = self.user.map(|user| user.to_string());
        let names = ["filter[kind]", "filter[outcome]", "filter[user]"];
        api_path("/api/core/v1/admin/security-events", &self.pairs(names, user.as_deref()))
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        self.kind.is_some() || self.outcome.is_some() || self.user.is_some()
    }

    /// The same list from its beginning.
    pub fn on_first_page(self) -> Self {
        Self { cursor: None, ..self }
    }

    fn pairs<'a>(
        &'a self,
        [kind, outcome, user]: [&'a str; 3],
        id: Option<&'a str>,
    ) -> [(&'a str, Option<&'a str>); 4] {
        [
            (kind, self.kind.map(SecurityEventKind::as_str)),
            (outcome, self.outcome.map(SecurityOutcome::as_str)),
            (user, id),
            ("cursor", self.cursor.as_deref()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    #[test]
    fn a_link_shows_the_same() {
        let address = SecurityAddress {
            kind: Some(SecurityEventKind::SignIn),
            outcome: Some(SecurityOutcome::Refused),
            user: ADA.parse().ok(),
            cursor: Some("c1".into()),
        };
        let path = address.to_path();
        assert_eq!(path, format!("/security?kind=sign_in&outcome=refused&user={ADA}&cursor=c1"));
        assert_eq!(SecurityAddress::parse(path.strip_prefix(SECURITY).unwrap()), address);
    }

    #[test]
    fn the_whole_log_has_a_plain_address() {
        assert_eq!(SecurityAddress::default().to_path(), "/security");
        let nonsense = SecurityAddress::parse("?kind=party&outcome=maybe&user=ada&cursor=&x=1");
        assert_eq!(nonsense, SecurityAddress::default());
        assert!(!nonsense.is_filtered());
    }

    #[test]
    fn the_api_has_its_own_names() {
        assert_eq!(
            SecurityAddress::of(ADA.parse().unwrap()).to_api_path(),
            format!("/api/core/v1/admin/security-events?limit=25&filter%5Buser%5D={ADA}")
        );
    }
}
