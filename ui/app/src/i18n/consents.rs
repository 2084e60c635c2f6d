//! Applications that one has let in.

#[derive(Debug)]
pub struct Consents {
    pub title: &'static str,
    pub text: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    /// What stands before the day.
    pub since: &'static str,
    pub withdraw: &'static str,
    /// By application.
    pub withdraw_label: fn(&str) -> String,
    /// By application.
    pub withdraw_title: fn(&str) -> String,
    /// By application.
    pub withdraw_text: fn(&str) -> String,
    /// By application.
    pub withdrawn: fn(&str) -> String,
}

pub static EN: Consents = Consents {
    title: "Applications with access",
    text: "You have let them see something of your account.",
    empty_title: "No application has access",
    empty_text: "What you allow an application that you sign in to with Matrice is listed here.",
    since: "Since",
    withdraw: "Withdraw",
    withdraw_label: |name| format!("Withdraw the access of {name}"),
    withdraw_title: |name| format!("Withdraw the access of {name}?"),
    withdraw_text: |name| {
        format!(
            "Within ten minutes, {name} can’t read anything more of your account. You may still be signed in there; if you sign in again, you are asked again."
        )
    },
    withdrawn: |name| format!("{name} has no access any more"),
};

pub static FR: Consents = Consents {
    title: "Applications autorisées",
    text: "Vous leur avez permis de voir quelque chose de votre compte.",
    empty_title: "Aucune application n’a accès à votre compte",
    empty_text: "Ce que vous autorisez à une application où vous vous connectez avec Matrice figure ici.",
    since: "Depuis le",
    withdraw: "Retirer",
    withdraw_label: |name| format!("Retirer l’accès de {name}"),
    withdraw_title: |name| format!("Retirer l’accès de {name} ?"),
    withdraw_text: |name| {
        format!(
            "Dans les dix minutes, {name} ne pourra plus rien lire de votre compte. Vous y êtes peut-être encore connecté ; à la prochaine connexion, la question vous sera posée de nouveau."
        )
    },
    withdrawn: |name| format!("{name} n’a plus accès à votre compte"),
};
