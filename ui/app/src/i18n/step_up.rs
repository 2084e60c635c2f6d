//! Proving again who one is.

#[derive(Debug)]
pub struct StepUp {
    pub title: &'static str,
    pub text: &'static str,
    pub submit: &'static str,
    /// The provider.
    pub by_provider: fn(&str) -> String,
    pub leaves: &'static str,
    pub no_provider: &'static str,
}

pub static EN: StepUp = StepUp {
    title: "Confirm that it’s you",
    text: "What you are about to do is sensitive, and you last proved who you are a while ago.",
    submit: "Confirm",
    by_provider: |provider| format!("Confirm with {provider}"),
    leaves: "You leave this page for that: what you have typed here is lost.",
    no_provider: "The provider that you sign in with can’t confirm this.",
};

pub static FR: StepUp = StepUp {
    title: "Confirmez votre identité",
    text: "Ce que vous allez faire est sensible, et vous n’avez pas prouvé votre identité depuis un moment.",
    submit: "Confirmer",
    by_provider: |provider| format!("Confirmer avec {provider}"),
    leaves: "Vous quittez cette page pour cela : ce que vous y avez saisi sera perdu.",
    no_provider: "Le fournisseur avec lequel vous vous connectez ne peut pas le confirmer.",
};
