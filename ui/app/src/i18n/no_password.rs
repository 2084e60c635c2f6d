//! Accounts without a password.

#[derive(Debug)]
pub struct NoPassword {
    pub text: &'static str,
    pub needed: &'static str,
    pub send: &'static str,
    pub send_again: &'static str,
    /// The address.
    pub sent: fn(&str) -> String,
}

pub static EN: NoPassword = NoPassword {
    text: "Your account has no password: you sign in with a provider. A mailed link lets you choose one.",
    needed: "This takes your password, and your account has none: you sign in with a provider. A mailed link lets you choose one.",
    send: "Send me the link",
    send_again: "Send the link again",
    sent: |email| {
        format!(
            "A mail is on its way to {email}. Its link works once, for 30 minutes; then you sign in again, with your password."
        )
    },
};

pub static FR: NoPassword = NoPassword {
    text: "Votre compte n’a pas de mot de passe : vous vous connectez avec un fournisseur. Un lien reçu par e-mail vous permet d’en choisir un.",
    needed: "Il faut ici votre mot de passe, et votre compte n’en a pas : vous vous connectez avec un fournisseur. Un lien reçu par e-mail vous permet d’en choisir un.",
    send: "Recevoir le lien",
    send_again: "Renvoyer le lien",
    sent: |email| {
        format!(
            "Un e-mail est en route vers {email}. Son lien sert une fois, pendant 30 minutes ; vous vous reconnecterez ensuite avec votre mot de passe."
        )
    },
};
