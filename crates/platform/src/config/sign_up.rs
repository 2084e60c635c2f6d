//! Who may make an account of their own.

use contract::{Email, SignUpRules};

use super::{ConfigError, read};
use crate::instance::InstanceCell;

static SIGN_UP: InstanceCell<SignUp> = InstanceCell::new();

/// The variable `sign_up`: `open`, `closed`, or the domains that an address must be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignUp {
    /// Anybody.
    Open,
    /// Nobody: accounts are by invitation only.
    Closed,
    /// Whoever has an address of one of these domains; their subdomains are others.
    Domains(Vec<String>),
}

impl SignUp {
    /// The rule of this instance; `login` alone is given it.
    pub async fn get() -> Result<&'static Self, ConfigError> {
        SIGN_UP.get_or_try_init(Self::load).await
    }

    async fn load() -> Result<Self, ConfigError> {
        Self::parse(&read("sign_up").await?).map_err(|reason| ConfigError::new("sign_up", &reason))
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "open" => Ok(Self::Open),
            "closed" => Ok(Self::Closed),
            domains => domains.split(',').map(parse_domain).collect::<Result<_, _>>().map(Self::Domains),
        }
    }

    /// Whether an account may be made for that address.
    pub fn admits(&self, email: &Email) -> bool {
        match self {
            Self::Open => true,
            Self::Closed => false,
            Self::Domains(domains) => domains.iter().any(|domain| domain == email.domain()),
        }
    }

    /// The rule, as everybody may know it.
    pub fn rules(&self) -> SignUpRules {
        let domains = if let Self::Domains(domains) = self { domains.clone() } else { Vec::new() };
        SignUpRules { open: *self != Self::Closed, domains }
    }
}

/// A domain is what an address can be of.
fn parse_domain(text: &str) -> Result<String, String> {
    let text = text.trim();
    Email::parse(&format!("somebody@{text}"))
        .map(|email| email.domain().to_owned())
        .map_err(|_| format!("`{text}` is neither `open`, `closed` nor a domain such as example.org"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_open_closed_or_a_list_of_domains() {
        let admits =
            |rule: &str, email: &str| SignUp::parse(rule).unwrap().admits(&Email::parse(email).unwrap());
        assert!(admits("open", "ada@example.org"));
        assert!(!admits(" closed ", "ada@example.org"));
        let domains = "Example.org, example.com";
        assert!(admits(domains, "ada@example.org") && admits(domains, "ada@example.com"));
        assert!(!admits(domains, "ada@sub.example.org") && !admits(domains, "ada@notexample.org"));
    }

    #[test]
    fn refuses_what_is_none_of_them() {
        for wrong in ["", "opened", "example.org,", "@example.org", "example.org example.com"] {
            assert!(SignUp::parse(wrong).is_err(), "{wrong}");
        }
    }
}
