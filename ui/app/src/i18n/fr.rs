//! Français : ce que veulent dire les codes de l’API.

use contract::{FieldCode, FieldError, Permission, ProblemCode, RedirectUri};

pub fn problem(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::MalformedRequest => "La requête n’a pas été comprise.",
        ProblemCode::ClientInvalid => "Cette application n’est pas connue ici, ou a été désactivée.",
        ProblemCode::RedirectUriInvalid => "L’application n’a pas enregistré l’adresse qu’elle indique.",
        ProblemCode::IdTokenHintInvalid => "La demande de déconnexion de l’application n’est pas valable.",
        ProblemCode::TooManyClientSecrets => "L’application a deux secrets : supprimez-en d’abord un.",
        ProblemCode::PublicClient => "Une application publique n’a pas de secret.",
        ProblemCode::Unauthenticated => "Connectez-vous pour continuer.",
        ProblemCode::InvalidCredentials => "L’adresse e-mail ou le mot de passe est faux.",
        ProblemCode::SecondFactorInvalid => "Ce code est faux ou a déjà servi.",
        ProblemCode::ChallengeInvalid => {
            "Cela a pris trop de temps, ou trop de codes étaient faux. Reconnectez-vous."
        }
        ProblemCode::PasskeyInvalid => "La clé d’accès n’a pas été acceptée. Réessayez.",
        ProblemCode::PasskeyUnknown => {
            "Aucun compte n’a cette clé d’accès ici : elle a été retirée, ou sert ailleurs."
        }
        ProblemCode::PasskeyWrongSite => {
            "Cette clé d’accès est celle d’un autre site, ou la page a une autre adresse."
        }
        ProblemCode::PasskeyNotVerified => {
            "L’appareil n’a pas vérifié que c’était vous. Utilisez une clé d’accès qui demande une empreinte, un visage \
             ou un code."
        }
        ProblemCode::PasskeyCloned => {
            "Il existe peut-être une copie de cette clé d’accès. Connectez-vous autrement et retirez-la de votre compte."
        }
        ProblemCode::PasskeyCeremonyInvalid => "Cela a pris trop de temps. Réessayez.",
        ProblemCode::PasskeyTaken => "Cette clé d’accès a déjà été ajoutée.",
        ProblemCode::TooManyPasskeys => {
            "Vous avez autant de clés d’accès que possible : retirez-en d’abord une."
        }
        ProblemCode::TokenExpired | ProblemCode::TokenInvalid | ProblemCode::SessionEnded => {
            "Votre session est terminée. Reconnectez-vous."
        }
        ProblemCode::AccountLocked => {
            "Ce compte est verrouillé. Demandez à un administrateur de le déverrouiller."
        }
        ProblemCode::ApiKeyInvalid => "Cette clé d’API n’est pas valable.",
        ProblemCode::SessionRequired => "Connectez-vous pour faire cela : une clé d’API n’y suffit pas.",
        ProblemCode::TooManyApiKeys => {
            "Vous avez autant de clés d’API que possible : supprimez-en d’abord une."
        }
        ProblemCode::Forbidden => "Vous n’avez pas le droit de faire cela.",
        ProblemCode::SecondFactorRequired => "Votre rôle exige un second facteur. Activez-en un d’abord.",
        ProblemCode::ProofRequired => {
            "Votre connexion remonte à un moment. Reconnectez-vous pour faire cela."
        }
        ProblemCode::CrossSiteRequest => "La requête venait d’un autre site et a été refusée.",
        ProblemCode::SetupTokenInvalid => {
            "Ce lien d’installation a servi ou date de plus de 30 minutes. Redémarrez Matrice pour en obtenir un autre."
        }
        ProblemCode::SignUpClosed => "Ici, les comptes se créent sur invitation seulement.",
        ProblemCode::LinkInvalid => "Ce lien a servi ou a expiré. Demandez-en un autre.",
        ProblemCode::AuthorizationInvalid => {
            "Cela a pris trop de temps ou a déjà servi. Recommencez avec le fournisseur."
        }
        ProblemCode::AuthorizationDenied => "Le fournisseur n’a pas été autorisé à dire qui vous êtes.",
        ProblemCode::ProviderEmailUnverified => {
            "Le fournisseur n’a pas vérifié votre adresse e-mail. Faites-la vérifier chez lui, ou connectez-vous autrement."
        }
        ProblemCode::LinkRequired => {
            "Un compte utilise déjà votre adresse. Connectez-vous comme d’habitude, puis associez le fournisseur à votre compte."
        }
        ProblemCode::IdentityNotLinked => "Ceci n’est pas associé à votre compte.",
        ProblemCode::SignInNotFresh => {
            "Le fournisseur ne vous a pas redemandé qui vous êtes. Confirmez autrement."
        }
        ProblemCode::NotFound => "Cela n’existe pas, ou plus.",
        ProblemCode::MethodNotAllowed | ProblemCode::UnsupportedMediaType => {
            "Cette version de la page est périmée. Rechargez-la."
        }
        ProblemCode::SetupDone => "Matrice est déjà installé. Connectez-vous.",
        ProblemCode::LastAdministrator => {
            "Le dernier administrateur doit le rester : nommez-en d’abord un autre."
        }
        ProblemCode::PasswordNotSet => {
            "Votre compte n’a pas de mot de passe. Choisissez-en un par « Mot de passe oublié ? »."
        }
        ProblemCode::IdentityTaken => "Ceci est déjà associé à un autre compte.",
        ProblemCode::LastSecondFactor => "Votre rôle exige un second facteur : celui-ci doit rester actif.",
        ProblemCode::SecondFactorOff => "Aucun second facteur n’est actif.",
        ProblemCode::MailNotFailed => "Le message est en route ou déjà envoyé.",
        ProblemCode::MailLinkExpired => {
            "Le lien du message n’est plus valable. Son destinataire doit en demander un autre."
        }
        ProblemCode::TotpNotBegun => "Recommencez la mise en place de l’application d’authentification.",
        ProblemCode::PreconditionFailed => "Quelqu’un d’autre l’a modifié entre-temps.",
        ProblemCode::PayloadTooLarge => "C’est trop volumineux pour être enregistré.",
        ProblemCode::ValidationFailed => "Certains champs demandent votre attention.",
        ProblemCode::PreconditionRequired => "Chargez la dernière version et réessayez.",
        ProblemCode::RateLimited => "Trop de tentatives.",
        ProblemCode::ProviderFailed => {
            "Le fournisseur a répondu quelque chose d’inattendu. Réessayez plus tard, ou connectez-vous autrement."
        }
        ProblemCode::ProviderUnavailable => "Le fournisseur ne répond pas pour l’instant.",
        ProblemCode::Overloaded => "Trop de personnes se connectent en ce moment.",
        ProblemCode::Internal => "Une erreur s’est produite de notre côté.",
        ProblemCode::Unavailable => "Le service n’est pas disponible pour l’instant.",
    }
}

pub fn field_error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or_default();
    match (error.code, error.field.as_str()) {
        (FieldCode::Required, "email" | "new_email") => "Saisissez une adresse e-mail.".to_owned(),
        (FieldCode::Required, "password" | "current_password" | "new_password") => {
            "Saisissez un mot de passe.".to_owned()
        }
        (FieldCode::Required, "display_name" | "name") => "Saisissez un nom.".to_owned(),
        (FieldCode::Required, "code") => "Saisissez le code.".to_owned(),
        (FieldCode::Required, _) => "Ce champ est obligatoire.".to_owned(),
        (FieldCode::TooShort, _) => format!("Au moins {limit} caractères."),
        (FieldCode::TooLong, "redirect_uris" | "post_logout_redirect_uris") => {
            format!("Au plus {}, d’au plus {} caractères chacune.", RedirectUri::MOST, RedirectUri::MAX)
        }
        (FieldCode::TooLong, _) => format!("Au plus {limit} caractères."),
        (FieldCode::InvalidFormat, "email" | "new_email") => {
            "Saisissez une adresse complète, comme ada@example.org.".to_owned()
        }
        (FieldCode::InvalidFormat, "redirect_uris" | "post_logout_redirect_uris") => {
            "Chacune doit être complète et sans fragment : https, http sur la machine elle-même, ou un schéma propre à l’application, comme org.example.app:/callback.".to_owned()
        }
        (FieldCode::InvalidFormat, _) => "Certains caractères ne sont pas admis.".to_owned(),
        (FieldCode::UnknownValue, _) => "Choisissez une des valeurs proposées.".to_owned(),
        (FieldCode::Taken, "email") => "Un autre compte a cette adresse.".to_owned(),
        (FieldCode::Taken, "new_email") => "C’est déjà votre adresse.".to_owned(),
        (FieldCode::Taken, _) => "C’est déjà pris.".to_owned(),
        (FieldCode::Wrong, "current_password" | "password") => {
            "Ce n’est pas votre mot de passe actuel.".to_owned()
        }
        (FieldCode::Wrong, "code") => "Ce code est faux ou a déjà servi. Essayez le suivant.".to_owned(),
        (FieldCode::Wrong, "email") => "Ce n’est pas l’adresse de votre compte.".to_owned(),
        (FieldCode::Wrong, _) => "Ce n’est pas cela.".to_owned(),
        (FieldCode::DomainNotAllowed, _) => "Les adresses de ce domaine ne sont pas admises ici.".to_owned(),
        (FieldCode::TooWeak, _) => {
            "C’est trop facile à deviner. Utilisez quelques mots peu courants.".to_owned()
        }
    }
}

pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::ClientsRead => "voir les applications auxquelles on se connecte",
        Permission::ClientsWrite => "enregistrer, modifier et supprimer des applications",
        Permission::MailRead => "voir tous les messages que Matrice envoie et, avec une session, les ouvrir",
        Permission::MailSend => "renvoyer les messages qui ont échoué",
        Permission::UsersRead => "voir les comptes et leurs rôles",
        Permission::UsersWrite => "créer, modifier, verrouiller et déverrouiller des comptes",
        Permission::RolesRead => "voir les rôles et ce qu’ils permettent",
        Permission::RolesWrite => "changer ce que les rôles exigent",
        Permission::RolesGrant => "donner et retirer des rôles",
        Permission::SecurityRead => "lire le journal de sécurité",
    }
}
