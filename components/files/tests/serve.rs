//! The server on a folder as the build writes it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use std::{collections::HashSet, fs, path::Path};

use files::{Body, FileServer};
use futures::executor::block_on;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use http_body_util::BodyExt;
use tempfile::TempDir;

const SCRIPT: &str = "/assets/app-1f2e3d4c.js";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A folder inside another one, so that there is something to escape to.
struct Site {
    folder: TempDir,
    server: FileServer,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("dist");
        let write = |name: &str, content: &[u8]| {
            let file = root.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        };
        for (name, content) in [
            ("index.html", "<!doctype html>plain"),
            ("index.html.br", "br of index"),
            ("index.html.gz", "gz of index"),
            ("favicon.ico", "icon"),
            ("favicon.svg", "<svg/>"),
            ("empty.txt", ""),
            ("leftover.js.br", "br of nothing"),
            ("backup.tar.gz", "archive"),
            (".env", "secret"),
            ("assets/app-1f2e3d4c.js", "0123456789"),
            ("assets/app-1f2e3d4c.js.br", "br of script"),
            ("assets/app-1f2e3d4c.js.gz", "gz of script"),
            ("assets/app-5a6b7c8d.wasm", "\0asm"),
            ("assets/app-9e8f7a6b.css", "body{}"),
            ("assets/inter-11223344.woff2", "font"),
        ] {
            write(name, content.as_bytes());
        }
        fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let server = FileServer::new(root);
        Self { folder, server }
    }

    fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("dist")
    }

    fn send(&self, method: &Method, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect();
        Answer::read(self.server.respond(method, path, &headers))
    }

    fn get(&self, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        self.send(&Method::GET, path, headers)
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = block_on(body.collect()).unwrap().to_bytes().to_vec();
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The header's value, empty where there is none.
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    fn assert_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("etag"), "");
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
    }
}

const NAVIGATION: &[(&str, &str)] = &[("sec-fetch-mode", "navigate"), ("accept", "text/html,*/*;q=0.8")];

#[test]
fn types_and_lifetimes() {
    let site = Site::new();
    for (path, content_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/favicon.ico", "image/x-icon", "no-cache"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8", "no-cache"),
        ("/empty.txt", "text/plain; charset=utf-8", "no-cache"),
        ("/backup.tar.gz", "application/gzip", "no-cache"),
        (SCRIPT, "text/javascript; charset=utf-8", IMMUTABLE),
        ("/assets/app-5a6b7c8d.wasm", "application/wasm", IMMUTABLE),
        ("/assets/app-9e8f7a6b.css", "text/css; charset=utf-8", IMMUTABLE),
        ("/assets/inter-11223344.woff2", "font/woff2", IMMUTABLE),
    ] {
        let answer = site.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.header("cache-control"), cache, "{path}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
        assert_eq!(answer.header("vary"), "accept-encoding", "{path}");
    }
}

#[test]
fn sends_the_form_that_the_client_takes() {
    let site = Site::new();
    for (accept, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "br of script"),
        ("gzip", "gzip", "gz of script"),
        ("gzip;q=1, br;q=0.1", "gzip", "gz of script"),
        ("zstd", "", "0123456789"),
        ("identity;q=0", "", "0123456789"),
    ] {
        for _ in 0..2 {
            let answer = site.get(SCRIPT, &[("accept-encoding", accept)]);
            assert_eq!((answer.header("content-encoding"), answer.text()), (encoding, body), "{accept}");
            assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
            assert_eq!(answer.header("content-length"), body.len().to_string());
        }
    }
    let plain_only = site.get("/favicon.ico", &[("accept-encoding", "br, gzip")]);
    assert_eq!((plain_only.header("content-encoding"), plain_only.text()), ("", "icon"));
}

#[test]
fn each_form_has_its_own_etag_and_is_revalidated_by_it() {
    let site = Site::new();
    let etag = |accept| site.get("/", &[("accept-encoding", accept)]).header("etag").to_owned();
    let etags = ["br", "gzip", "identity"].map(etag);
    assert_eq!(HashSet::from(etags.clone()).len(), 3);
    assert!(etags.iter().all(|etag| etag.starts_with('"') && etag.ends_with('"')), "{etags:?}");

    let [br, gzip, _] = &etags;
    for known in [br.clone(), format!("W/{br}"), format!("\"other\", {br}"), "*".to_owned()] {
        for method in [Method::GET, Method::HEAD] {
            let answer = site.send(&method, "/", &[("accept-encoding", "br"), ("if-none-match", &known)]);
            assert_eq!(answer.status, 304, "{known}");
            assert_eq!((answer.header("etag"), answer.text()), (br.as_str(), ""));
            assert_eq!(answer.header("cache-control"), "no-cache");
            assert_eq!(answer.header("vary"), "accept-encoding");
            for absent in ["content-type", "content-length", "content-encoding"] {
                assert_eq!(answer.header(absent), "", "{absent}");
            }
        }
    }
    let other_form = site.get("/", &[("accept-encoding", "br"), ("if-none-match", gzip)]);
    assert_eq!((other_form.status, other_form.text()), (StatusCode::OK, "br of index"));
}

#[test]
fn a_replaced_index_is_seen_at_once() {
    let site = Site::new();
    let before = site.get("/", &[]);
    fs::write(site.root().join("index.html"), "<!doctype html>longer than before").unwrap();
    let after = site.get("/", &[("if-none-match", before.header("etag"))]);
    assert_eq!((after.status, after.text()), (StatusCode::OK, "<!doctype html>longer than before"));
    fs::remove_file(site.root().join("index.html")).unwrap();
    site.get("/", &[]).assert_problem(404, "not_found");
    site.get("/", &[("accept-encoding", "br")]).assert_problem(404, "not_found");
}

#[test]
fn pages_are_the_applications_and_nothing_else_is() {
    let site = Site::new();
    for path in ["/", "/users", "/users/", "/users/0192-ab", "/sign-in", "/apitest", "/assetsx", "/caf%C3%A9"]
    {
        for headers in [NAVIGATION, &[("accept", "text/html")]] {
            let answer = site.get(path, headers);
            assert_eq!((answer.status, answer.text()), (StatusCode::OK, "<!doctype html>plain"), "{path}");
            assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        }
        assert_eq!(site.send(&Method::HEAD, path, NAVIGATION).status, 200, "{path}");
    }
    for path in [
        "/assets/app-00000000.js",
        "/assets/",
        "/assets",
        "/assets/users",
        "/api",
        "/api/core/v1/nothing",
        "/missing.png",
        "/users/photo.jpg",
        "/favicon.ico/",
        "/index.html/x.js",
        "/robots.txt",
    ] {
        site.get(path, NAVIGATION).assert_problem(404, "not_found");
    }
    for headers in [
        &[][..],
        &[("accept", "*/*")],
        &[("accept", "application/json")],
        &[("sec-fetch-mode", "cors"), ("accept", "text/html")],
        &[("sec-fetch-mode", "no-cors"), ("accept", "image/avif,*/*")],
    ] {
        site.get("/users", headers).assert_problem(404, "not_found");
    }
}

#[test]
fn compressed_and_hidden_files_have_no_address() {
    let site = Site::new();
    for path in
        [&format!("{SCRIPT}.br"), &format!("{SCRIPT}.gz"), "/index.html.br", "/.env", "/.env.br", "/%2eenv"]
    {
        site.get(path, &[]).assert_problem(404, "not_found");
        site.get(path, NAVIGATION).assert_problem(404, "not_found");
    }
    site.get("/leftover.js", &[("accept-encoding", "br")]).assert_problem(404, "not_found");
}

#[test]
fn no_path_escapes_the_folder() {
    let site = Site::new();
    assert!(Path::new(&site.root().join("../secret.txt")).exists());
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/.%2e/secret.txt",
        "//secret.txt",
        &format!("/{}", site.folder.path().join("secret.txt").display()),
        "/..%00/secret.txt",
        "/%252e%252e/secret.txt",
        "/..;/secret.txt",
        "",
        "*",
    ] {
        for headers in [&[][..], &[("accept-encoding", "br, gzip")], &[("range", "bytes=0-")]] {
            site.get(path, headers).assert_problem(404, "not_found");
        }
    }
}

#[test]
fn parts_are_of_the_plain_file() {
    let site = Site::new();
    let etag = site.get(SCRIPT, &[]).header("etag").to_owned();
    let br = site.get(SCRIPT, &[("accept-encoding", "br")]).header("etag").to_owned();
    assert_eq!(site.get(SCRIPT, &[]).header("accept-ranges"), "bytes");
    for (range, content_range, body) in [
        ("bytes=2-5", "bytes 2-5/10", "2345"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-1", "bytes 9-9/10", "9"),
    ] {
        for condition in [&[][..], &[("if-range", etag.as_str())]] {
            let headers = [&[("range", range), ("accept-encoding", "br, gzip")], condition].concat();
            let answer = site.get(SCRIPT, &headers);
            assert_eq!((answer.status, answer.text()), (StatusCode::PARTIAL_CONTENT, body));
            assert_eq!(answer.header("content-range"), content_range);
            assert_eq!(answer.header("content-length"), body.len().to_string());
            assert_eq!(answer.header("etag"), etag);
            assert_eq!(answer.header("content-encoding"), "");
        }
    }
    let outside = site.get(SCRIPT, &[("range", "bytes=10-")]);
    assert_eq!((outside.status, outside.text()), (StatusCode::RANGE_NOT_SATISFIABLE, ""));
    assert_eq!(outside.header("content-range"), "bytes */10");
    assert_eq!(outside.header("cache-control"), "no-store");

    for headers in [
        &[("range", "bytes=0-1,4-5")][..],
        &[("range", "pages=1-2")],
        &[("range", "bytes=0-1"), ("if-range", "\"other\"")],
        &[("range", "bytes=0-1"), ("if-range", &br)],
    ] {
        let answer = site.get(SCRIPT, headers);
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "0123456789"), "{headers:?}");
    }
    assert_eq!(site.send(&Method::HEAD, SCRIPT, &[("range", "bytes=0-1")]).status, 200);
    assert_eq!(site.get(SCRIPT, &[("range", "bytes=0-1"), ("if-none-match", &etag)]).status, 304);
}

#[test]
fn head_is_get_without_the_body() {
    let site = Site::new();
    for path in ["/", SCRIPT, "/favicon.ico", "/missing.png"] {
        let headers = [("accept-encoding", "br"), ("x-request-id", "r1")];
        let (get, head) = (site.get(path, &headers), site.send(&Method::HEAD, path, &headers));
        assert_eq!((head.status, head.text()), (get.status, ""));
        assert_eq!(head.headers, get.headers, "{path}");
    }
}

#[test]
fn other_methods_are_told_which_do() {
    let site = Site::new();
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
        for path in ["/", SCRIPT, "/missing", "/../x"] {
            let answer = site.send(&method, path, &[]);
            answer.assert_problem(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), "GET, HEAD");
        }
    }
}

#[test]
fn every_answer_is_guarded() {
    let site = Site::new();
    let answers = [
        site.get("/", &[]),
        site.get(SCRIPT, &[("accept-encoding", "br")]),
        site.get(SCRIPT, &[("range", "bytes=1-2")]),
        site.get(SCRIPT, &[("range", "bytes=99-")]),
        site.get("/", &[("if-none-match", "*")]),
        site.get("/missing.png", &[]),
        site.send(&Method::POST, "/", &[]),
    ];
    let statuses = answers.each_ref().map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [200, 200, 206, 416, 304, 404, 405]);
    for answer in &answers {
        assert!(
            answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'")
        );
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
    }
}

#[test]
fn a_large_file_comes_in_chunks() {
    let site = Site::new();
    let content: Vec<u8> = (0..3_000_017_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    fs::write(site.root().join("assets/large-12345678.bin"), &content).unwrap();
    for _ in 0..2 {
        let response = site.server.respond(&Method::GET, "/assets/large-12345678.bin", &HeaderMap::new());
        let mut body = response.into_body();
        let mut received = Vec::new();
        while let Some(frame) = block_on(body.frame()) {
            let chunk = frame.unwrap().into_data().unwrap();
            assert!(chunk.len() <= 64 * 1024);
            received.extend_from_slice(&chunk);
        }
        assert_eq!(received, content);
    }
    let part = site.get("/assets/large-12345678.bin", &[("range", "bytes=100000-299999")]);
    assert_eq!((part.status, &part.body[..]), (StatusCode::PARTIAL_CONTENT, &content[100_000..300_000]));
    assert_eq!(part.header("content-range"), "bytes 100000-299999/3000017");
}

#[test]
fn more_than_the_cache_holds_is_served_all_the_same() {
    let site = Site::new();
    let name = |index: u8| format!("assets/part-{index:08}.bin");
    let content = |index: u8| vec![index; 1_900_000];
    for index in 0..12 {
        fs::write(site.root().join(name(index)), content(index)).unwrap();
    }
    for index in (0..12).chain(0..12) {
        assert_eq!(site.get(&format!("/{}", name(index)), &[]).body, content(index));
    }
}
