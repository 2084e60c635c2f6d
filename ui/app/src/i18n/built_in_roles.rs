//! What the roles are for that come with Matrice.

use contract::{Role, RoleName};

use super::Text;

/// Its name in the first migration.
const AUDITOR: &str = "auditor";

#[derive(Debug)]
pub struct BuiltInRoles {
    pub administrator: &'static str,
    pub auditor: &'static str,
}

impl Text {
    /// What a role is for: of those that come with Matrice in the reader's language, of others as the API tells it.
    pub fn role_description(self, role: &Role) -> String {
        match role.name.as_str() {
            RoleName::ADMINISTRATOR => self.built_in_roles().administrator.to_owned(),
            AUDITOR => self.built_in_roles().auditor.to_owned(),
            _ => role.description.clone(),
        }
    }
}

pub static EN: BuiltInRoles = BuiltInRoles {
    administrator: "May do everything; never left without a holder",
    auditor: "Sees accounts and roles, changes nothing",
};

pub static FR: BuiltInRoles = BuiltInRoles {
    administrator: "Peut tout faire ; au moins une personne l’a toujours",
    auditor: "Voit les comptes et les rôles, ne modifie rien",
};

#[cfg(test)]
mod tests {
    use contract::Locale;

    use super::*;

    fn description(name: &str, locale: Locale) -> String {
        let role = Role {
            name: RoleName::parse(name).unwrap(),
            description: "Made here".to_owned(),
            permissions: Vec::new(),
            requires_second_factor: false,
        };
        Text::of(locale).role_description(&role)
    }

    #[test]
    fn what_comes_with_matrice_is_said_in_the_readers_language() {
        assert_eq!(description("auditor", Locale::En), "Sees accounts and roles, changes nothing");
        assert_eq!(description("auditor", Locale::Fr), "Voit les comptes et les rôles, ne modifie rien");
        assert!(description("administrator", Locale::Fr).starts_with("Peut tout faire"));
    }

    #[test]
    fn what_was_made_here_is_said_as_it_was_written() {
        for locale in Locale::ALL {
            assert_eq!(description("librarian", locale), "Made here");
        }
    }
}
