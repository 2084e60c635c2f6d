//! Somebody else was faster.

#[derive(Debug)]
pub struct Conflict {
    pub title: &'static str,
    pub text: &'static str,
    pub reload: &'static str,
}

pub static EN: Conflict = Conflict {
    title: "Somebody else has changed this in the meantime",
    text: "Your changes were not saved. Load the latest version, then make them again.",
    reload: "Load the latest version",
};

pub static FR: Conflict = Conflict {
    title: "Quelqu’un d’autre l’a modifié entre-temps",
    text: "Vos modifications n’ont pas été enregistrées. Chargez la dernière version, puis refaites-les.",
    reload: "Charger la dernière version",
};
