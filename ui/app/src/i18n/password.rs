//! A forgotten password, and another one.

#[derive(Debug)]
pub struct Password {
    pub forgot_title: &'static str,
    pub forgot_lead: &'static str,
    pub forgot_submit: &'static str,
    pub sent_title: &'static str,
    pub sent_text: &'static str,
    pub to_sign_in: &'static str,
    pub reset_title: &'static str,
    pub reset_lead: &'static str,
    pub reset_submit: &'static str,
    pub was_reset: &'static str,
    pub no_token_title: &'static str,
    pub no_token_text: &'static str,
    pub invalid_title: &'static str,
    pub invalid_text: &'static str,
    pub ask_again: &'static str,
}

pub static EN: Password = Password {
    forgot_title: "Forgotten your password?",
    forgot_lead: "Enter your address, and a mail brings you a link to choose another.",
    forgot_submit: "Send me the link",
    sent_title: "Check your mail",
    sent_text: "If an account has this address, a mail is on its way. Its link works once, for 30 minutes.",
    to_sign_in: "Back to sign in",
    reset_title: "Choose a new password",
    reset_lead: "You will be signed out everywhere, and sign in again with it.",
    reset_submit: "Change password",
    was_reset: "Your password is changed. Sign in with it.",
    no_token_title: "This link is incomplete",
    no_token_text: "Open the link exactly as it is in the mail, or ask for another.",
    invalid_title: "This link no longer works",
    invalid_text: "It has been used already, or is older than 30 minutes. Your password is as it was.",
    ask_again: "Ask for another link",
};

pub static FR: Password = Password {
    forgot_title: "Mot de passe oublié ?",
    forgot_lead: "Saisissez votre adresse : un e-mail vous apporte un lien pour en choisir un autre.",
    forgot_submit: "Envoyer le lien",
    sent_title: "Consultez vos e-mails",
    sent_text: "Si un compte a cette adresse, un e-mail est en route. Son lien sert une fois, pendant 30 minutes.",
    to_sign_in: "Retour à la connexion",
    reset_title: "Choisissez un nouveau mot de passe",
    reset_lead: "Vous serez déconnecté partout, puis vous vous reconnecterez avec lui.",
    reset_submit: "Changer le mot de passe",
    was_reset: "Votre mot de passe est changé. Connectez-vous avec lui.",
    no_token_title: "Ce lien est incomplet",
    no_token_text: "Ouvrez le lien tel qu’il est dans l’e-mail, ou demandez-en un autre.",
    invalid_title: "Ce lien ne fonctionne plus",
    invalid_text: "Il a déjà servi, ou date de plus de 30 minutes. Votre mot de passe n’a pas changé.",
    ask_again: "Demander un autre lien",
};
