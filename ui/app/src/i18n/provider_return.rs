//! Coming back from a provider.

#[derive(Debug)]
pub struct ProviderReturn {
    pub title: &'static str,
    pub lead: &'static str,
    pub not_signed_in: &'static str,
    pub not_linked: &'static str,
    pub not_proven: &'static str,
    pub nothing_begun: &'static str,
    pub other_way: &'static str,
    pub go_back: &'static str,
    pub linked: &'static str,
    pub proven: &'static str,
}

pub static EN: ProviderReturn = ProviderReturn {
    title: "One moment",
    lead: "What the provider says is being checked.",
    not_signed_in: "You are not signed in",
    not_linked: "Nothing was linked",
    not_proven: "Not confirmed",
    nothing_begun: "This can’t be completed",
    other_way: "Sign in another way",
    go_back: "Back to where I was",
    linked: "Linked. From now on you can sign in with it.",
    proven: "Confirmed. Do again what you were about to do.",
};

pub static FR: ProviderReturn = ProviderReturn {
    title: "Un instant",
    lead: "Vérification de la réponse du fournisseur.",
    not_signed_in: "Vous n’êtes pas connecté",
    not_linked: "Rien n’a été associé",
    not_proven: "Identité non confirmée",
    nothing_begun: "Impossible d’aller plus loin",
    other_way: "Se connecter autrement",
    go_back: "Revenir où j’étais",
    linked: "C’est associé. Vous pouvez désormais vous connecter ainsi.",
    proven: "C’est confirmé. Refaites ce que vous alliez faire.",
};
