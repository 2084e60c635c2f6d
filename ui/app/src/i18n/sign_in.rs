//! Signing in.

#[derive(Debug)]
pub struct SignIn {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub forgotten: &'static str,
    pub create_account: &'static str,
}

pub static EN: SignIn = SignIn {
    title: "Sign in",
    lead: "Welcome back. Enter your details to continue.",
    submit: "Sign in",
    forgotten: "Forgotten your password?",
    create_account: "Create account",
};

pub static FR: SignIn = SignIn {
    title: "Connexion",
    lead: "Heureux de vous revoir. Saisissez vos identifiants.",
    submit: "Se connecter",
    forgotten: "Mot de passe oublié ?",
    create_account: "Créer un compte",
};
