//! Spin's own addresses: `/.well-known/spin/health` and `/.well-known/spin/info`.

use http::Response;
use serde::Serialize;
use wasmtime_wasi_http::WasiBody;

use super::{answer, problem::Problem};
use crate::application::Application;

pub(super) const PREFIX: &str = "/.well-known/spin/";

#[derive(Serialize)]
struct Info<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
}

/// The answer to `PREFIX` + `name`.
pub(super) fn respond(application: &Application, name: &str) -> Result<Response<WasiBody>, Problem> {
    match name {
        "health" => Ok(answer::own("text/plain; charset=utf-8", "OK")),
        "info" => {
            let info = Info { name: &application.name, version: &application.version };
            let json = serde_json::to_vec_pretty(&info).map_err(|_| Problem::ComponentFailed)?;
            Ok(answer::own("application/json", json))
        }
        _ => Err(Problem::NotFound),
    }
}
