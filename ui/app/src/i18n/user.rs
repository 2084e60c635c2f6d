//! One account.

#[derive(Debug)]
pub struct User {
    pub title: &'static str,
    pub all_users: &'static str,
    pub details: &'static str,
    pub profile: &'static str,
    pub updated: &'static str,
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub read_only: &'static str,
    pub access: &'static str,
    pub roles_hint: &'static str,
}

pub static EN: User = User {
    title: "User",
    all_users: "All users",
    details: "Details",
    profile: "Profile",
    updated: "Last changed",
    not_found_title: "This account does not exist",
    not_found_text: "It may have been deleted, or the link may be wrong.",
    read_only: "You can see this account but not change it.",
    access: "Access",
    roles_hint: "Roles decide what the account may do.",
};

pub static FR: User = User {
    title: "Utilisateur",
    all_users: "Tous les utilisateurs",
    details: "Détails",
    profile: "Profil",
    updated: "Dernière modification",
    not_found_title: "Ce compte n’existe pas",
    not_found_text: "Il a peut-être été supprimé, ou le lien est erroné.",
    read_only: "Vous pouvez voir ce compte, mais pas le modifier.",
    access: "Accès",
    roles_hint: "Les rôles décident de ce que le compte peut faire.",
};
