//! French.

use chrono::{DateTime, Datelike, Utc};

use crate::{
    Message,
    words::{Frame, Words},
};

pub const FRAME: Frame = Frame {
    greeting: |name| name.map_or_else(|| "Bonjour,".to_owned(), |name| format!("Bonjour {name},")),
    colon: " :",
    copy_link: "Si le bouton ne fonctionne pas, ouvrez ce lien :",
    footer: "Message automatique de Matrice ; une réponse n’atteindrait personne.",
};

const NOT_YOU: &str = "Si ce n’était pas vous, ignorez ce message : rien ne change.";
const SOMEBODY_ELSE: &str = "Si ce n’était pas vous, choisissez un autre mot de passe tout de suite et prévenez votre \
    administrateur.";
const CHOOSE_PASSWORD: &str = "Choisir un mot de passe";

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub fn words(message: &Message<'_>) -> Words {
    match message {
        Message::SignUp { link } => Words::new("Terminez la création de votre compte")
            .say("Vous avez demandé un compte avec cette adresse. Choisissez votre mot de passe pour terminer.")
            .ask("Créer mon compte", link)
            .say("Le lien fonctionne une seule fois, pendant 24 heures.")
            .say(NOT_YOU),
        Message::AlreadySignedUp { sign_in, forgot_password } => Words::new("Vous avez déjà un compte")
            .say("Vous avez demandé un compte avec cette adresse, et il en existe déjà un.")
            .ask("Se connecter", sign_in)
            .say(format!("Mot de passe oublié ? Choisissez-en un autre : {forgot_password}"))
            .say(NOT_YOU),
        Message::Invitation { inviter, link } => Words::new(format!("{inviter} vous invite sur Matrice"))
            .say(format!("{inviter} vous propose un compte. Choisissez votre mot de passe pour commencer."))
            .ask("Accepter l’invitation", link)
            .say("Le lien fonctionne une seule fois, pendant 7 jours."),
        Message::PasswordReset { link } => Words::new("Choisissez un nouveau mot de passe")
            .say("Vous avez demandé un nouveau mot de passe.")
            .ask(CHOOSE_PASSWORD, link)
            .say("Le lien fonctionne une seule fois, pendant 30 minutes. Vos autres sessions prendront alors fin.")
            .say(NOT_YOU),
        Message::PasswordChanged { forgot_password } => Words::new("Votre mot de passe a changé")
            .say("Votre mot de passe vient d’être changé, et vos autres sessions sont terminées.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::EmailVerification { link } => Words::new("Cette adresse est-elle la vôtre ?")
            .say("Confirmez que cette adresse est la vôtre.")
            .ask("Confirmer mon adresse", link)
            .say("Le lien fonctionne une seule fois, pendant 24 heures.")
            .say(NOT_YOU),
        Message::EmailInUse { sign_in } => Words::new("Cette adresse a déjà un compte")
            .say("Vous avez demandé cette adresse pour un autre compte ; elle a déjà le sien : rien ne change.")
            .ask("Se connecter", sign_in)
            .say(NOT_YOU),
        Message::EmailChangeRequested { new_email } => Words::new("Une autre adresse a été demandée")
            .say(format!(
                "Vous avez demandé à vous connecter désormais avec {new_email}. Cela prendra effet une fois cette \
                 adresse confirmée."
            ))
            .say("Si ce n’était pas vous, changez de mot de passe et prévenez votre administrateur."),
        Message::EmailChanged { new_email } => Words::new("Votre adresse a changé")
            .say(format!("L’adresse de votre compte est désormais {new_email}."))
            .say("Si ce n’était pas vous, prévenez votre administrateur."),
        Message::NewDevice { device, address, at, sessions } => Words::new("Un nouvel appareil s’est connecté")
            .say(format!(
                "Votre compte a été utilisé depuis un nouvel appareil : {}, depuis {address}, le {}.",
                if device.is_empty() { "un appareil qui ne dit pas ce qu’il est" } else { device },
                date(at)
            ))
            .say("Si c’était vous, tout va bien. Sinon, terminez cette session et changez de mot de passe.")
            .ask("Voir mes sessions", sessions),
        Message::ApiKeyCreated { name, expires_at, forgot_password } => Words::new("Une nouvelle clé d’API")
            .say(format!(
                "Votre compte a une nouvelle clé d’API, « {name} ». Elle fonctionne jusqu’au {}.",
                date(expires_at)
            ))
            .say(
                "Si ce n’était pas vous, supprimez cette clé, choisissez tout de suite un autre mot de passe et \
                 prévenez votre administrateur.",
            )
            .ask("Choisir un mot de passe", forgot_password),
        Message::ApiKeyDeleted { name, forgot_password } => Words::new("Une clé d’API a été supprimée")
            .say(format!("La clé d’API « {name} » de votre compte est supprimée : elle ne fonctionne plus."))
            .say("Si ce n’était pas vous, choisissez tout de suite un autre mot de passe et prévenez votre administrateur.")
            .ask("Choisir un mot de passe", forgot_password),
        Message::IdentitySignedUp { provider, account } => identity_signed_up(provider, account),
        Message::IdentityLinked { provider, account } => identity_linked(provider, account),
        Message::IdentityUnlinked { provider, forgot_password } => {
            identity_unlinked(provider, forgot_password)
        }
        Message::TotpAdded { forgot_password } => Words::new("Une application d’authentification a été ajoutée")
            .say("Désormais, la connexion à votre compte demande un code de votre application d’authentification.")
            .say("Gardez les codes de secours qui vous ont été montrés : ils remplacent l’application.")
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::TotpRemoved { forgot_password } => {
            Words::new("L’application d’authentification a été retirée")
                .say("La connexion à votre compte ne demande plus de code de votre application d’authentification.")
                .say(SOMEBODY_ELSE)
                .ask(CHOOSE_PASSWORD, forgot_password)
        }
        Message::PasskeyAdded { name, forgot_password } => passkey_added(name, forgot_password),
        Message::PasskeyRemoved { name, forgot_password } => passkey_removed(name, forgot_password),
        Message::SecondFactorReset { forgot_password } => second_factor_reset(forgot_password),
        Message::RecoveryCodesReplaced { forgot_password } => {
            Words::new("Vous avez de nouveaux codes de secours")
                .say("De nouveaux codes de secours ont été créés pour votre compte. Les anciens ne servent plus.")
                .say(SOMEBODY_ELSE)
                .ask(CHOOSE_PASSWORD, forgot_password)
        }
        Message::RecoveryCodeUsed { left, forgot_password } => Words::new("Un code de secours a servi")
            .say("Un de vos codes de secours a servi à prouver que c’est bien vous.")
            .say(match left {
                0 => "C’était le dernier : créez-en d’autres.".to_owned(),
                1 => "Il en reste un : créez-en d’autres.".to_owned(),
                _ => format!("Il en reste {left}."),
            })
            .say(SOMEBODY_ELSE)
            .ask(CHOOSE_PASSWORD, forgot_password),
        Message::AccountDeleted => account_deleted(),
    }
}

fn account_deleted() -> Words {
    Words::new("Votre compte est supprimé")
        .say("Votre compte et vos données sont supprimés, comme vous l’avez demandé.")
        .say("Si ce n’était pas vous, prévenez votre administrateur.")
}

fn identity_signed_up(provider: &str, account: &str) -> Words {
    Words::new("Votre compte est prêt")
        .say(format!(
            "Vous vous êtes connecté avec {provider} et avez désormais un compte. Il n’a pas de mot de passe : \
             connectez-vous toujours ainsi."
        ))
        .say("Si ce n’était pas vous, prévenez votre administrateur.")
        .ask("Voir mon compte", account)
}

fn identity_linked(provider: &str, account: &str) -> Words {
    Words::new(format!("Vous pouvez vous connecter avec {provider}"))
        .say(format!("Désormais, vous pouvez aussi vous connecter à votre compte avec {provider}."))
        .say(
            "Si ce n’était pas vous, retirez-le de votre compte, choisissez tout de suite un autre mot de passe et \
             prévenez votre administrateur.",
        )
        .ask("Voir mon compte", account)
}

fn identity_unlinked(provider: &str, forgot_password: &str) -> Words {
    Words::new(format!("{provider} a été retiré de votre compte"))
        .say(format!("Vous ne pouvez plus vous connecter à votre compte avec {provider}."))
        .say("Si votre compte n’a pas de mot de passe, choisissez-en un pour vous connecter.")
        .say(SOMEBODY_ELSE)
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn second_factor_reset(forgot_password: &str) -> Words {
    Words::new("Connexion en deux étapes désactivée")
        .say("Un administrateur a désactivé la connexion en deux étapes de votre compte, et vos sessions sont terminées.")
        .say("La connexion ne demande plus que votre mot de passe, jusqu’à ce que vous la réactiviez : faites-le vite.")
        .say("Si vous ne l’avez pas demandé, choisissez un autre mot de passe tout de suite et prévenez votre administrateur.")
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn passkey_added(name: &str, forgot_password: &str) -> Words {
    Words::new("Une clé d’accès a été ajoutée")
        .say(format!(
            "Votre compte a une nouvelle clé d’accès, « {name} ». Elle permet désormais de vous connecter sans mot \
             de passe."
        ))
        .say(
            "Si ce n’était pas vous, retirez cette clé d’accès, choisissez tout de suite un autre mot de passe et \
             prévenez votre administrateur.",
        )
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn passkey_removed(name: &str, forgot_password: &str) -> Words {
    Words::new("Une clé d’accès a été retirée")
        .say(format!(
            "La clé d’accès « {name} » de votre compte est retirée : elle ne permet plus de se connecter."
        ))
        .say(SOMEBODY_ELSE)
        .ask(CHOOSE_PASSWORD, forgot_password)
}

fn date(at: &DateTime<Utc>) -> String {
    let month = MONTHS[at.month0() as usize];
    format!("{} {month} {} à {} UTC", at.day(), at.year(), at.format("%H:%M"))
}
