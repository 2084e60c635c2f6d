//! Spin's own addresses: `/.well-known/spin/health` and `/.well-known/spin/info`.

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use http_body_util::{BodyExt as _, Full};
use serde::Serialize;
use wasmtime_wasi_http::WasiBody;

use super::problem::Problem;
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
        "health" => Ok(Response::new(full(Bytes::from_static(b"OK")))),
        "info" => {
            let info = Info { name: &application.name, version: &application.version };
            let json = serde_json::to_vec_pretty(&info).map_err(|_| Problem::ComponentFailed)?;
            let mut response = Response::new(full(json.into()));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            Ok(response)
        }
        _ => Err(Problem::NotFound),
    }
}

fn full(bytes: Bytes) -> WasiBody {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}
