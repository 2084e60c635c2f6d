//! The second step of signing in.

#[derive(Debug)]
pub struct Challenge {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub back: &'static str,
}

pub static EN: Challenge = Challenge {
    title: "One more step",
    lead: "So far, so good. Now prove that it’s you.",
    submit: "Sign in",
    back: "Sign in with another account",
};

pub static FR: Challenge = Challenge {
    title: "Encore une étape",
    lead: "C’est bon jusqu’ici. Prouvez maintenant que c’est bien vous.",
    submit: "Se connecter",
    back: "Se connecter avec un autre compte",
};
