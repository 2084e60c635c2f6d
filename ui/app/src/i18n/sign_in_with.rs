//! Signing in with an account elsewhere.

#[derive(Debug)]
pub struct SignInWith {
    /// The provider.
    pub button: fn(&str) -> String,
}

pub static EN: SignInWith = SignInWith { button: |provider| format!("Continue with {provider}") };

pub static FR: SignInWith = SignInWith { button: |provider| format!("Continuer avec {provider}") };
