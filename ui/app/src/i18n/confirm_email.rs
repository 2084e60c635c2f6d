//! The proof of an address.

#[derive(Debug)]
pub struct ConfirmEmail {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub confirmed_title: &'static str,
    /// The address.
    pub confirmed_text: fn(&str) -> String,
    pub unseen_text: &'static str,
    pub changed_title: &'static str,
    /// The address.
    pub changed_text: fn(&str) -> String,
    pub no_token_title: &'static str,
    pub no_token_text: &'static str,
    pub invalid_title: &'static str,
    pub invalid_text: &'static str,
    pub to_account: &'static str,
    pub to_sign_in: &'static str,
}

pub static EN: ConfirmEmail = ConfirmEmail {
    title: "Is this your address?",
    lead: "You have opened the link of a mail. Confirm that the address it was sent to is yours.",
    submit: "Confirm my address",
    confirmed_title: "Your address is confirmed",
    confirmed_text: |email| format!("{email} is yours, and you sign in with it."),
    unseen_text: "Sign in with the address that the mail was sent to.",
    changed_title: "Your address is changed",
    changed_text: |email| format!("From now on you sign in with {email}."),
    no_token_title: "This link is incomplete",
    no_token_text: "Open the link exactly as it is in the mail, or have another sent from your account.",
    invalid_title: "This link no longer works",
    invalid_text: "It has been used already, is older than 24 hours, or a newer one has replaced it. Your account has the way to another.",
    to_account: "Go to my account",
    to_sign_in: "Go to sign in",
};

pub static FR: ConfirmEmail = ConfirmEmail {
    title: "Est-ce votre adresse ?",
    lead: "Vous avez ouvert le lien d’un e-mail. Confirmez que l’adresse qui l’a reçu est la vôtre.",
    submit: "Confirmer mon adresse",
    confirmed_title: "Votre adresse est confirmée",
    confirmed_text: |email| format!("{email} est bien à vous : connectez-vous avec elle."),
    unseen_text: "Connectez-vous avec l’adresse qui a reçu l’e-mail.",
    changed_title: "Votre adresse est changée",
    changed_text: |email| format!("Connectez-vous désormais avec {email}."),
    no_token_title: "Ce lien est incomplet",
    no_token_text: "Ouvrez le lien tel qu’il est dans l’e-mail, ou faites-en envoyer un autre depuis votre compte.",
    invalid_title: "Ce lien ne fonctionne plus",
    invalid_text: "Il a déjà servi, date de plus de 24 heures ou a été remplacé par un plus récent. Votre compte permet d’en demander un autre.",
    to_account: "Aller à mon compte",
    to_sign_in: "Aller à la connexion",
};
