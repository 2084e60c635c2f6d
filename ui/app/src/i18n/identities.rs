//! The accounts elsewhere that one signs in with.

use contract::IdentityProviderId;

#[derive(Debug)]
pub struct Identities {
    pub title: &'static str,
    pub text: &'static str,
    pub empty: &'static str,
    pub no_providers: &'static str,
    /// What a provider is called that is off by now.
    pub provider: fn(IdentityProviderId) -> &'static str,
    /// What stands before how long ago it was.
    pub linked: &'static str,
    /// What stands before how long ago it was.
    pub used: &'static str,
    pub never_used: &'static str,
    pub off: &'static str,
    /// The provider.
    pub link: fn(&str) -> String,
    pub unlink: &'static str,
    /// The provider, and the address there.
    pub unlink_label: fn(&str) -> String,
    /// The provider, and the address there.
    pub unlink_title: fn(&str) -> String,
    pub unlink_text: &'static str,
    pub unlink_last_text: &'static str,
    /// The provider, and the address there.
    pub unlinked: fn(&str) -> String,
}

pub static EN: Identities = Identities {
    title: "Linked accounts",
    text: "Accounts elsewhere that you can sign in with.",
    empty: "None yet.",
    no_providers: "There is no provider here whose accounts you could link.",
    provider: |provider| match provider {
        IdentityProviderId::Google => "Google",
        IdentityProviderId::GitHub => "GitHub",
        IdentityProviderId::OpenId => "OpenID",
    },
    linked: "Linked",
    used: "Used",
    never_used: "Never used",
    off: "Can’t be used now: the provider is off here.",
    link: |provider| format!("Link {provider}"),
    unlink: "Unlink",
    unlink_label: |account| format!("Unlink {account}"),
    unlink_title: |account| format!("Unlink {account}?"),
    unlink_text: "You can’t sign in with it any more. Your account there stays as it is, and your sessions here stay open.",
    unlink_last_text: "It is your only way in: without it you need a password, and “Forgotten your password?” mails you a link to choose one. Your account there stays as it is, and your sessions here stay open.",
    unlinked: |account| format!("{account} is unlinked"),
};

pub static FR: Identities = Identities {
    title: "Comptes associés",
    text: "Vos comptes ailleurs, avec lesquels vous pouvez vous connecter ici.",
    empty: "Aucun pour l’instant.",
    no_providers: "Aucun fournisseur n’est proposé ici.",
    provider: |provider| match provider {
        IdentityProviderId::Google => "Google",
        IdentityProviderId::GitHub => "GitHub",
        IdentityProviderId::OpenId => "OpenID",
    },
    linked: "Associé",
    used: "Utilisé",
    never_used: "Jamais utilisé",
    off: "Inutilisable pour l’instant : le fournisseur est désactivé ici.",
    link: |provider| format!("Associer {provider}"),
    unlink: "Dissocier",
    unlink_label: |account| format!("Dissocier {account}"),
    unlink_title: |account| format!("Dissocier {account} ?"),
    unlink_text: "Vous ne pourrez plus vous connecter avec lui. Votre compte là-bas reste tel quel, et vos sessions ici restent ouvertes.",
    unlink_last_text: "C’est votre seul moyen de vous connecter : sans lui, il vous faut un mot de passe, et « Mot de passe oublié ? » vous envoie un lien pour en choisir un. Votre compte là-bas reste tel quel, et vos sessions ici restent ouvertes.",
    unlinked: |account| format!("{account} est dissocié"),
};
