//! What is kept about oneself, and its end.

#[derive(Debug)]
pub struct OwnData {
    pub title: &'static str,
    pub text: &'static str,
    pub export_text: &'static str,
    pub export: &'static str,
    pub exported: &'static str,
    pub delete_text: &'static str,
    pub delete: &'static str,
    pub delete_title: &'static str,
    pub lost: &'static str,
    /// The name and the address.
    pub lost_account: fn(&str, &str) -> String,
    /// The roles, listed.
    pub lost_roles: fn(&str) -> String,
    pub lost_sessions: &'static str,
    pub lost_credentials: &'static str,
    pub lost_api_keys: &'static str,
    pub lost_consents: &'static str,
    pub lost_records: &'static str,
    pub email: &'static str,
    pub delete_submit: &'static str,
    /// By name.
    pub deleted: fn(&str) -> String,
}

pub static EN: OwnData = OwnData {
    title: "Your data",
    text: "A copy of all that is kept about you, and the way to leave.",
    export_text: "Your account and what has happened to it: sessions, second factors, passkeys, API keys, linked accounts, applications with access, links, mails and invitations, as a JSON file.",
    export: "Download my data",
    exported: "Your data is saved as a file",
    delete_text: "For good: nobody can bring the account back, not even an administrator.",
    delete: "Delete my account",
    delete_title: "Delete your account?",
    lost: "This cannot be undone. At once, these are gone:",
    lost_account: |name, email| format!("the account of {name}, {email}"),
    lost_roles: |roles| format!("your roles: {roles}"),
    lost_sessions: "your sessions, in every browser and on every device",
    lost_credentials: "your password, passkeys, two-step sign-in and linked accounts",
    lost_api_keys: "your API keys: what uses them stops working",
    lost_consents: "the access of every application that you sign in to with Matrice",
    lost_records: "the mails to you, and your invitations that nobody has accepted",
    email: "Type your e-mail address",
    delete_submit: "Delete for good",
    deleted: |name| format!("Your account is deleted. Goodbye, {name}."),
};

pub static FR: OwnData = OwnData {
    title: "Vos données",
    text: "Une copie de tout ce qui est conservé sur vous, et la porte de sortie.",
    export_text: "Votre compte et ce qui s’y est passé : sessions, seconds facteurs, clés d’accès, clés d’API, comptes associés, applications autorisées, liens, e-mails et invitations, dans un fichier JSON.",
    export: "Télécharger mes données",
    exported: "Vos données sont enregistrées dans un fichier",
    delete_text: "Définitivement : personne ne peut rétablir le compte, pas même un administrateur.",
    delete: "Supprimer mon compte",
    delete_title: "Supprimer votre compte ?",
    lost: "C’est irréversible. Disparaissent aussitôt :",
    lost_account: |name, email| format!("le compte de {name}, {email}"),
    lost_roles: |roles| format!("vos rôles : {roles}"),
    lost_sessions: "vos sessions, dans tous les navigateurs et sur tous les appareils",
    lost_credentials: "votre mot de passe, vos clés d’accès, la connexion en deux étapes et vos comptes associés",
    lost_api_keys: "vos clés d’API : ce qui s’en sert cesse de fonctionner",
    lost_consents: "l’accès de toutes les applications auxquelles vous vous connectez avec Matrice",
    lost_records: "les e-mails qui vous sont adressés, et vos invitations que personne n’a acceptées",
    email: "Saisissez votre adresse e-mail",
    delete_submit: "Supprimer définitivement",
    deleted: |name| format!("Votre compte est supprimé. Au revoir, {name}."),
};
