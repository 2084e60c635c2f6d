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
    text: "What you are about to do is sensitive: it takes a recent proof of who you are.",
    submit: "Confirm",
    by_provider: |provider| format!("Confirm with {provider}"),
    leaves: "You leave this page for that: what you have typed here is lost.",
    no_provider: "The provider that you sign in with doesn’t say when it last asked who you are. With a password you can confirm it here.",
};

pub static FR: StepUp = StepUp {
    title: "Confirmez votre identité",
    text: "Ce que vous allez faire est sensible : il faut une preuve récente de votre identité.",
    submit: "Confirmer",
    by_provider: |provider| format!("Confirmer avec {provider}"),
    leaves: "Vous quittez cette page pour cela : ce que vous y avez saisi sera perdu.",
    no_provider: "Le fournisseur avec lequel vous vous connectez ne dit pas quand il vous a demandé pour la dernière fois qui vous êtes. Avec un mot de passe, vous pouvez le confirmer ici.",
};
