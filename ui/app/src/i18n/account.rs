//! One's own account.

use super::Text;

#[derive(Debug)]
pub struct Account {
    pub title: &'static str,
    pub lead: &'static str,
    pub profile: &'static str,
    pub profile_text: &'static str,
    pub preferences: &'static str,
    pub preferences_text: &'static str,
    pub access: &'static str,
    pub access_text: &'static str,
    pub password: &'static str,
    pub password_text: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub change_password: &'static str,
    pub password_changed: &'static str,
    pub sessions: &'static str,
    pub sessions_text: &'static str,
    pub this_session: &'static str,
    unknown_device: &'static str,
    /// By browser and system.
    device: fn(&str, &str) -> String,
    /// What stands before how long ago it was.
    pub session_used: &'static str,
    pub end_session: &'static str,
    /// By device.
    pub end_session_label: fn(&str) -> String,
    /// By device.
    pub session_ended: fn(&str) -> String,
    pub end_others: &'static str,
    pub end_others_title: &'static str,
    pub end_others_text: &'static str,
    pub others_ended: &'static str,
    pub api_keys: &'static str,
    pub api_keys_text: &'static str,
    pub manage_api_keys: &'static str,
    pub activity: &'static str,
    pub activity_text: &'static str,
}

impl Text {
    /// What a session is on. The API says `Firefox on Linux`, or a name alone, or nothing.
    pub fn device(self, device: &str) -> String {
        match device.split_once(" on ") {
            Some((browser, system)) => (self.account().device)(browser, system),
            None if device.is_empty() => self.account().unknown_device.to_owned(),
            None => device.to_owned(),
        }
    }
}

pub static EN: Account = Account {
    title: "My account",
    lead: "Your name, your security, your language and what you may do.",
    profile: "Profile",
    profile_text: "How others see you.",
    preferences: "Preferences",
    preferences_text: "The language follows you to every device; the theme stays in this browser.",
    access: "Access",
    access_text: "Your roles, and what they allow.",
    password: "Password",
    password_text: "Changing it signs you out everywhere else, and a mail confirms it.",
    current_password: "Current password",
    new_password: "New password",
    change_password: "Change password",
    password_changed: "Password changed. You are signed out everywhere else.",
    sessions: "Where you are signed in",
    sessions_text: "If you don’t know one of them, end it and change your password.",
    this_session: "This one",
    unknown_device: "Unknown device",
    device: |browser, system| format!("{browser} on {system}"),
    session_used: "Used",
    end_session: "End",
    end_session_label: |device| format!("End the session on {device}"),
    session_ended: |device| format!("The session on {device} has ended"),
    end_others: "End all others",
    end_others_title: "End all other sessions?",
    end_others_text: "You are signed out at once in every other browser and on every other device. Here you stay signed in.",
    others_ended: "All other sessions have ended",
    api_keys: "API keys",
    api_keys_text: "What programs use to act for you.",
    manage_api_keys: "Manage API keys",
    activity: "Recent activity",
    activity_text: "If something here wasn’t you, change your password.",
};

pub static FR: Account = Account {
    title: "Mon compte",
    lead: "Votre nom, votre sécurité, votre langue et ce que vous pouvez faire.",
    profile: "Profil",
    profile_text: "Ce que les autres voient de vous.",
    preferences: "Préférences",
    preferences_text: "La langue vous suit sur tous vos appareils ; le thème reste dans ce navigateur.",
    access: "Accès",
    access_text: "Vos rôles, et ce qu’ils permettent.",
    password: "Mot de passe",
    password_text: "Le changer vous déconnecte partout ailleurs, et un e-mail le confirme.",
    current_password: "Mot de passe actuel",
    new_password: "Nouveau mot de passe",
    change_password: "Changer le mot de passe",
    password_changed: "Mot de passe changé. Vous êtes déconnecté partout ailleurs.",
    sessions: "Où vous êtes connecté",
    sessions_text: "Si vous n’en reconnaissez pas une, mettez-y fin et changez de mot de passe.",
    this_session: "Celle-ci",
    unknown_device: "Appareil inconnu",
    device: |browser, system| format!("{browser} sous {system}"),
    session_used: "Utilisée",
    end_session: "Terminer",
    end_session_label: |device| format!("Terminer la session sur {device}"),
    session_ended: |device| format!("La session sur {device} est terminée"),
    end_others: "Terminer toutes les autres",
    end_others_title: "Terminer toutes les autres sessions ?",
    end_others_text: "Vous êtes déconnecté aussitôt de tous les autres navigateurs et appareils. Ici, vous restez connecté.",
    others_ended: "Toutes les autres sessions sont terminées",
    api_keys: "Clés d’API",
    api_keys_text: "Ce qu’utilisent les programmes pour agir à votre place.",
    manage_api_keys: "Gérer les clés d’API",
    activity: "Activité récente",
    activity_text: "Si quelque chose ici ne vient pas de vous, changez de mot de passe.",
};
