//! Français.

use contract::{FieldCode, FieldError, Permission, ProblemCode};

use super::text::{
    Account, Common, Field, Home, List, Mails, NotFound, Password, Setup, Shell, SignIn, Text, User, Users,
};

pub static TEXT: Text = Text {
    problem,
    field_error,
    permission,
    shell: Shell {
        skip_to_content: "Aller au contenu",
        main_navigation: "Principale",
        account_menu: "Menu du compte",
        home: "Accueil",
        users: "Utilisateurs",
        mail: "Messages",
        account: "Mon compte",
        sign_out: "Se déconnecter",
        theme: "Thème",
        theme_light: "Clair",
        theme_dark: "Sombre",
        theme_system: "Système",
        language: "Langue",
        notifications: "Notifications",
        offline: "Vous êtes hors ligne. Ce que vous voyez n’est peut-être plus à jour.",
        loading_page: "Chargement de la page",
        page_failed_title: "Cette page n’a pas pu être chargée",
        page_failed_text: "Vérifiez votre connexion et réessayez. Si Matrice vient d’être mis à jour, rechargez la page.",
        unreachable_title: "Matrice est injoignable",
    },
    common: Common {
        cancel: "Annuler",
        close: "Fermer",
        dismiss: "Masquer",
        retry: "Réessayer",
        save: "Enregistrer",
        saved: "Modifications enregistrées",
        undo: "Annuler",
        loading: "Chargement",
        never: "Jamais",
        none: "Aucun",
        lost: "Pas de réponse du serveur. Vérifiez votre connexion et réessayez.",
        unreadable: "La réponse du serveur est incompréhensible. Réessayez dans un instant.",
        signed_out: "Votre session est terminée. Reconnectez-vous.",
        error_title: "Le chargement a échoué",
        forbidden_title: "Vous n’avez pas accès à cette page",
        back_home: "Retour à l’accueil",
        forbidden_needs: |permissions| {
            format!("Il faut le droit de {permissions}. Un administrateur peut vous le donner.")
        },
        request_id: |id| format!("Référence : {id}"),
        try_again_in: |seconds| match seconds {
            0..=1 => "Réessayez dans une seconde.".to_owned(),
            2..=90 => format!("Réessayez dans {seconds} secondes."),
            _ => format!("Réessayez dans {} minutes.", seconds.div_ceil(60)),
        },
    },
    field: Field {
        email: "Adresse e-mail",
        display_name: "Nom",
        password: "Mot de passe",
        roles: "Rôles",
        show_password: "Afficher le mot de passe",
        hide_password: "Masquer le mot de passe",
        caps_lock: "Le verrouillage des majuscules est activé",
        password_hint: "Au moins 12 caractères. Quelques mots font un bon mot de passe.",
    },
    setup: Setup {
        title: "Installer Matrice",
        lead: "Créez le premier administrateur. Vous serez connecté aussitôt.",
        submit: "Créer l’administrateur",
        no_token_title: "Ce lien est incomplet",
        no_token_text: "Ouvrez le lien d’installation tel qu’il s’est affiché au démarrage de Matrice. Il sert une fois, pendant 30 minutes.",
        to_sign_in: "Aller à la connexion",
    },
    sign_in: SignIn {
        title: "Connexion",
        lead: "Heureux de vous revoir. Saisissez vos identifiants.",
        submit: "Se connecter",
        forgotten: "Mot de passe oublié ?",
    },
    password: Password {
        forgot_title: "Mot de passe oublié ?",
        forgot_lead: "Saisissez votre adresse : un e-mail vous apporte un lien pour en choisir un autre.",
        forgot_submit: "Envoyer le lien",
        sent_title: "Consultez vos e-mails",
        sent_text: "Si un compte a cette adresse, un e-mail est en route. Son lien sert une fois, pendant 30 minutes.",
        to_sign_in: "Retour à la connexion",
        reset_title: "Choisissez un nouveau mot de passe",
        reset_lead: "Vous serez déconnecté partout, puis vous vous reconnecterez avec lui.",
        reset_submit: "Changer le mot de passe",
        was_reset: "Votre mot de passe est changé. Connectez-vous avec lui.",
        no_token_title: "Ce lien est incomplet",
        no_token_text: "Ouvrez le lien tel qu’il est dans l’e-mail, ou demandez-en un autre.",
        invalid_title: "Ce lien ne fonctionne plus",
        invalid_text: "Il a déjà servi, ou date de plus de 30 minutes. Votre mot de passe n’a pas changé.",
        ask_again: "Demander un autre lien",
    },
    home: Home {
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
    },
    list: List { first_page: "Première page", previous: "Précédent", next: "Suivant", pages: "Pages" },
    users: Users {
        title: "Utilisateurs",
        lead: "Toutes les personnes qui peuvent se connecter à Matrice.",
        search: "Chercher un nom ou une adresse",
        filter_status: "Statut",
        filter_role: "Rôle",
        any_status: "Tous les statuts",
        any_role: "Tous les rôles",
        clear: "Effacer les filtres",
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
        sort_name: "Nom",
        sort_email: "Adresse e-mail",
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
        lock_title: |name| format!("Verrouiller le compte de {name} ?"),
        lock_text: "Toutes ses sessions prennent fin aussitôt, sur tous les appareils, et personne ne pourra s’y connecter avant son déverrouillage.",
        unlock_title: |name| format!("Déverrouiller le compte de {name} ?"),
        unlock_text: "Son titulaire pourra de nouveau se connecter avec le même mot de passe.",
        was_locked: |name| format!("Le compte de {name} est verrouillé"),
        was_unlocked: |name| format!("Le compte de {name} est déverrouillé"),
    },
    user: User {
        title: "Utilisateur",
        all_users: "Tous les utilisateurs",
        details: "Détails",
        profile: "Profil",
        updated: "Dernière modification",
        conflict_title: "Quelqu’un d’autre a modifié ce compte",
        conflict_text: "Vos modifications n’ont pas été enregistrées. Chargez la dernière version, puis refaites-les.",
        reload: "Charger la dernière version",
        not_found_title: "Ce compte n’existe pas",
        not_found_text: "Il a peut-être été supprimé, ou le lien est erroné.",
        read_only: "Vous pouvez voir ce compte, mais pas le modifier.",
        access: "Accès",
        roles_hint: "Les rôles décident de ce que le compte peut faire.",
    },
    account: Account {
        title: "Mon compte",
        lead: "Votre nom, votre sécurité, votre langue et ce que vous pouvez faire.",
        profile: "Profil",
        profile_text: "Ce que les autres voient de vous.",
        email_hint: "Seul un administrateur peut changer votre adresse.",
        preferences: "Préférences",
        preferences_text: "La langue vous suit sur tous vos appareils ; le thème reste dans ce navigateur.",
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
        session_used: "Utilisée",
        end_session: "Terminer",
        end_session_label: |device| format!("Terminer la session sur {device}"),
        session_ended: |device| format!("La session sur {device} est terminée"),
        end_others: "Terminer toutes les autres",
        end_others_title: "Terminer toutes les autres sessions ?",
        end_others_text: "Vous êtes déconnecté aussitôt de tous les autres navigateurs et appareils. Ici, vous restez connecté.",
        others_ended: "Toutes les autres sessions sont terminées",
    },
    mails: Mails {
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
    },
    not_found: NotFound {
        title: "Page introuvable",
        text: "L’adresse est peut-être mal écrite, ou la page a changé de place.",
    },
};

fn problem(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::MalformedRequest => "La requête n’a pas été comprise.",
        ProblemCode::Unauthenticated => "Connectez-vous pour continuer.",
        ProblemCode::InvalidCredentials => "L’adresse e-mail ou le mot de passe est faux.",
        ProblemCode::TokenExpired | ProblemCode::TokenInvalid | ProblemCode::SessionEnded => {
            "Votre session est terminée. Reconnectez-vous."
        }
        ProblemCode::AccountLocked => {
            "Ce compte est verrouillé. Demandez à un administrateur de le déverrouiller."
        }
        ProblemCode::Forbidden => "Vous n’avez pas le droit de faire cela.",
        ProblemCode::CrossSiteRequest => "La requête venait d’un autre site et a été refusée.",
        ProblemCode::SetupTokenInvalid => {
            "Ce lien d’installation a servi ou date de plus de 30 minutes. Redémarrez Matrice pour en obtenir un autre."
        }
        ProblemCode::SignUpClosed => "Ici, les comptes se créent sur invitation seulement.",
        ProblemCode::LinkInvalid => "Ce lien a servi ou a expiré. Demandez-en un autre.",
        ProblemCode::NotFound => "Cela n’existe pas, ou plus.",
        ProblemCode::MethodNotAllowed | ProblemCode::UnsupportedMediaType => {
            "Cette version de la page est périmée. Rechargez-la."
        }
        ProblemCode::SetupDone => "Matrice est déjà installé. Connectez-vous.",
        ProblemCode::LastAdministrator => {
            "Le dernier administrateur doit le rester : nommez-en d’abord un autre."
        }
        ProblemCode::PreconditionFailed => "Quelqu’un d’autre l’a modifié entre-temps.",
        ProblemCode::PayloadTooLarge => "C’est trop volumineux pour être enregistré.",
        ProblemCode::ValidationFailed => "Certains champs demandent votre attention.",
        ProblemCode::PreconditionRequired => "Chargez la dernière version et réessayez.",
        ProblemCode::RateLimited => "Trop de tentatives.",
        ProblemCode::Internal => "Une erreur s’est produite de notre côté.",
        ProblemCode::Unavailable => "Le service n’est pas disponible pour l’instant.",
    }
}

fn field_error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or_default();
    match (error.code, error.field.as_str()) {
        (FieldCode::Required, "email") => "Saisissez une adresse e-mail.".to_owned(),
        (FieldCode::Required, "password" | "current_password" | "new_password") => {
            "Saisissez un mot de passe.".to_owned()
        }
        (FieldCode::Required, "display_name") => "Saisissez un nom.".to_owned(),
        (FieldCode::Required, _) => "Ce champ est obligatoire.".to_owned(),
        (FieldCode::TooShort, _) => format!("Au moins {limit} caractères."),
        (FieldCode::TooLong, _) => format!("Au plus {limit} caractères."),
        (FieldCode::InvalidFormat, "email") => {
            "Saisissez une adresse complète, comme ada@example.org.".to_owned()
        }
        (FieldCode::InvalidFormat, _) => "Certains caractères ne sont pas admis.".to_owned(),
        (FieldCode::UnknownValue, _) => "Choisissez une des valeurs proposées.".to_owned(),
        (FieldCode::Taken, "email") => "Un autre compte a cette adresse.".to_owned(),
        (FieldCode::Taken, _) => "C’est déjà pris.".to_owned(),
        (FieldCode::Wrong, "current_password") => "Ce n’est pas votre mot de passe actuel.".to_owned(),
        (FieldCode::Wrong, _) => "Ce n’est pas cela.".to_owned(),
        (FieldCode::DomainNotAllowed, _) => "Les adresses de ce domaine ne sont pas admises ici.".to_owned(),
    }
}

fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::MailRead => "lire tous les messages que Matrice envoie, avec leurs liens",
        Permission::UsersRead => "voir les comptes et leurs rôles",
        Permission::UsersWrite => "créer, modifier, verrouiller et déverrouiller des comptes",
        Permission::RolesRead => "voir les rôles et ce qu’ils permettent",
        Permission::RolesGrant => "donner et retirer des rôles",
    }
}
