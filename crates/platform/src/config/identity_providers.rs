//! With whose accounts people may sign in; `login` alone is given it.

use contract::IdentityProviderId;
use url::Url;

use super::{ConfigError, is_private, read};
use crate::instance::InstanceCell;

/// Google's issuer, as its discovery document and its ID tokens name it.
const GOOGLE: &str = "https://accounts.google.com";

static PROVIDERS: InstanceCell<IdentityProviders> = InstanceCell::new();

/// The providers that are on.
pub struct IdentityProviders(Vec<IdentityProviderConfig>);

/// A provider, and what it knows the installation by.
pub struct IdentityProviderConfig {
    /// Which.
    pub id: IdentityProviderId,
    /// What people call it.
    pub name: String,
    /// The installation's name at the provider.
    pub client_id: String,
    /// What the installation proves itself with.
    pub client_secret: String,
    /// How it is spoken to.
    pub protocol: IdentityProtocol,
}

/// How a provider says who somebody is.
pub enum IdentityProtocol {
    /// `OpenID` Connect: by an ID token, and by what discovery says of the issuer.
    OpenId {
        /// The issuer, exactly as its tokens name it.
        issuer: String,
    },
    /// GitHub's API, with an access token of OAuth 2.0.
    GitHub {
        /// Where people sign in, without a slash at the end.
        url: String,
        /// Where the API is, without a slash at the end.
        api_url: String,
    },
}

impl IdentityProviders {
    /// The providers of this instance.
    pub async fn get() -> Result<&'static Self, ConfigError> {
        PROVIDERS.get_or_try_init(Self::load).await
    }

    /// Those that are on.
    pub fn iter(&self) -> impl Iterator<Item = &IdentityProviderConfig> {
        self.0.iter()
    }

    /// The provider of that name, where it is on.
    pub fn find(&self, name: &str) -> Option<&IdentityProviderConfig> {
        self.iter().find(|provider| provider.id.as_str() == name)
    }

    async fn load() -> Result<Self, ConfigError> {
        let [google, github, openid] = [google().await?, github().await?, openid().await?];
        Ok(Self([google, github, openid].into_iter().flatten().collect()))
    }
}

async fn google() -> Result<Option<IdentityProviderConfig>, ConfigError> {
    let client = together(["google_client_id", "google_client_secret"]).await?;
    Ok(client.map(|[client_id, client_secret]| IdentityProviderConfig {
        id: IdentityProviderId::Google,
        name: "Google".to_owned(),
        client_id,
        client_secret,
        protocol: IdentityProtocol::OpenId { issuer: GOOGLE.to_owned() },
    }))
}

async fn github() -> Result<Option<IdentityProviderConfig>, ConfigError> {
    let Some([client_id, client_secret]) = together(["github_client_id", "github_client_secret"]).await?
    else {
        return Ok(None);
    };
    let protocol = IdentityProtocol::GitHub {
        url: parse_url("github_url", &read("github_url").await?)?,
        api_url: parse_url("github_api_url", &read("github_api_url").await?)?,
    };
    let (id, name) = (IdentityProviderId::GitHub, "GitHub".to_owned());
    Ok(Some(IdentityProviderConfig { id, name, client_id, client_secret, protocol }))
}

async fn openid() -> Result<Option<IdentityProviderConfig>, ConfigError> {
    let variables =
        ["openid_client_id", "openid_client_secret", "openid_issuer", "openid_name", "openid_host"];
    let Some([client_id, client_secret, issuer, name, _host]) = together(variables).await? else {
        return Ok(None);
    };
    parse_url("openid_issuer", &issuer)?;
    let (id, protocol) = (IdentityProviderId::OpenId, IdentityProtocol::OpenId { issuer });
    Ok(Some(IdentityProviderConfig { id, name, client_id, client_secret, protocol }))
}

/// Variables that are set together, or none of them.
async fn together<const N: usize>(variables: [&'static str; N]) -> Result<Option<[String; N]>, ConfigError> {
    let mut values = [const { String::new() }; N];
    for (variable, value) in variables.iter().zip(&mut values) {
        read(variable).await?.trim().clone_into(value);
    }
    all_or_none(variables, values)
}

fn all_or_none<const N: usize>(
    variables: [&'static str; N],
    values: [String; N],
) -> Result<Option<[String; N]>, ConfigError> {
    let Some(set) = values.iter().position(|value| !value.is_empty()) else { return Ok(None) };
    match values.iter().position(String::is_empty) {
        None => Ok(Some(values)),
        Some(missing) => {
            let reason = format!("is missing: `{}` is set", variables[set]);
            Err(ConfigError::new(variables[missing], &reason))
        }
    }
}

/// An address to speak `https` with, or on the own machine `http`; without a slash at the end.
fn parse_url(variable: &'static str, text: &str) -> Result<String, ConfigError> {
    let url = Url::parse(text.trim()).map_err(|error| ConfigError::new(variable, &error))?;
    if !is_private(&url) {
        return Err(ConfigError::new(
            variable,
            &"must begin with https:// (http:// on the own machine alone)",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(ConfigError::new(variable, &"must be an address and a path, nothing more"));
    }
    Ok(text.trim().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_setting_names_what_is_missing() {
        let check = |values: [&str; 2]| all_or_none(["id", "secret"], values.map(ToOwned::to_owned));
        assert_eq!(check(["", ""]).unwrap(), None);
        assert_eq!(check(["a", "b"]).unwrap(), Some(["a".to_owned(), "b".to_owned()]));
        let error = check(["a", ""]).unwrap_err();
        assert_eq!((error.variable, error.reason.as_str()), ("secret", "is missing: `id` is set"));
        assert_eq!(check(["", "b"]).unwrap_err().variable, "id");
    }

    #[test]
    fn addresses_are_secure_or_at_home() {
        let parse = |text| parse_url("openid_issuer", text);
        assert_eq!(parse("https://id.example.org/realms/a/").unwrap(), "https://id.example.org/realms/a");
        assert_eq!(parse(" http://127.0.0.1:4000 ").unwrap(), "http://127.0.0.1:4000");
        for home in ["http://localhost:4000", "http://[::1]:4000"] {
            assert!(parse(home).is_ok(), "{home}");
        }
        for wrong in [
            "",
            "id.example.org",
            "http://id.example.org",
            "http://127.0.0.1.example.org",
            "ftp://127.0.0.1",
            "https://id.example.org?tenant=a",
            "https://id.example.org#a",
            "https://me@id.example.org",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
