//! Accounts that people make themselves.

#[derive(Debug)]
pub struct SignUp {
    pub title: &'static str,
    pub lead: &'static str,
    /// The domains that an address must be of.
    pub domains: fn(&[String]) -> String,
    pub submit: &'static str,
    pub to_sign_in: &'static str,
    pub sent_title: &'static str,
    /// The address.
    pub sent_text: fn(&str) -> String,
    pub other_address: &'static str,
    pub closed_title: &'static str,
    pub closed_text: &'static str,
    pub complete_title: &'static str,
    pub complete_lead: &'static str,
    /// Who is signed in until then.
    pub replaces: fn(&str) -> String,
    pub complete_submit: &'static str,
    pub invalid_title: &'static str,
    pub invalid_text: &'static str,
    pub ask_again: &'static str,
}

pub static EN: SignUp = SignUp {
    title: "Create your account",
    lead: "Enter your address, and a mail brings you a link to go on.",
    domains: |domains| format!("Your address must end in {}.", listed(domains, "or")),
    submit: "Send me the link",
    to_sign_in: "Back to sign in",
    sent_title: "Check your mail",
    sent_text: |email| {
        format!(
            "A mail is on its way to {email}. Its link works once, for 24 hours. Should you have an account already, the mail says so."
        )
    },
    other_address: "Enter another address",
    closed_title: "Accounts are by invitation only",
    closed_text: "Ask an administrator to invite you.",
    complete_title: "Finish creating your account",
    complete_lead: "Choose your name and your password. You will be signed in at once.",
    replaces: |name| {
        format!("You are signed in as {name}. From here on you will use the new account instead.")
    },
    complete_submit: "Create my account",
    invalid_title: "This link no longer works",
    invalid_text: "It has been used already, was withdrawn or has expired. If you have made your account with it, sign in; for another invitation, ask whoever invited you.",
    ask_again: "Ask for another link",
};

pub static FR: SignUp = SignUp {
    title: "Créez votre compte",
    lead: "Saisissez votre adresse : un e-mail vous apporte un lien pour continuer.",
    domains: |domains| format!("Votre adresse doit se terminer par {}.", listed(domains, "ou")),
    submit: "Envoyer le lien",
    to_sign_in: "Retour à la connexion",
    sent_title: "Consultez vos e-mails",
    sent_text: |email| {
        format!(
            "Un e-mail est en route vers {email}. Son lien sert une fois, pendant 24 heures. Si vous avez déjà un compte, il vous le dira."
        )
    },
    other_address: "Saisir une autre adresse",
    closed_title: "Les comptes se créent sur invitation",
    closed_text: "Demandez à un administrateur de vous inviter.",
    complete_title: "Terminez la création de votre compte",
    complete_lead: "Choisissez votre nom et votre mot de passe. Vous serez connecté aussitôt.",
    replaces: |name| {
        format!(
            "Vous êtes connecté en tant que {name}. Vous utiliserez désormais le nouveau compte à la place."
        )
    },
    complete_submit: "Créer mon compte",
    invalid_title: "Ce lien ne fonctionne plus",
    invalid_text: "Il a déjà servi, a été retiré ou a expiré. Si vous avez créé votre compte avec lui, connectez-vous ; pour une autre invitation, adressez-vous à la personne qui vous a invité.",
    ask_again: "Demander un autre lien",
};

/// `@a.org, @b.org or @c.org`.
fn listed(domains: &[String], or: &str) -> String {
    let domains: Vec<_> = domains.iter().map(|domain| format!("@{domain}")).collect();
    match domains.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        _ => domains.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_named_as_people_list_things() {
        let domains = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!((EN.domains)(&domains(&["a.org"])), "Your address must end in @a.org.");
        assert_eq!(
            (FR.domains)(&domains(&["a.org", "b.org", "c.org"])),
            "Votre adresse doit se terminer par @a.org, @b.org ou @c.org."
        );
    }
}
