//! The list of accounts, and what can be done with them.

use super::Text;

#[derive(Debug)]
pub struct Users {
    pub title: &'static str,
    pub lead: &'static str,
    pub search: &'static str,
    pub filter_status: &'static str,
    pub filter_role: &'static str,
    pub any_status: &'static str,
    pub any_role: &'static str,
    pub active: &'static str,
    pub locked: &'static str,
    pub column_name: &'static str,
    pub column_email: &'static str,
    pub column_roles: &'static str,
    pub column_status: &'static str,
    pub column_created: &'static str,
    pub column_last_sign_in: &'static str,
    pub column_actions: &'static str,
    pub sort: &'static str,
    pub sort_newest: &'static str,
    pub sort_oldest: &'static str,
    pub sort_name: &'static str,
    pub sort_name_descending: &'static str,
    pub sort_email: &'static str,
    pub sort_email_descending: &'static str,
    pub you: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    /// How many accounts are on this page.
    pub shown: fn(usize) -> String,
    pub create: &'static str,
    pub create_title: &'static str,
    pub create_submit: &'static str,
    /// By name.
    pub created: fn(&str) -> String,
    pub lock: &'static str,
    pub unlock: &'static str,
    /// By name.
    pub lock_label: fn(&str) -> String,
    /// By name.
    pub unlock_label: fn(&str) -> String,
    /// By name.
    pub lock_title: fn(&str) -> String,
    pub lock_text: &'static str,
    /// By name.
    pub unlock_title: fn(&str) -> String,
    pub unlock_text: &'static str,
    /// By name.
    pub was_locked: fn(&str) -> String,
    /// By name.
    pub was_unlocked: fn(&str) -> String,
    administrator: &'static str,
    auditor: &'static str,
}

impl Text {
    /// What a role is for. Those that there are from the start have their descriptions from a migration, in English.
    pub fn role_description(self, description: &str) -> &str {
        if description == EN.administrator {
            self.users().administrator
        } else if description == EN.auditor {
            self.users().auditor
        } else {
            description
        }
    }
}

pub static EN: Users = Users {
    title: "Users",
    lead: "Everyone who can sign in to Matrice.",
    search: "Search by name or e-mail",
    filter_status: "Status",
    filter_role: "Role",
    any_status: "Any status",
    any_role: "Any role",
    active: "Active",
    locked: "Locked",
    column_name: "Name",
    column_email: "E-mail address",
    column_roles: "Roles",
    column_status: "Status",
    column_created: "Created",
    column_last_sign_in: "Last sign-in",
    column_actions: "Actions",
    sort: "Sort by",
    sort_newest: "Newest first",
    sort_oldest: "Oldest first",
    sort_name: "Name, A to Z",
    sort_name_descending: "Name, Z to A",
    sort_email: "E-mail address, A to Z",
    sort_email_descending: "E-mail address, Z to A",
    you: "You",
    empty_title: "No accounts yet",
    empty_text: "Create the first one to give somebody access.",
    no_match_title: "No account matches",
    no_match_text: "Try another search, or clear the filters.",
    shown: |count| match count {
        1 => "1 account on this page".to_owned(),
        _ => format!("{count} accounts on this page"),
    },
    create: "New user",
    create_title: "New user",
    create_submit: "Create user",
    created: |name| format!("{name} can now sign in"),
    lock: "Lock",
    unlock: "Unlock",
    lock_label: |name| format!("Lock {name}"),
    unlock_label: |name| format!("Unlock {name}"),
    lock_title: |name| format!("Lock {name}’s account?"),
    lock_text: "Every session of this account ends at once, on every device, and nobody can sign in with it until it is unlocked.",
    unlock_title: |name| format!("Unlock {name}’s account?"),
    unlock_text: "Its owner will be able to sign in again with the same password.",
    was_locked: |name| format!("{name}’s account is locked"),
    was_unlocked: |name| format!("{name}’s account is unlocked"),
    administrator: "May do everything; never left without a holder",
    auditor: "Sees accounts and roles, changes nothing",
};

pub static FR: Users = Users {
    title: "Utilisateurs",
    lead: "Toutes les personnes qui peuvent se connecter à Matrice.",
    search: "Chercher un nom ou une adresse",
    filter_status: "Statut",
    filter_role: "Rôle",
    any_status: "Tous les statuts",
    any_role: "Tous les rôles",
    active: "Actif",
    locked: "Verrouillé",
    column_name: "Nom",
    column_email: "Adresse e-mail",
    column_roles: "Rôles",
    column_status: "Statut",
    column_created: "Création",
    column_last_sign_in: "Dernière connexion",
    column_actions: "Actions",
    sort: "Trier par",
    sort_newest: "Plus récents",
    sort_oldest: "Plus anciens",
    sort_name: "Nom, de A à Z",
    sort_name_descending: "Nom, de Z à A",
    sort_email: "Adresse e-mail, de A à Z",
    sort_email_descending: "Adresse e-mail, de Z à A",
    you: "Vous",
    empty_title: "Aucun compte",
    empty_text: "Créez le premier pour donner un accès à quelqu’un.",
    no_match_title: "Aucun compte ne correspond",
    no_match_text: "Essayez une autre recherche, ou effacez les filtres.",
    shown: |count| match count {
        0 | 1 => format!("{count} compte sur cette page"),
        _ => format!("{count} comptes sur cette page"),
    },
    create: "Nouvel utilisateur",
    create_title: "Nouvel utilisateur",
    create_submit: "Créer l’utilisateur",
    created: |name| format!("{name} peut maintenant se connecter"),
    lock: "Verrouiller",
    unlock: "Déverrouiller",
    lock_label: |name| format!("Verrouiller {name}"),
    unlock_label: |name| format!("Déverrouiller {name}"),
    lock_title: |name| format!("Verrouiller le compte de {name} ?"),
    lock_text: "Toutes ses sessions prennent fin aussitôt, sur tous les appareils, et personne ne pourra s’y connecter avant son déverrouillage.",
    unlock_title: |name| format!("Déverrouiller le compte de {name} ?"),
    unlock_text: "Son titulaire pourra de nouveau se connecter avec le même mot de passe.",
    was_locked: |name| format!("Le compte de {name} est verrouillé"),
    was_unlocked: |name| format!("Le compte de {name} est déverrouillé"),
    administrator: "Peut tout faire ; a toujours au moins un titulaire",
    auditor: "Voit les comptes et les rôles, ne change rien",
};
