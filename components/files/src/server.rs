//! What is answered to which request.

use std::{io, path::PathBuf, sync::Arc};

use contract::ProblemCode;
use headers::{HeaderMapExt, IfNoneMatch};
use http::{HeaderMap, Method, Response, StatusCode, header};

use crate::{
    body::Body,
    cache::Cache,
    encoding::{self, Encoding},
    path::FilePath,
    policy,
    range::{self, Part},
    refusal,
    representation::Representation,
};

/// Serves the files of one folder.
#[derive(Debug)]
pub struct FileServer {
    cache: Cache,
}

impl FileServer {
    /// Serves the files below `root`, which is read as requests come.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { cache: Cache::new(root.into()) }
    }

    /// Answers a request; `url_path` is the path of its URL as it came, still encoded.
    pub fn respond(&self, method: &Method, url_path: &str, headers: &HeaderMap) -> Response<Body> {
        let mut response = if matches!(*method, Method::GET | Method::HEAD) {
            self.read(method, url_path, headers).unwrap_or_else(|error| {
                // The file is there and cannot be read: a fault of the installation.
                refusal::fail(&format_args!("cannot read the file of {url_path:?}: {error}"), headers)
            })
        } else {
            refusal::respond(ProblemCode::MethodNotAllowed, headers)
        };
        if method == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        response
    }

    fn read(&self, method: &Method, url_path: &str, headers: &HeaderMap) -> io::Result<Response<Body>> {
        match self.find(url_path, headers)? {
            Some(file) => answer(&file, method, headers),
            None => Ok(refusal::respond(ProblemCode::NotFound, headers)),
        }
    }

    fn find(&self, url_path: &str, headers: &HeaderMap) -> io::Result<Option<Arc<Representation>>> {
        let Some(path) = FilePath::parse(url_path) else { return Ok(None) };
        // Parts are of the plain file: those of a compressed one are of no use to whoever asks for them.
        let codings =
            if range::is_asked(headers) { vec![Encoding::Identity] } else { encoding::acceptable(headers) };
        let is_file = !path.is_root() && !url_path.ends_with('/');
        if is_file
            && !self.is_compressed_sibling(&path)?
            && let Some(found) = self.cache.find(&path, &codings)?
        {
            return Ok(Some(found));
        }
        if path.is_root() || is_page(&path, headers) {
            return self.cache.find(&FilePath::index(), &codings);
        }
        Ok(None)
    }

    /// `app.js.br` is `app.js` in another form, which `Accept-Encoding` gets; it has no address of its own.
    fn is_compressed_sibling(&self, path: &FilePath) -> io::Result<bool> {
        if !matches!(path.extension(), Some("br" | "gz")) {
            return Ok(false);
        }
        path.without_extension().map_or(Ok(false), |stem| self.cache.contains(&stem))
    }
}

/// Whether a browser opens it as a page, which the application then draws: the address bar, a link or a
/// reload, and no script, picture or request for data.
fn is_page(path: &FilePath, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let navigates = match text("sec-fetch-mode") {
        Some(mode) => mode == "navigate",
        None => text("accept").is_some_and(|accept| accept.contains("text/html")),
    };
    navigates && path.extension().is_none() && !path.is_in(policy::HASHED) && !path.is_in("api")
}

fn answer(file: &Representation, method: &Method, request: &HeaderMap) -> io::Result<Response<Body>> {
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = file.headers.clone();
    let condition = request.typed_get::<IfNoneMatch>();
    if condition.is_some_and(|condition| !condition.precondition_passes(&file.etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        for name in
            [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::ACCEPT_RANGES]
        {
            response.headers_mut().remove(name);
        }
        return Ok(response);
    }
    // A range of a HEAD means nothing (RFC 9110 §14.2).
    let part =
        if method == Method::GET { range::wanted(request, &file.etag, file.length) } else { Part::Whole };
    match part {
        Part::Whole => *response.body_mut() = file.body(0, file.length)?,
        Part::Bytes { first, last } => {
            let length = last - first + 1;
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            *response.body_mut() = file.body(first, length)?;
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_RANGE, range::content_range(first, last, file.length));
            headers.insert(header::CONTENT_LENGTH, length.into());
        }
        Part::Unsatisfiable => return Ok(refusal::unsatisfiable(file.length)),
    }
    Ok(response)
}
