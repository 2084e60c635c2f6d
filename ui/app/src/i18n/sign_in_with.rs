//! Signing in with an account elsewhere.

#[derive(Debug)]
pub struct SignInWith {
    pub or: &'static str,
    /// The provider.
    pub button: fn(&str) -> String,
}

pub static EN: SignInWith = SignInWith { or: "or", button: |provider| format!("Continue with {provider}") };

pub static FR: SignInWith = SignInWith { or: "ou", button: |provider| format!("Continuer avec {provider}") };
