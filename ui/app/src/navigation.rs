//! Where one can go, and where one was going.

use contract::{
    AuthorizationPurpose, BeginAuthorization, IdentityProviderId, Permission, PermissionSet,
    ProviderCallback, ReturnPath,
};

use crate::components::icon::{self, Icon};
use crate::i18n::TextKey;

/// Sign-in's path.
pub const SIGN_IN: &str = "/sign-in";
/// Beneath it, by their names: where providers send people back to.
const RETURN: &str = "/sign-in/";
/// Set-up's path.
pub const SETUP: &str = "/setup";
/// Where other applications send people who are to sign in there (OpenID Connect's authorization endpoint).
pub const AUTHORIZE: &str = "/authorize";
/// Where they send people who have signed out there (its end-session endpoint).
pub const SIGN_OUT: &str = "/sign-out";
/// Where one asks for an account, and where the link leads that makes it.
pub const SIGN_UP: &str = "/sign-up";
/// Where a link leads that proves an address.
pub const CONFIRM_EMAIL: &str = "/confirm-email";
/// Where one asks for a link to choose another password.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// Where such a link leads.
pub const RESET_PASSWORD: &str = "/reset-password";
/// Home's path.
pub const HOME: &str = "/";
/// The accounts' path.
pub const USERS: &str = "/users";
/// The path of the invitations.
pub const INVITATIONS: &str = "/users/invitations";
/// The roles' path.
pub const ROLES: &str = "/roles";
/// The path of the applications that sign people in with Matrice.
pub const APPLICATIONS: &str = "/applications";
/// The path of a new one.
pub const NEW_APPLICATION: &str = "/applications/new";
/// The outbox' path.
pub const MAIL: &str = "/mail";
/// The security log's path.
pub const SECURITY: &str = "/security";
/// The path of one's own account.
pub const ACCOUNT: &str = "/account";
/// The path of one's API keys.
pub const API_KEYS: &str = "/account/api-keys";
/// The path of what happened to one's own account.
pub const ACTIVITY: &str = "/account/activity";

/// A destination of the main navigation.
#[derive(Clone, Copy)]
pub struct Destination {
    /// Its path.
    pub path: &'static str,
    /// Its name.
    pub label: TextKey,
    /// Its picture.
    pub icon: Icon,
    /// Without this it isn't offered.
    pub permission: Option<Permission>,
}

const DESTINATIONS: [Destination; 7] = [
    Destination { path: HOME, label: |t| t.shell().home, icon: icon::HOUSE, permission: None },
    Destination {
        path: USERS,
        label: |t| t.shell().users,
        icon: icon::USERS,
        permission: Some(Permission::UsersRead),
    },
    Destination {
        path: ROLES,
        label: |t| t.shell().roles,
        icon: icon::ID_CARD,
        permission: Some(Permission::RolesRead),
    },
    Destination {
        path: APPLICATIONS,
        label: |t| t.shell().applications,
        icon: icon::APP_WINDOW,
        permission: Some(Permission::ClientsRead),
    },
    Destination {
        path: MAIL,
        label: |t| t.shell().mail,
        icon: icon::MAIL,
        permission: Some(Permission::MailRead),
    },
    Destination {
        path: SECURITY,
        label: |t| t.shell().security,
        icon: icon::SHIELD_CHECK,
        permission: Some(Permission::SecurityRead),
    },
    Destination { path: ACCOUNT, label: |t| t.shell().account, icon: icon::USER, permission: None },
];

/// The destinations that somebody with these permissions is offered.
pub fn destinations(permissions: &PermissionSet) -> impl Iterator<Item = Destination> {
    DESTINATIONS
        .into_iter()
        .filter(|destination| destination.permission.is_none_or(|permission| permissions.allows(permission)))
}

/// Whether `path` is at the destination or beneath it.
pub fn is_within(path: &str, destination: &str) -> bool {
    match path.strip_prefix(destination) {
        Some("") => true,
        Some(rest) => destination != HOME && rest.starts_with('/'),
        None => false,
    }
}

/// Sign-in's address, with where to go on to; `search` is without its `?`, as the router has it.
pub fn sign_in_then(path: &str, search: &str) -> String {
    if path == HOME && search.is_empty() {
        return SIGN_IN.to_owned();
    }
    let next = with_search(path, search);
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
    format!("{SIGN_IN}?{query}")
}

/// Path and query string; `search` is without its `?`, as the router has it.
fn with_search(path: &str, search: &str) -> String {
    if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") }
}

/// Where to go on to after signing in, from the address' query string. Only ever a path of this site:
/// a link to sign in must not lead anywhere else.
pub fn next_path(search: &str) -> String {
    form_urlencoded::parse(search.trim_start_matches('?').as_bytes())
        .find(|(name, _)| name == "next")
        .map(|(_, next)| next.into_owned())
        .filter(|next| is_local(next))
        .unwrap_or_else(|| HOME.to_owned())
}

/// A visit to a provider, and where to go on to afterwards; too long a way is forgotten.
pub fn visit(purpose: AuthorizationPurpose, next: &str) -> BeginAuthorization {
    BeginAuthorization {
        purpose: purpose.as_str().to_owned(),
        return_to: ReturnPath::parse(next).ok().map(|next| next.as_str().to_owned()),
    }
}

/// A visit to a provider that leads back to the page it begins at; to the account, where that is a return itself.
pub fn round_trip(purpose: AuthorizationPurpose, path: &str, search: &str) -> BeginAuthorization {
    if is_return(path) { visit(purpose, ACCOUNT) } else { visit(purpose, &with_search(path, search)) }
}

/// Whether a provider sends people back to this path.
pub fn is_return(path: &str) -> bool {
    path.starts_with(RETURN)
}

/// Whether an application wants nobody to be asked anything (`OpenID` Connect Core 1.0 §3.1.2.1).
pub fn is_silent(path: &str, search: &str) -> bool {
    let mut query = form_urlencoded::parse(search.trim_start_matches('?').as_bytes());
    path == AUTHORIZE && query.any(|(name, value)| name == "prompt" && value == "none")
}

/// The provider that sends people back to this path.
pub fn returned_from(path: &str) -> Option<IdentityProviderId> {
    IdentityProviderId::parse(path.strip_prefix(RETURN)?)
}

/// What a provider sends back with somebody, from the address' query string (RFC 6749 §4.1.2, RFC 9207).
pub fn provider_callback(search: &str) -> ProviderCallback {
    let mut response = ProviderCallback::default();
    for (name, value) in form_urlencoded::parse(search.trim_start_matches('?').as_bytes()) {
        let value = value.into_owned();
        match name.as_ref() {
            "state" => response.state = value,
            "code" => response.code = Some(value),
            "iss" => response.iss = Some(value),
            "error" => response.error = Some(value),
            _ => (),
        }
    }
    response
}

/// The token that a link carries in its fragment `#token=...`, which no server ever logs.
pub fn link_token(hash: &str) -> Option<String> {
    form_urlencoded::parse(hash.trim_start_matches('#').as_bytes())
        .find(|(name, value)| name == "token" && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

/// Browsers read `\` as `/`, skip control characters, and take `//` for another host.
fn is_local(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let leaves = rest.starts_with('/') || path.contains('\\') || path.chars().any(char::is_control);
    !leaves && !is_within(path.split('?').next().unwrap_or_default(), SIGN_IN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(permissions: &[Permission]) -> Vec<&'static str> {
        let permissions = permissions.iter().copied().collect();
        destinations(&permissions).map(|destination| destination.path).collect()
    }

    #[test]
    fn an_application_asks_nobody_where_it_says_so() {
        assert!(is_silent(AUTHORIZE, "client_id=c&prompt=none"));
        assert!(is_silent(AUTHORIZE, "?prompt=none"));
        for (path, search) in [(AUTHORIZE, ""), (AUTHORIZE, "prompt=login"), (HOME, "prompt=none")] {
            assert!(!is_silent(path, search), "{path} {search}");
        }
    }

    #[test]
    fn nobody_is_offered_what_they_may_not_see() {
        assert_eq!(paths(&[]), [HOME, ACCOUNT]);
        assert_eq!(paths(&[Permission::UsersRead]), [HOME, USERS, ACCOUNT]);
        assert_eq!(paths(&[Permission::RolesRead]), [HOME, ROLES, ACCOUNT]);
        assert_eq!(paths(&[Permission::ClientsRead]), [HOME, APPLICATIONS, ACCOUNT]);
        assert_eq!(paths(&[Permission::MailRead]), [HOME, MAIL, ACCOUNT]);
        assert_eq!(paths(&[Permission::SecurityRead]), [HOME, SECURITY, ACCOUNT]);
    }

    #[test]
    fn a_page_beneath_is_within() {
        assert!(is_within("/users", USERS));
        assert!(is_within("/users/42", USERS));
        assert!(!is_within("/users-more", USERS));
        assert!(is_within("/", HOME));
        assert!(!is_within("/users", HOME));
    }

    #[test]
    fn one_comes_back_to_where_one_was() {
        let address = sign_in_then("/users", "q=a%26b&status=locked");
        let search = address.strip_prefix(SIGN_IN).unwrap();
        assert_eq!(next_path(search), "/users?q=a%26b&status=locked");
        assert_eq!(sign_in_then("/", ""), SIGN_IN);
        assert_eq!(next_path(""), HOME);
    }

    #[test]
    fn a_provider_sends_people_back_beneath_sign_in() {
        assert_eq!(returned_from("/sign-in/github"), Some(IdentityProviderId::GitHub));
        assert_eq!(returned_from("/sign-in/unknown"), None);
        assert_eq!(returned_from(SIGN_IN), None);
        assert!(is_return("/sign-in/unknown"));
        assert!(!is_return(SIGN_IN));
        let response = provider_callback("?code=a%2Bb&state=s&iss=https%3A%2F%2Fid.example&scope=x");
        assert_eq!(response.code.as_deref(), Some("a+b"));
        assert_eq!(response.state, "s");
        assert_eq!(response.iss.as_deref(), Some("https://id.example"));
        assert_eq!(response.error, None);
        let refused = provider_callback("error=access_denied&state=s");
        assert_eq!(refused.error.as_deref(), Some("access_denied"));
    }

    #[test]
    fn a_visit_to_a_provider_leads_on() {
        let next = |next: &str| visit(AuthorizationPurpose::SignIn, next).return_to;
        assert_eq!(next("/users?q=ada").as_deref(), Some("/users?q=ada"));
        assert_eq!(next(&format!("/users?q={}", "a".repeat(1_000))), None);
        let back = |path, search| round_trip(AuthorizationPurpose::StepUp, path, search).return_to;
        assert_eq!(back("/users", "q=ada").as_deref(), Some("/users?q=ada"));
        assert_eq!(back("/sign-in/google", "code=a&state=b").as_deref(), Some(ACCOUNT));
    }

    #[test]
    fn the_token_is_in_the_fragment() {
        assert_eq!(link_token("#token=mst_abc-123").as_deref(), Some("mst_abc-123"));
        assert_eq!(link_token("token=a").as_deref(), Some("a"));
        assert_eq!(link_token("#token="), None);
        assert_eq!(link_token(""), None);
    }

    #[test]
    fn a_link_leads_nowhere_else() {
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/%09/evil.example",
            "javascript:alert(1)",
            "/sign-in?next=/users",
        ] {
            assert_eq!(next_path(&format!("?next={next}")), HOME, "{next}");
        }
    }
}
