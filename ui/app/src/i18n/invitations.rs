//! Invitations: accounts that are offered.

#[derive(Debug)]
pub struct Invitations {
    pub title: &'static str,
    pub lead: &'static str,
    /// What the views of the users' page are.
    pub views: &'static str,
    pub accounts: &'static str,
    pub invite: &'static str,
    pub invite_title: &'static str,
    pub invite_text: &'static str,
    pub invite_submit: &'static str,
    /// By address.
    pub invited: fn(&str) -> String,
    pub column_email: &'static str,
    pub column_roles: &'static str,
    pub column_invited_by: &'static str,
    pub column_created: &'static str,
    pub column_expires: &'static str,
    pub column_actions: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    /// How many invitations are on this page.
    pub shown: fn(usize) -> String,
    pub withdraw: &'static str,
    /// By address.
    pub withdraw_label: fn(&str) -> String,
    /// By address.
    pub withdraw_title: fn(&str) -> String,
    pub withdraw_text: &'static str,
    /// By address.
    pub withdrawn: fn(&str) -> String,
}

pub static EN: Invitations = Invitations {
    title: "Invitations",
    lead: "Accounts that are offered and not yet taken.",
    views: "Accounts and invitations",
    accounts: "Accounts",
    invite: "Invite",
    invite_title: "Invite somebody",
    invite_text: "A mail brings a link to choose a name and a password. It works once, for 7 days, and replaces an earlier invitation.",
    invite_submit: "Send invitation",
    invited: |email| format!("An invitation is on its way to {email}"),
    column_email: "E-mail address",
    column_roles: "Roles",
    column_invited_by: "Invited by",
    column_created: "Sent",
    column_expires: "Expires",
    column_actions: "Actions",
    empty_title: "No open invitations",
    empty_text: "Whoever is invited is listed here until they accept.",
    shown: |count| match count {
        1 => "1 invitation on this page".to_owned(),
        _ => format!("{count} invitations on this page"),
    },
    withdraw: "Withdraw",
    withdraw_label: |email| format!("Withdraw the invitation to {email}"),
    withdraw_title: |email| format!("Withdraw the invitation to {email}?"),
    withdraw_text: "The link that was mailed stops working at once. The address can be invited again.",
    withdrawn: |email| format!("The invitation to {email} is withdrawn"),
};

pub static FR: Invitations = Invitations {
    title: "Invitations",
    lead: "Les comptes proposés que personne n’a encore acceptés.",
    views: "Comptes et invitations",
    accounts: "Comptes",
    invite: "Inviter",
    invite_title: "Inviter quelqu’un",
    invite_text: "Un e-mail apporte un lien pour choisir un nom et un mot de passe. Il sert une fois, pendant 7 jours, et remplace une invitation précédente.",
    invite_submit: "Envoyer l’invitation",
    invited: |email| format!("Une invitation est en route vers {email}"),
    column_email: "Adresse e-mail",
    column_roles: "Rôles",
    column_invited_by: "Invité par",
    column_created: "Envoi",
    column_expires: "Expiration",
    column_actions: "Actions",
    empty_title: "Aucune invitation en cours",
    empty_text: "Les personnes invitées figurent ici jusqu’à ce qu’elles acceptent.",
    shown: |count| match count {
        0 | 1 => format!("{count} invitation sur cette page"),
        _ => format!("{count} invitations sur cette page"),
    },
    withdraw: "Retirer",
    withdraw_label: |email| format!("Retirer l’invitation envoyée à {email}"),
    // No line ends before the mark.
    withdraw_title: |email| format!("Retirer l’invitation envoyée à {email} ?"),
    withdraw_text: "Le lien envoyé cesse aussitôt de fonctionner. L’adresse peut être invitée de nouveau.",
    withdrawn: |email| format!("L’invitation envoyée à {email} est retirée"),
};
