//! Home.

#[derive(Debug)]
pub struct Home {
    pub title: &'static str,
    /// By name.
    pub welcome: fn(&str) -> String,
    pub lead: &'static str,
    pub your_account: &'static str,
    pub member_since: &'static str,
    pub permissions_title: &'static str,
    pub permissions_none: &'static str,
    pub recent_users: &'static str,
    pub all_users: &'static str,
    pub shortcuts: &'static str,
    pub shortcut_users: &'static str,
    pub shortcut_create: &'static str,
    pub shortcut_account: &'static str,
    pub granted: &'static str,
    pub not_granted: &'static str,
}

pub static EN: Home = Home {
    title: "Home",
    welcome: |name| format!("Welcome, {name}"),
    lead: "Here is your account at a glance.",
    your_account: "Your account",
    member_since: "Member since",
    permissions_title: "What you can do",
    permissions_none: "Your account has no particular rights yet. An administrator can give you a role.",
    recent_users: "Newest accounts",
    all_users: "All users",
    shortcuts: "Shortcuts",
    shortcut_users: "Manage accounts",
    shortcut_create: "Create an account",
    shortcut_account: "Edit your account",
    granted: "Allowed",
    not_granted: "Not allowed",
};

pub static FR: Home = Home {
    title: "Accueil",
    welcome: |name| format!("Bienvenue, {name}"),
    lead: "Votre compte en un coup d’œil.",
    your_account: "Votre compte",
    member_since: "Membre depuis",
    permissions_title: "Ce que vous pouvez faire",
    permissions_none: "Votre compte n’a pas encore de droit particulier. Un administrateur peut vous donner un rôle.",
    recent_users: "Derniers comptes créés",
    all_users: "Tous les utilisateurs",
    shortcuts: "Raccourcis",
    shortcut_users: "Gérer les comptes",
    shortcut_create: "Créer un compte",
    shortcut_account: "Modifier mon compte",
    granted: "Autorisé",
    not_granted: "Non autorisé",
};
