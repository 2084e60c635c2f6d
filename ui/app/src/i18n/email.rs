//! The address of one's own account.

#[derive(Debug)]
pub struct Email {
    pub title: &'static str,
    pub text: &'static str,
    pub verified: &'static str,
    pub unverified: &'static str,
    pub verify: &'static str,
    pub verify_again: &'static str,
    /// The address.
    pub verify_sent: fn(&str) -> String,
    pub change: &'static str,
    pub change_title: &'static str,
    pub change_text: &'static str,
    pub new_address: &'static str,
    pub change_submit: &'static str,
    /// The new address.
    pub change_sent: fn(&str) -> String,
}

pub static EN: Email = Email {
    title: "E-mail address",
    text: "You sign in with it, and it is where mails reach you.",
    verified: "Confirmed",
    unverified: "Not confirmed",
    verify: "Send a link to confirm it",
    verify_again: "Send the link again",
    verify_sent: |email| format!("A mail is on its way to {email}. Its link works once, for 24 hours."),
    change: "Change address",
    change_title: "Change your address",
    change_text: "A mail brings a link to the new address, and another tells the present one. Nothing changes until you open the link.",
    new_address: "New address",
    change_submit: "Send the link",
    change_sent: |email| {
        format!(
            "A mail is on its way to {email}. Open its link within 24 hours to sign in with that address; until then you keep the present one."
        )
    },
};

pub static FR: Email = Email {
    title: "Adresse e-mail",
    text: "Vous vous connectez avec elle, et c’est là que vous recevez les e-mails.",
    verified: "Confirmée",
    unverified: "Non confirmée",
    verify: "Envoyer un lien pour la confirmer",
    verify_again: "Renvoyer le lien",
    verify_sent: |email| {
        format!("Un e-mail est en route vers {email}. Son lien sert une fois, pendant 24 heures.")
    },
    change: "Changer d’adresse",
    change_title: "Changer d’adresse",
    change_text: "Un e-mail apporte un lien à la nouvelle adresse, un autre prévient l’actuelle. Rien ne change avant l’ouverture du lien.",
    new_address: "Nouvelle adresse",
    change_submit: "Envoyer le lien",
    change_sent: |email| {
        format!(
            "Un e-mail est en route vers {email}. Ouvrez son lien dans les 24 heures pour vous connecter avec cette adresse ; d’ici là, vous gardez l’actuelle."
        )
    },
};
