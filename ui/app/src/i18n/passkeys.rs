//! The passkeys of one's own account.

use crate::browser::Device;

#[derive(Debug)]
pub struct Passkeys {
    pub title: &'static str,
    pub text: &'static str,
    pub empty: &'static str,
    pub add: &'static str,
    pub add_title: &'static str,
    pub add_text: &'static str,
    pub add_submit: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    /// What one is called that is kept by such a device.
    pub device: fn(Device) -> &'static str,
    /// By name.
    pub added: fn(&str) -> String,
    /// What stands before how long ago it was.
    pub added_at: &'static str,
    pub used_at: &'static str,
    pub never_used: &'static str,
    pub synced: &'static str,
    pub not_synced: &'static str,
    /// By name.
    pub rename_label: fn(&str) -> String,
    pub rename_title: &'static str,
    /// By its new name.
    pub renamed: fn(&str) -> String,
    pub remove: &'static str,
    /// By name.
    pub remove_label: fn(&str) -> String,
    /// By name.
    pub remove_title: fn(&str) -> String,
    pub remove_text: &'static str,
    /// By name.
    pub removed: fn(&str) -> String,
}

pub static EN: Passkeys = Passkeys {
    title: "Passkeys",
    text: "Sign in with your fingerprint, your face or your device’s PIN: nothing to type, and nothing that another site could ask you for.",
    empty: "You have no passkey yet.",
    add: "Add a passkey",
    add_title: "Add a passkey",
    add_text: "Your browser will ask where to keep it: on this device, in your password manager, or on a security key.",
    add_submit: "Continue",
    name: "Name",
    name_hint: "So that you recognise it in this list.",
    device: |device| match device {
        Device::Android => "Android device",
        Device::Chromebook => "Chromebook",
        Device::Ipad => "iPad",
        Device::Iphone => "iPhone",
        Device::Linux => "Linux computer",
        Device::Mac => "Mac",
        Device::Windows => "Windows computer",
        Device::Unknown => "My passkey",
    },
    added: |name| format!("Passkey “{name}” added"),
    added_at: "Added",
    used_at: "Last used",
    never_used: "Not used yet",
    synced: "Synced",
    not_synced: "On one device only",
    rename_label: |name| format!("Rename the passkey “{name}”"),
    rename_title: "Rename passkey",
    renamed: |name| format!("Now called “{name}”"),
    remove: "Remove passkey",
    remove_label: |name| format!("Remove the passkey “{name}”"),
    remove_title: |name| format!("Remove the passkey “{name}”?"),
    remove_text: "It no longer signs you in; your device may go on showing it until you delete it there, too. Without another second factor, two-step sign-in goes off, and your recovery codes stop working.",
    removed: |name| format!("Passkey “{name}” removed"),
};

pub static FR: Passkeys = Passkeys {
    title: "Clés d’accès",
    text: "Connectez-vous avec votre empreinte, votre visage ou le code de votre appareil : rien à saisir, et rien qu’un autre site puisse vous soutirer.",
    empty: "Vous n’avez pas encore de clé d’accès.",
    add: "Ajouter une clé d’accès",
    add_title: "Ajouter une clé d’accès",
    add_text: "Le navigateur vous demandera où la garder : sur cet appareil, dans votre gestionnaire de mots de passe ou sur une clé de sécurité.",
    add_submit: "Continuer",
    name: "Nom",
    name_hint: "Pour la reconnaître dans cette liste.",
    device: |device| match device {
        Device::Android => "Appareil Android",
        Device::Chromebook => "Chromebook",
        Device::Ipad => "iPad",
        Device::Iphone => "iPhone",
        Device::Linux => "Ordinateur Linux",
        Device::Mac => "Mac",
        Device::Windows => "Ordinateur Windows",
        Device::Unknown => "Ma clé d’accès",
    },
    added: |name| format!("Clé d’accès « {name} » ajoutée"),
    added_at: "Ajoutée",
    used_at: "Dernière utilisation",
    never_used: "Jamais utilisée",
    synced: "Synchronisée",
    not_synced: "Sur un seul appareil",
    rename_label: |name| format!("Renommer la clé d’accès « {name} »"),
    rename_title: "Renommer la clé d’accès",
    renamed: |name| format!("Elle s’appelle maintenant « {name} »"),
    remove: "Retirer la clé d’accès",
    remove_label: |name| format!("Retirer la clé d’accès « {name} »"),
    remove_title: |name| format!("Retirer la clé d’accès « {name} » ?"),
    remove_text: "Elle ne vous connectera plus ; votre appareil la montrera peut-être jusqu’à ce que vous l’y supprimiez aussi. Sans autre second facteur, la connexion en deux étapes est désactivée et vos codes de secours cessent de fonctionner.",
    removed: |name| format!("Clé d’accès « {name} » retirée"),
};
