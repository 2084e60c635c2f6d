//! What is being looked at, in the address: search, filters, order, page. A link to it shows the same.

use contract::{RoleName, UserSort, UserStatus};

use crate::navigation::USERS;
use crate::pages::list::{api_path, page_path};

/// The list's state, one to one with its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsersAddress {
    /// Part of a name or an e-mail address.
    pub search: String,
    /// Only accounts in this state.
    pub status: Option<UserStatus>,
    /// Only accounts with this role.
    pub role: Option<RoleName>,
    /// The order.
    pub sort: UserSort,
    /// Where the page begins; the first one where absent.
    pub cursor: Option<String>,
}

impl UsersAddress {
    /// Reads a query string; what it doesn't know, it leaves out.
    pub fn parse(query: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*name {
                "q" => address.search = value.into_owned(),
                "status" => address.status = UserStatus::parse(&value).ok(),
                "role" => address.role = RoleName::parse(&value).ok(),
                "sort" => address.sort = UserSort::parse(&value).unwrap_or_default(),
                "cursor" => address.cursor = Some(value.into_owned()).filter(|cursor| !cursor.is_empty()),
                _ => {}
            }
        }
        address
    }

    /// The page's address; what is as usual isn't in it.
    pub fn to_path(&self) -> String {
        page_path(USERS, &self.pairs(["q", "status", "role"]))
    }

    /// The address in the API.
    pub fn to_api_path(&self) -> String {
        api_path("/api/core/v1/users", &self.pairs(["q", "filter[status]", "filter[role]"]))
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.status.is_some() || self.role.is_some()
    }

    /// The same list in another place or order: always from its first page.
    pub fn on_first_page(self) -> Self {
        Self { cursor: None, ..self }
    }

    fn pairs<'a>(&'a self, [search, status, role]: [&'a str; 3]) -> [(&'a str, Option<&'a str>); 5] {
        let sort = Some(self.sort).filter(|sort| *sort != UserSort::default());
        [
            (search, Some(&*self.search)),
            (status, self.status.map(UserStatus::as_str)),
            (role, self.role.as_ref().map(RoleName::as_str)),
            ("sort", sort.map(UserSort::as_str)),
            ("cursor", self.cursor.as_deref()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_shows_the_same() {
        let address = UsersAddress {
            search: "é & co".into(),
            status: Some(UserStatus::Locked),
            role: RoleName::parse("administrator").ok(),
            sort: UserSort::EmailDescending,
            cursor: Some("c1".into()),
        };
        let path = address.to_path();
        assert_eq!(path, "/users?q=%C3%A9+%26+co&status=locked&role=administrator&sort=-email&cursor=c1");
        assert_eq!(UsersAddress::parse(path.strip_prefix(USERS).unwrap()), address);
    }

    #[test]
    fn the_usual_list_has_a_plain_address() {
        assert_eq!(UsersAddress::default().to_path(), "/users");
        assert_eq!(UsersAddress::default().to_api_path(), "/api/core/v1/users?limit=25");
        assert_eq!(UsersAddress::parse(""), UsersAddress::default());
    }

    #[test]
    fn nonsense_is_left_out() {
        let address = UsersAddress::parse("?status=gone&role=No!&sort=age&cursor=&x=1");
        assert_eq!(address, UsersAddress::default());
    }

    #[test]
    fn the_api_has_its_own_names() {
        let address = UsersAddress { status: Some(UserStatus::Active), ..UsersAddress::default() };
        assert_eq!(address.to_api_path(), "/api/core/v1/users?limit=25&filter%5Bstatus%5D=active");
    }
}
