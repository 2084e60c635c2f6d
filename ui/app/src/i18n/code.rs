//! Codes of a second factor.

#[derive(Debug)]
pub struct Code {
    pub app: &'static str,
    pub recovery: &'static str,
    pub use_app: &'static str,
    pub use_recovery: &'static str,
}

pub static EN: Code = Code {
    app: "Code from your authenticator app",
    recovery: "Recovery code",
    use_app: "Use your authenticator app",
    use_recovery: "Use a recovery code instead",
};

pub static FR: Code = Code {
    app: "Code de votre application d’authentification",
    recovery: "Code de secours",
    use_app: "Utiliser l’application d’authentification",
    use_recovery: "Utiliser plutôt un code de secours",
};
