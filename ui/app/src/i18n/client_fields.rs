//! What there is to know of an application, as its form and the security log call it.

#[derive(Debug)]
pub struct ClientFields {
    pub name: &'static str,
    pub redirect_uris: &'static str,
    pub post_logout_redirect_uris: &'static str,
    pub scopes: &'static str,
    pub permissions: &'static str,
    pub skip_consent: &'static str,
    pub disabled: &'static str,
}

pub static EN: ClientFields = ClientFields {
    name: "Name",
    redirect_uris: "Redirect URIs",
    post_logout_redirect_uris: "Redirect URIs after sign-out",
    scopes: "What it may ask people for",
    permissions: "What it may do in its own name",
    skip_consent: "Let in without asking",
    disabled: "Disabled",
};

pub static FR: ClientFields = ClientFields {
    name: "Nom",
    redirect_uris: "URI de redirection",
    post_logout_redirect_uris: "URI de redirection après la déconnexion",
    scopes: "Ce qu’elle peut demander",
    permissions: "Ce qu’elle peut faire en son propre nom",
    skip_consent: "Autoriser sans demander",
    disabled: "Désactivée",
};
