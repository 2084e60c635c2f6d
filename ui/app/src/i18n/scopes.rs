//! What an application may ask of people.

use contract::Scope;

use super::Text;

#[derive(Debug)]
pub struct Scopes {
    pub openid: &'static str,
    pub profile: &'static str,
    pub email: &'static str,
    pub offline_access: &'static str,
}

impl Text {
    /// What a scope allows, to the person who is asked for it.
    pub fn scope(self, scope: Scope) -> &'static str {
        match scope {
            Scope::Openid => self.scopes().openid,
            Scope::Profile => self.scopes().profile,
            Scope::Email => self.scopes().email,
            Scope::OfflineAccess => self.scopes().offline_access,
        }
    }
}

pub static EN: Scopes = Scopes {
    openid: "Recognise you by your account’s identifier",
    profile: "See your name and your language",
    email: "See your e-mail address, and whether it is confirmed",
    offline_access: "Keep this access while you are away",
};

pub static FR: Scopes = Scopes {
    openid: "Vous reconnaître à l’identifiant de votre compte",
    profile: "Voir votre nom et votre langue",
    email: "Voir votre adresse e-mail, et si elle est confirmée",
    offline_access: "Garder cet accès en votre absence",
};
