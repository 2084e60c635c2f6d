//! Set-up.

#[derive(Debug)]
pub struct Setup {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub no_token_title: &'static str,
    pub no_token_text: &'static str,
    pub to_sign_in: &'static str,
}

pub static EN: Setup = Setup {
    title: "Set up Matrice",
    lead: "Create the first administrator. You will be signed in at once.",
    submit: "Create administrator",
    no_token_title: "This link is incomplete",
    no_token_text: "Open the set-up link exactly as it was printed when Matrice started. It works once, for 30 minutes.",
    to_sign_in: "Go to sign in",
};

pub static FR: Setup = Setup {
    title: "Installer Matrice",
    lead: "Créez le premier administrateur. Vous serez connecté aussitôt.",
    submit: "Créer l’administrateur",
    no_token_title: "Ce lien est incomplet",
    no_token_text: "Ouvrez le lien d’installation tel qu’il s’est affiché au démarrage de Matrice. Il sert une fois, pendant 30 minutes.",
    to_sign_in: "Aller à la connexion",
};
