//! The security log, and what of it is about oneself.

use contract::{ProblemCode, SecurityEventKind};

use super::Text;

#[derive(Debug)]
pub struct Security {
    pub title: &'static str,
    pub lead: &'static str,
    pub filter_kind: &'static str,
    pub any_kind: &'static str,
    pub filter_outcome: &'static str,
    pub any_outcome: &'static str,
    pub success: &'static str,
    pub refused: &'static str,
    /// What stands before the one account whose events are shown.
    pub of_account: &'static str,
    pub all_accounts: &'static str,
    pub column_at: &'static str,
    pub column_what: &'static str,
    pub column_account: &'static str,
    pub column_origin: &'static str,
    pub column_outcome: &'static str,
    pub unknown_account: &'static str,
    pub no_such_account: &'static str,
    pub former_account: &'static str,
    pub by_you: &'static str,
    pub by_another: &'static str,
    pub with_api_key: &'static str,
    pub api_key: &'static str,
    pub passkey: &'static str,
    pub role: &'static str,
    pub fields: &'static str,
    pub roles_gained: &'static str,
    pub roles_lost: &'static str,
    pub token_reused: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    /// How many events are on this page.
    pub shown: fn(usize) -> String,
    /// Where the page of an account leads.
    pub log_of_account: &'static str,
    pub activity_title: &'static str,
    pub activity_lead: &'static str,
    pub activity_empty_title: &'static str,
    pub activity_empty_text: &'static str,
    pub all_activity: &'static str,
    /// What happened, or was tried.
    pub kind: fn(SecurityEventKind) -> &'static str,
    /// Why it was refused, where that is not what the one who tried was told.
    reason: fn(ProblemCode) -> Option<&'static str>,
}

impl Text {
    /// Why something in the security log was refused.
    pub fn refusal(self, code: ProblemCode) -> &'static str {
        (self.security().reason)(code).unwrap_or_else(|| self.problem(code))
    }
}

pub static EN: Security = Security {
    title: "Security log",
    lead: "What happened to accounts, or was tried, the newest first.",
    filter_kind: "Event",
    any_kind: "Any event",
    filter_outcome: "Outcome",
    any_outcome: "Any outcome",
    success: "Success",
    refused: "Refused",
    of_account: "Only",
    all_accounts: "Show all accounts",
    column_at: "When",
    column_what: "Event",
    column_account: "Account",
    column_origin: "From",
    column_outcome: "Outcome",
    unknown_account: "Unknown",
    no_such_account: "no such account",
    former_account: "An account that is gone",
    by_you: "by you",
    by_another: "by another account",
    with_api_key: "with an API key",
    api_key: "Key",
    passkey: "Passkey",
    role: "Role",
    fields: "Fields",
    roles_gained: "Roles gained",
    roles_lost: "Roles lost",
    token_reused: "Somebody may have had a copy of it, so the session has ended.",
    empty_title: "Nothing has happened yet",
    empty_text: "Every sign-in and every change to an account appears here.",
    no_match_title: "No event matches",
    no_match_text: "Try other filters, or clear them.",
    shown: |count| match count {
        1 => "1 event on this page".to_owned(),
        _ => format!("{count} events on this page"),
    },
    log_of_account: "Security log of this account",
    activity_title: "Activity",
    activity_lead: "What happened to your account, or was tried, the newest first.",
    activity_empty_title: "Nothing has happened yet",
    activity_empty_text: "Every sign-in and every change to your account appears here.",
    all_activity: "See all activity",
    kind: |kind| match kind {
        SecurityEventKind::SetUp => "Set-up of the first administrator",
        SecurityEventKind::SignIn => "Sign-in",
        SecurityEventKind::SignOut => "Sign-out",
        SecurityEventKind::RefreshTokenReused => "Reuse of a spent refresh token",
        SecurityEventKind::PasswordForgotten => "Request for a password link",
        SecurityEventKind::PasswordReset => "New password by a link",
        SecurityEventKind::PasswordChanged => "Change of password",
        SecurityEventKind::SessionEnded => "End of a session",
        SecurityEventKind::OtherSessionsEnded => "End of all other sessions",
        SecurityEventKind::UserCreated => "Creation of the account",
        SecurityEventKind::UserChanged => "Change of the account",
        SecurityEventKind::UserLocked => "Locking of the account",
        SecurityEventKind::UserUnlocked => "Unlocking of the account",
        SecurityEventKind::SignUpRequested => "Request to sign up",
        SecurityEventKind::SignedUp => "Sign-up",
        SecurityEventKind::Invited => "Invitation",
        SecurityEventKind::InvitationWithdrawn => "Withdrawal of an invitation",
        SecurityEventKind::SecondFactorAsked => "Right password, second step asked for",
        SecurityEventKind::EmailChangeRequested => "Request to change the address",
        SecurityEventKind::EmailConfirmed => "Confirmation of the address",
        SecurityEventKind::AccountExported => "Export of the account’s data",
        SecurityEventKind::AccountDeleted => "Deletion of the account",
        SecurityEventKind::IdentityProven => "Confirmation of identity",
        SecurityEventKind::TotpAdded => "Authenticator app turned on",
        SecurityEventKind::TotpRemoved => "Authenticator app turned off",
        SecurityEventKind::PasskeyAdded => "Addition of a passkey",
        SecurityEventKind::PasskeyRemoved => "Removal of a passkey",
        SecurityEventKind::RecoveryCodesReplaced => "New recovery codes",
        SecurityEventKind::RoleChanged => "Change of a role",
        SecurityEventKind::ApiKeyCreated => "Creation of an API key",
        SecurityEventKind::ApiKeyDeleted => "Deletion of an API key",
    },
    reason: |code| match code {
        ProblemCode::InvalidCredentials => Some("Wrong address or password"),
        ProblemCode::AccountLocked => Some("The account is locked"),
        ProblemCode::SecondFactorInvalid => Some("Wrong code"),
        ProblemCode::PasskeyInvalid => Some("The passkey’s signature does not hold"),
        ProblemCode::PasskeyUnknown => Some("Unknown passkey"),
        ProblemCode::PasskeyWrongSite => Some("A passkey of another site"),
        ProblemCode::PasskeyNotVerified => Some("The device did not verify its owner"),
        ProblemCode::PasskeyCloned => Some("There may be a copy of the passkey"),
        ProblemCode::PasskeyCeremonyInvalid => Some("The passkey came too late"),
        ProblemCode::PasskeyTaken => Some("The passkey was there already"),
        ProblemCode::TooManyPasskeys => Some("As many passkeys as one may have"),
        ProblemCode::ProofRequired => Some("Identity confirmed too long ago"),
        ProblemCode::LastSecondFactor => Some("A role requires the second step"),
        ProblemCode::SessionEnded => Some("The session is over"),
        ProblemCode::SetupDone => Some("Matrice was already set up"),
        ProblemCode::LinkInvalid | ProblemCode::SetupTokenInvalid => Some("The link is spent or has expired"),
        ProblemCode::TooManyApiKeys => Some("As many API keys as one may have"),
        ProblemCode::Forbidden => Some("Not permitted"),
        ProblemCode::LastAdministrator => Some("The last administrator must stay one"),
        ProblemCode::PreconditionFailed => Some("Changed by somebody else in the meantime"),
        ProblemCode::ValidationFailed => Some("What was entered was not accepted"),
        ProblemCode::RateLimited => Some("Too many attempts"),
        ProblemCode::NotFound => Some("It did not exist, or no longer"),
        _ => None,
    },
};

pub static FR: Security = Security {
    title: "Journal de sécurité",
    lead: "Ce qui est arrivé aux comptes, ou a été tenté, le plus récent d’abord.",
    filter_kind: "Événement",
    any_kind: "Tous les événements",
    filter_outcome: "Résultat",
    any_outcome: "Tous les résultats",
    success: "Réussi",
    refused: "Refusé",
    of_account: "Seulement",
    all_accounts: "Voir tous les comptes",
    column_at: "Quand",
    column_what: "Événement",
    column_account: "Compte",
    column_origin: "Origine",
    column_outcome: "Résultat",
    unknown_account: "Inconnu",
    no_such_account: "aucun compte à cette adresse",
    former_account: "Un compte qui n’existe plus",
    by_you: "par vous",
    by_another: "par un autre compte",
    with_api_key: "avec une clé d’API",
    api_key: "Clé",
    passkey: "Clé d’accès",
    role: "Rôle",
    fields: "Champs",
    roles_gained: "Rôles reçus",
    roles_lost: "Rôles retirés",
    token_reused: "Quelqu’un pouvait en détenir une copie : la session a pris fin.",
    empty_title: "Rien ne s’est encore passé",
    empty_text: "Toutes les connexions et toutes les modifications d’un compte apparaissent ici.",
    no_match_title: "Aucun événement ne correspond",
    no_match_text: "Essayez d’autres filtres, ou effacez-les.",
    shown: |count| match count {
        0 | 1 => format!("{count} événement sur cette page"),
        _ => format!("{count} événements sur cette page"),
    },
    log_of_account: "Journal de sécurité de ce compte",
    activity_title: "Activité",
    activity_lead: "Ce qui est arrivé à votre compte, ou a été tenté, le plus récent d’abord.",
    activity_empty_title: "Rien ne s’est encore passé",
    activity_empty_text: "Toutes les connexions et toutes les modifications de votre compte apparaissent ici.",
    all_activity: "Voir toute l’activité",
    kind: |kind| match kind {
        SecurityEventKind::SetUp => "Création du premier administrateur",
        SecurityEventKind::SignIn => "Connexion",
        SecurityEventKind::SignOut => "Déconnexion",
        SecurityEventKind::RefreshTokenReused => "Réemploi d’un jeton de renouvellement",
        SecurityEventKind::PasswordForgotten => "Demande d’un lien de mot de passe",
        SecurityEventKind::PasswordReset => "Nouveau mot de passe par un lien",
        SecurityEventKind::PasswordChanged => "Changement de mot de passe",
        SecurityEventKind::SessionEnded => "Fin d’une session",
        SecurityEventKind::OtherSessionsEnded => "Fin de toutes les autres sessions",
        SecurityEventKind::UserCreated => "Création du compte",
        SecurityEventKind::UserChanged => "Modification du compte",
        SecurityEventKind::UserLocked => "Verrouillage du compte",
        SecurityEventKind::UserUnlocked => "Déverrouillage du compte",
        SecurityEventKind::SignUpRequested => "Demande d’inscription",
        SecurityEventKind::SignedUp => "Inscription",
        SecurityEventKind::Invited => "Invitation",
        SecurityEventKind::InvitationWithdrawn => "Retrait d’une invitation",
        SecurityEventKind::SecondFactorAsked => "Mot de passe juste, deuxième étape demandée",
        SecurityEventKind::EmailChangeRequested => "Demande de changement d’adresse",
        SecurityEventKind::EmailConfirmed => "Confirmation de l’adresse",
        SecurityEventKind::AccountExported => "Export des données du compte",
        SecurityEventKind::AccountDeleted => "Suppression du compte",
        SecurityEventKind::IdentityProven => "Confirmation d’identité",
        SecurityEventKind::TotpAdded => "Application d’authentification activée",
        SecurityEventKind::TotpRemoved => "Application d’authentification désactivée",
        SecurityEventKind::PasskeyAdded => "Ajout d’une clé d’accès",
        SecurityEventKind::PasskeyRemoved => "Retrait d’une clé d’accès",
        SecurityEventKind::RecoveryCodesReplaced => "Nouveaux codes de secours",
        SecurityEventKind::RoleChanged => "Modification d’un rôle",
        SecurityEventKind::ApiKeyCreated => "Création d’une clé d’API",
        SecurityEventKind::ApiKeyDeleted => "Suppression d’une clé d’API",
    },
    reason: |code| match code {
        ProblemCode::InvalidCredentials => Some("Adresse ou mot de passe erroné"),
        ProblemCode::AccountLocked => Some("Le compte est verrouillé"),
        ProblemCode::SecondFactorInvalid => Some("Code erroné"),
        ProblemCode::PasskeyInvalid => Some("La signature de la clé d’accès ne tient pas"),
        ProblemCode::PasskeyUnknown => Some("Clé d’accès inconnue"),
        ProblemCode::PasskeyWrongSite => Some("Clé d’accès d’un autre site"),
        ProblemCode::PasskeyNotVerified => Some("L’appareil n’a pas vérifié son propriétaire"),
        ProblemCode::PasskeyCloned => Some("Il existe peut-être une copie de la clé d’accès"),
        ProblemCode::PasskeyCeremonyInvalid => Some("La clé d’accès est arrivée trop tard"),
        ProblemCode::PasskeyTaken => Some("La clé d’accès y était déjà"),
        ProblemCode::TooManyPasskeys => Some("Déjà autant de clés d’accès que possible"),
        ProblemCode::ProofRequired => Some("Identité confirmée il y a trop longtemps"),
        ProblemCode::LastSecondFactor => Some("Un rôle exige la deuxième étape"),
        ProblemCode::SessionEnded => Some("La session est terminée"),
        ProblemCode::SetupDone => Some("Matrice était déjà installé"),
        ProblemCode::LinkInvalid | ProblemCode::SetupTokenInvalid => Some("Le lien a servi ou a expiré"),
        ProblemCode::TooManyApiKeys => Some("Déjà autant de clés d’API que possible"),
        ProblemCode::Forbidden => Some("Non autorisé"),
        ProblemCode::LastAdministrator => Some("Le dernier administrateur doit le rester"),
        ProblemCode::PreconditionFailed => Some("Modifié par quelqu’un d’autre entre-temps"),
        ProblemCode::ValidationFailed => Some("La saisie n’a pas été acceptée"),
        ProblemCode::RateLimited => Some("Trop de tentatives"),
        ProblemCode::NotFound => Some("Cela n’existait pas, ou plus"),
        _ => None,
    },
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use contract::Locale;

    use super::*;

    #[test]
    fn every_event_has_words_of_its_own() {
        for locale in Locale::ALL {
            let kind = Text::of(locale).security().kind;
            let words: HashSet<_> = SecurityEventKind::ALL.iter().map(|known| kind(*known)).collect();
            assert_eq!(words.len(), SecurityEventKind::ALL.len(), "{locale:?}");
            assert!(words.iter().all(|words| !words.is_empty()), "{locale:?}");
        }
    }

    #[test]
    fn the_log_speaks_of_others() {
        let english = Text::of(Locale::En);
        assert_eq!(english.refusal(ProblemCode::AccountLocked), "The account is locked");
        let other = ProblemCode::PayloadTooLarge;
        assert_eq!(english.refusal(other), english.problem(other));
    }
}
