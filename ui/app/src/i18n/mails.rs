//! What Matrice has written.

#[derive(Debug)]
pub struct Mails {
    pub title: &'static str,
    pub lead: &'static str,
    pub search: &'static str,
    pub column_recipient: &'static str,
    pub column_subject: &'static str,
    pub column_created: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    pub partial_title: &'static str,
    pub partial_text: &'static str,
    pub new_tab: &'static str,
    /// How many mails are on this page.
    pub shown: fn(usize) -> String,
}

pub static EN: Mails = Mails {
    title: "Mail",
    lead: "What Matrice has written, the newest first.",
    search: "Recipient’s address",
    column_recipient: "Recipient",
    column_subject: "Subject",
    column_created: "Written",
    empty_title: "No mail yet",
    empty_text: "Every mail that Matrice writes appears here.",
    no_match_title: "No mail to this address",
    no_match_text: "Check the address, or clear the field to see every mail.",
    partial_title: "Enter the whole address",
    partial_text: "Mails are found by their recipient’s whole address, such as ada@example.org.",
    new_tab: "opens in a new tab",
    shown: |count| match count {
        1 => "1 mail on this page".to_owned(),
        _ => format!("{count} mails on this page"),
    },
};

pub static FR: Mails = Mails {
    title: "Messages",
    lead: "Ce que Matrice a écrit, le plus récent d’abord.",
    search: "Adresse du destinataire",
    column_recipient: "Destinataire",
    column_subject: "Objet",
    column_created: "Écrit",
    empty_title: "Aucun message",
    empty_text: "Tous les messages que Matrice écrit apparaissent ici.",
    no_match_title: "Aucun message à cette adresse",
    no_match_text: "Vérifiez l’adresse, ou videz le champ pour voir tous les messages.",
    partial_title: "Saisissez l’adresse entière",
    partial_text: "Les messages se trouvent par l’adresse entière de leur destinataire, comme ada@example.org.",
    new_tab: "s’ouvre dans un nouvel onglet",
    shown: |count| match count {
        0 | 1 => format!("{count} message sur cette page"),
        _ => format!("{count} messages sur cette page"),
    },
};
