//! Using a passkey, and why the browser didn't.

use super::Text;
use crate::passkey::PasskeyRefusal;

#[derive(Debug)]
pub struct Passkey {
    pub sign_in: &'static str,
    pub prove: &'static str,
    pub insecure: &'static str,
    pub missing: &'static str,
    cancelled: &'static str,
    already_there: &'static str,
    pub wrong_place: &'static str,
    unsupported: &'static str,
    failed: &'static str,
}

impl Text {
    /// Why the browser gave no credential.
    pub fn passkey_refusal(self, refusal: PasskeyRefusal) -> &'static str {
        let text = self.passkey();
        match refusal {
            PasskeyRefusal::Cancelled => text.cancelled,
            PasskeyRefusal::AlreadyThere => text.already_there,
            PasskeyRefusal::WrongPlace => text.wrong_place,
            PasskeyRefusal::Unsupported => text.unsupported,
            PasskeyRefusal::Failed => text.failed,
        }
    }
}

pub static EN: Passkey = Passkey {
    sign_in: "Sign in with a passkey",
    prove: "Use a passkey",
    insecure: "Passkeys need a secure connection: open Matrice over https.",
    missing: "This browser has no passkeys: use a newer one.",
    cancelled: "Nothing was done: the browser’s question was closed, or had no answer in time.",
    already_there: "This device has a passkey for your account already.",
    wrong_place: "Passkeys don’t work at this address. Open Matrice by its own name, over https.",
    unsupported: "This device can’t do this. Try another one, or a security key with a PIN.",
    failed: "The browser could not finish this. Try again.",
};

pub static FR: Passkey = Passkey {
    sign_in: "Utiliser une clé d’accès",
    prove: "Utiliser une clé d’accès",
    insecure: "Les clés d’accès exigent une connexion sécurisée : ouvrez Matrice en https.",
    missing: "Ce navigateur ne connaît pas les clés d’accès : utilisez-en un plus récent.",
    cancelled: "Rien n’a été fait : la question du navigateur a été fermée ou est restée trop longtemps sans réponse.",
    already_there: "Cet appareil a déjà une clé d’accès pour votre compte.",
    wrong_place: "Les clés d’accès ne fonctionnent pas à cette adresse. Ouvrez Matrice sous son propre nom, en https.",
    unsupported: "Cet appareil ne le permet pas. Essayez-en un autre, ou une clé de sécurité avec code PIN.",
    failed: "Le navigateur n’a pas pu terminer l’opération. Réessayez.",
};
