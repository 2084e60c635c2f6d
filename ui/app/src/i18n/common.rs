//! Words that many pages use.

#[derive(Debug)]
pub struct Common {
    pub cancel: &'static str,
    pub close: &'static str,
    pub dismiss: &'static str,
    pub retry: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub undo: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub loading: &'static str,
    pub never: &'static str,
    pub none: &'static str,
    /// Between one way and another.
    pub or: &'static str,
    pub lost: &'static str,
    pub unreadable: &'static str,
    pub signed_out: &'static str,
    pub unproven: &'static str,
    pub error_title: &'static str,
    pub forbidden_title: &'static str,
    pub back_home: &'static str,
    /// The permissions that are missing, already in words.
    pub forbidden_needs: fn(&str) -> String,
    /// The number under which the log has the rest.
    pub request_id: fn(&str) -> String,
    /// How many seconds to wait.
    pub try_again_in: fn(u32) -> String,
}

pub static EN: Common = Common {
    cancel: "Cancel",
    close: "Close",
    dismiss: "Dismiss",
    retry: "Try again",
    save: "Save changes",
    saved: "Changes saved",
    undo: "Undo",
    copied: "Copied",
    copy_failed: "The browser did not allow copying. Select the text and copy it yourself.",
    loading: "Loading",
    never: "Never",
    none: "None",
    or: "or",
    lost: "No answer from the server. Check your connection and try again.",
    unreadable: "The server’s answer could not be understood. Try again in a moment.",
    signed_out: "Your session has ended. Sign in again.",
    unproven: "Not done: you have not confirmed that it is you.",
    error_title: "This could not be loaded",
    forbidden_title: "You don’t have access to this",
    back_home: "Back to home",
    forbidden_needs: |permissions| {
        format!("It takes the right to {permissions}. An administrator can give it to you.")
    },
    request_id: |id| format!("Reference: {id}"),
    try_again_in: |seconds| match seconds {
        0..=1 => "Try again in a second.".to_owned(),
        2..=90 => format!("Try again in {seconds} seconds."),
        _ => format!("Try again in {} minutes.", seconds.div_ceil(60)),
    },
};

pub static FR: Common = Common {
    cancel: "Annuler",
    close: "Fermer",
    dismiss: "Masquer",
    retry: "Réessayer",
    save: "Enregistrer",
    saved: "Modifications enregistrées",
    undo: "Annuler",
    copied: "Copié",
    copy_failed: "Le navigateur n’a pas permis la copie. Sélectionnez le texte et copiez-le vous-même.",
    loading: "Chargement",
    never: "Jamais",
    none: "Aucun",
    or: "ou",
    lost: "Pas de réponse du serveur. Vérifiez votre connexion et réessayez.",
    unreadable: "La réponse du serveur est incompréhensible. Réessayez dans un instant.",
    signed_out: "Votre session est terminée. Reconnectez-vous.",
    unproven: "Rien n’a été fait : vous n’avez pas confirmé votre identité.",
    error_title: "Le chargement a échoué",
    forbidden_title: "Vous n’avez pas accès à cette page",
    back_home: "Retour à l’accueil",
    forbidden_needs: |permissions| {
        format!("Il faut ce droit : {permissions}. Un administrateur peut vous le donner.")
    },
    request_id: |id| format!("Référence : {id}"),
    try_again_in: |seconds| match seconds {
        0..=1 => "Réessayez dans une seconde.".to_owned(),
        2..=90 => format!("Réessayez dans {seconds} secondes."),
        _ => format!("Réessayez dans {} minutes.", seconds.div_ceil(60)),
    },
};
