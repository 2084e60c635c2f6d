//! What is being looked at, in the address: whose mails, how far they have come, and which page of them.

use contract::{Email, MailState};

use crate::navigation::MAIL;
use crate::pages::list::{api_path, page_path};

/// The list's state, one to one with its query string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailsAddress {
    /// Only mails to this address, of which perhaps only a part is typed.
    pub recipient: String,
    /// Only mails that have come so far.
    pub state: Option<MailState>,
    /// Where the page begins; the first one where absent.
    pub cursor: Option<String>,
}

impl MailsAddress {
    /// Reads a query string; what it doesn't know, it leaves out.
    pub fn parse(query: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*name {
                "recipient" => address.recipient = value.into_owned(),
                "state" => address.state = MailState::parse(&value).ok(),
                "cursor" => address.cursor = Some(value.into_owned()).filter(|cursor| !cursor.is_empty()),
                _ => {}
            }
        }
        address
    }

    /// The page's address.
    pub fn to_path(&self) -> String {
        let pairs = [
            ("recipient", Some(self.recipient.as_str())),
            ("state", self.state.map(MailState::as_str)),
            ("cursor", self.cursor.as_deref()),
        ];
        page_path(MAIL, &pairs)
    }

    /// The address in the API; none while the recipient's is not whole, which it would refuse.
    pub fn to_api_path(&self) -> Option<String> {
        let recipient = match Email::parse(&self.recipient) {
            Ok(email) => Some(email),
            Err(_) if self.recipient.is_empty() => None,
            Err(_) => return None,
        };
        let pairs = [
            ("filter[recipient]", recipient.as_ref().map(Email::as_str)),
            ("filter[state]", self.state.map(MailState::as_str)),
            ("cursor", self.cursor.as_deref()),
        ];
        Some(api_path("/api/core/v1/admin/mails", &pairs))
    }

    /// Whether the list can be asked for.
    pub fn is_whole(&self) -> bool {
        self.to_api_path().is_some()
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        !self.recipient.is_empty() || self.state.is_some()
    }

    /// The same list from its beginning.
    pub fn on_first_page(self) -> Self {
        Self { cursor: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(recipient: &str) -> MailsAddress {
        MailsAddress { recipient: recipient.into(), ..MailsAddress::default() }
    }

    #[test]
    fn a_link_shows_the_same() {
        let address = MailsAddress {
            state: Some(MailState::Failed),
            cursor: Some("c1".into()),
            ..to("ada+1@example.org")
        };
        let path = address.to_path();
        assert_eq!(path, "/mail?recipient=ada%2B1%40example.org&state=failed&cursor=c1");
        assert_eq!(MailsAddress::parse(path.strip_prefix(MAIL).unwrap()), address);
        assert_eq!(MailsAddress::parse("?state=lost&cursor=&x=1"), MailsAddress::default());
        assert_eq!(MailsAddress::default().to_path(), "/mail");
    }

    #[test]
    fn the_api_is_asked_for_whole_addresses_alone() {
        assert_eq!(to("").to_api_path().as_deref(), Some("/api/core/v1/admin/mails?limit=25"));
        assert_eq!(
            to("Ada@Example.org").to_api_path().as_deref(),
            Some("/api/core/v1/admin/mails?limit=25&filter%5Brecipient%5D=ada%40example.org")
        );
        let failed = MailsAddress { state: Some(MailState::Failed), ..to("") };
        assert_eq!(
            failed.to_api_path().as_deref(),
            Some("/api/core/v1/admin/mails?limit=25&filter%5Bstate%5D=failed")
        );
        assert!(!to("ada@exam").is_whole());
    }
}
