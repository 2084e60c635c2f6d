//! Labels of fields.

#[derive(Debug)]
pub struct Field {
    pub email: &'static str,
    pub display_name: &'static str,
    pub password: &'static str,
    pub roles: &'static str,
    pub show_password: &'static str,
    pub hide_password: &'static str,
    pub caps_lock: &'static str,
    pub password_hint: &'static str,
}

pub static EN: Field = Field {
    email: "E-mail address",
    display_name: "Name",
    password: "Password",
    roles: "Roles",
    show_password: "Show password",
    hide_password: "Hide password",
    caps_lock: "Caps Lock is on",
    password_hint: "At least 12 characters. A few words make a good one.",
};

pub static FR: Field = Field {
    email: "Adresse e-mail",
    display_name: "Nom",
    password: "Mot de passe",
    roles: "Rôles",
    show_password: "Afficher le mot de passe",
    hide_password: "Masquer le mot de passe",
    caps_lock: "Le verrouillage des majuscules est activé",
    password_hint: "Au moins 12 caractères. Quelques mots font un bon mot de passe.",
};
