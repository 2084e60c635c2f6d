//! The roles of the back office.

use contract::{Role, RoleName, UpdateRole};

use super::error::ApiError;
use super::session::Session;
use super::transport::Method;

impl Session {
    /// Changes what a role demands.
    pub async fn update_role(&self, name: &RoleName, changes: &UpdateRole) -> Result<Role, ApiError> {
        self.call(Method::Patch, &format!("/api/core/v1/roles/{name}"), changes).await
    }
}

#[cfg(test)]
mod tests {
    use contract::ProblemCode;

    use super::*;
    use crate::api::Connection;
    use crate::api::scripted::{Scripted, answer, problem, run};

    #[test]
    fn a_role_demands_what_it_is_told_to() {
        let script = Scripted::new();
        let path = "/api/core/v1/roles/auditor";
        let auditor = r#"{"name":"auditor","description":"Sees","permissions":["roles:read"],"requires_second_factor":true}"#;
        script.on(path, problem(ProblemCode::ProofRequired));
        script.on(path, answer(200, auditor));
        let session = Session::new(Connection::new(script.clone()));
        let name = RoleName::parse("auditor").unwrap();
        let changes = UpdateRole { requires_second_factor: Some(true) };
        let refused = run(session.update_role(&name, &changes)).unwrap_err();
        assert_eq!(refused.code(), Some(ProblemCode::ProofRequired));
        assert!(run(session.update_role(&name, &changes)).unwrap().requires_second_factor);
        assert_eq!(script.sent()[0].body.as_deref(), Some(r#"{"requires_second_factor":true}"#));
    }
}
