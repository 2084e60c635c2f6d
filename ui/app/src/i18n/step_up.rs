//! Proving again who one is.

#[derive(Debug)]
pub struct StepUp {
    pub title: &'static str,
    pub text: &'static str,
    pub submit: &'static str,
}

pub static EN: StepUp = StepUp {
    title: "Confirm that it’s you",
    text: "What you are about to do is sensitive, and you last proved who you are a while ago.",
    submit: "Confirm",
};

pub static FR: StepUp = StepUp {
    title: "Confirmez votre identité",
    text: "Ce que vous allez faire est sensible, et vous n’avez pas prouvé votre identité depuis un moment.",
    submit: "Confirmer",
};
