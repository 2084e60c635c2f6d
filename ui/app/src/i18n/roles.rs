//! The roles: what they permit and what they demand.

#[derive(Debug)]
pub struct Roles {
    pub title: &'static str,
    pub lead: &'static str,
    pub own: &'static str,
    pub permits: &'static str,
    pub permits_nothing: &'static str,
    pub holders: &'static str,
    pub required: &'static str,
    pub optional: &'static str,
    /// By name.
    pub require_title: fn(&str) -> String,
    pub require_text: &'static str,
    /// What it means for who says so, follows the text.
    pub require_own: &'static str,
    pub require: &'static str,
    /// By name.
    pub was_required: fn(&str) -> String,
    /// By name.
    pub release_title: fn(&str) -> String,
    pub release_text: &'static str,
    pub release: &'static str,
    /// By name.
    pub was_released: fn(&str) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

pub static EN: Roles = Roles {
    title: "Roles",
    lead: "What each role permits, and what it demands of those who have it.",
    own: "Yours",
    permits: "What it permits",
    permits_nothing: "It permits nothing.",
    holders: "Accounts with this role",
    required: "Two-step sign-in required",
    optional: "Two-step sign-in optional",
    require_title: |role| format!("Require two-step sign-in of the role “{role}”?"),
    require_text: "Everyone who has this role and no second factor is asked to turn one on before anything else, even where they are signed in already. Until then, their API keys are refused as well. From now on, nobody with this role can turn off their last second factor.",
    require_own: "You are one of those who have none: you are asked as soon as you confirm.",
    require: "Require it",
    was_required: |role| format!("The role “{role}” now requires two-step sign-in"),
    release_title: |role| format!("No longer require two-step sign-in of the role “{role}”?"),
    release_text: "Everyone who has turned it on keeps it, but may turn it off. Unless another of their roles requires it, the password alone is then enough.",
    release: "No longer require it",
    was_released: |role| format!("The role “{role}” no longer requires two-step sign-in"),
    empty_title: "No roles",
    empty_text: "Without roles, accounts may see and change nothing but themselves.",
};

pub static FR: Roles = Roles {
    title: "Rôles",
    lead: "Ce que chaque rôle permet, et ce qu’il exige des personnes qui l’ont.",
    own: "Le vôtre",
    permits: "Ce qu’il permet",
    permits_nothing: "Il ne permet rien.",
    holders: "Comptes ayant ce rôle",
    required: "Connexion en deux étapes obligatoire",
    optional: "Connexion en deux étapes facultative",
    require_title: |role| format!("Exiger la connexion en deux étapes pour le rôle « {role} » ?"),
    require_text: "Les personnes qui ont ce rôle, mais aucun second facteur, devront en activer un avant toute autre chose, même là où elles sont déjà connectées. D’ici là, leurs clés d’API sont refusées elles aussi. Désormais, aucun titulaire du rôle ne pourra désactiver son dernier second facteur.",
    require_own: "Vous n’en avez pas : il vous sera demandé dès que vous aurez confirmé.",
    require: "Exiger",
    was_required: |role| format!("Le rôle « {role} » exige désormais la connexion en deux étapes"),
    release_title: |role| format!("Ne plus exiger la connexion en deux étapes pour le rôle « {role} » ?"),
    release_text: "Les personnes qui l’ont activée la gardent, mais pourront la désactiver. Sauf si un autre de leurs rôles l’exige, le mot de passe seul suffira alors.",
    release: "Ne plus exiger",
    was_released: |role| format!("Le rôle « {role} » n’exige plus la connexion en deux étapes"),
    empty_title: "Aucun rôle",
    empty_text: "Sans rôle, un compte ne peut voir et modifier que lui-même.",
};
