//! Sample accounts, so that lists have something to show.

use std::time::Duration;

use anyhow::{Result, bail};
use contract::{CreateUser, FieldCode, Problem, User};
use reqwest::{Response, StatusCode, header::RETRY_AFTER};

use super::api::{Api, accepted};
use crate::progress::Step;
use crate::secrets::random_password;

/// How often an account is asked for again.
const PATIENCE: usize = 5;

/// Adds the sample accounts through the API, as the administrator would; says what came of it.
pub async fn fill(url: &str, email: &str, password: &str) -> Result<String> {
    let step = Step::start("Adding sample accounts");
    let mut api = Api::new(url)?;
    api.sign_in(email, password).await?;
    let sample_password = random_password()?;
    let mut added = 0;
    for (position, name) in NAMES.into_iter().enumerate() {
        let account = CreateUser {
            email: address(name),
            display_name: name.to_owned(),
            password: sample_password.clone(),
            roles: if position % 9 == 4 { vec!["auditor".to_owned()] } else { Vec::new() },
        };
        let response = create(&api, &account).await?;
        if response.status() == StatusCode::UNPROCESSABLE_ENTITY {
            let problem: Problem = response.json().await?;
            if is_there(&problem) {
                continue;
            }
            bail!("{name}: {}", serde_json::to_string(&problem)?);
        }
        let user: User = accepted(response).await?.json().await?;
        if position % 7 == 3 {
            accepted(api.post(&format!("users/{}/lock", user.id), &serde_json::json!({})).await?).await?;
        }
        added += 1;
    }
    step.done(format!("{added} added"));
    Ok(match added {
        0 => "The sample accounts are there".to_owned(),
        _ => format!("The {added} sample accounts have the password {sample_password}"),
    })
}

/// Makes an account, no faster than the installation hashes passwords.
async fn create(api: &Api, account: &CreateUser) -> Result<Response> {
    let mut response = api.post("users", account).await?;
    for _ in 0..PATIENCE {
        let wait =
            response.headers().get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()?.parse().ok());
        let Some(seconds) = wait else { break };
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        response = api.post("users", account).await?;
    }
    Ok(response)
}

/// Whether the account is from an earlier run.
fn is_there(problem: &Problem) -> bool {
    problem.errors.iter().any(|error| error.field == "email" && error.code == FieldCode::Taken)
}

/// `Zoë van der Berg` has `zoe.van.der.berg@example.org`.
fn address(name: &str) -> String {
    let plain = name.to_lowercase().chars().map(without_accent).collect::<String>();
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("{}@example.org", words.join("."))
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ó' | 'ô' | 'ö' | 'ø' => 'o',
        'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Of many places and lengths: what a table must bear.
const NAMES: [&str; 60] = [
    "Amélie Laurent",
    "Noah Okafor",
    "Sofía Hernández",
    "Kenji Watanabe",
    "Lena Fischer",
    "Mateo Álvarez",
    "Priya Raman",
    "Olivier Dubois",
    "Zoë van der Berg",
    "Youssef Benali",
    "Chloé Moreau",
    "Ingrid Solberg",
    "Diego Fernández",
    "Hannah Schmidt",
    "Aisha Mbeki",
    "Lucas Martin",
    "Mei Lin Chen",
    "Tomasz Nowak",
    "Élodie Bernard",
    "Rafael Souza",
    "Freya Lindqvist",
    "Omar Haddad",
    "Camille Rousseau",
    "Jonas Weber",
    "Nadia Petrova",
    "Théo Girard",
    "Gabriela Costa",
    "Hiroshi Tanaka",
    "Manon Lefèvre",
    "Samuel Adeyemi",
    "Björn Åkesson",
    "Inès Fontaine",
    "Marco Ricci",
    "Fatima Zahra Idrissi",
    "Louis Chevalier",
    "Eva Novotná",
    "Daniel O'Connor",
    "Juliette Marchand",
    "Arjun Mehta",
    "Katarzyna Wiśniewska",
    "Hugo Blanchard",
    "Leila Karimi",
    "Victor Dupont",
    "Anneliese Hoffmann-Steiner",
    "Pablo Romero",
    "Margaux Perrin",
    "Ravi Krishnan",
    "Clara Johansen",
    "Mehdi Cherif",
    "Sarah Goldberg",
    "Étienne Caron",
    "Yuki Nakamura",
    "Isabella Rossi",
    "Baptiste Renard",
    "Thandiwe Dlamini",
    "Maximilian von Hohenfels",
    "Léa Mercier",
    "Andrei Popescu",
    "Nora Bakke",
    "Bo",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_sample_is_a_valid_account_of_its_own() {
        let mut addresses = HashSet::new();
        for name in NAMES {
            let account = CreateUser {
                email: address(name),
                display_name: name.to_owned(),
                password: random_password().unwrap(),
                roles: Vec::new(),
            };
            assert!(account.parse().is_ok(), "{account:?}");
            assert!(addresses.insert(account.email), "{name}");
        }
    }
}
