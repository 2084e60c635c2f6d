use std::{collections::HashMap, path::Path};

use super::{AllowedHosts, SocketUse, service_chaining_target};
use crate::{
    manifest::Manifest,
    variables::{Provider, Variables},
};

fn variables() -> Variables {
    let manifest = "spin_manifest_version = 2\n[application]\nname = \"a\"\n[variables]\ndb = { required = true }\n\
                    port = { default = \"6000\" }\nnone = { default = \"\" }\n[trigger]\n";
    let values = HashMap::from([("db".to_owned(), "db.internal".to_owned())]);
    let manifest = Manifest::parse(manifest, Path::new("spin.toml")).unwrap();
    Variables::new(&manifest, vec![Provider::Static(values)]).unwrap()
}

fn allowed(entries: &[&str]) -> Result<AllowedHosts, String> {
    let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
    AllowedHosts::parse("web", &entries, &variables(), ["login", "users"]).map_err(|error| error.to_string())
}

#[test]
fn entries_allow_what_they_say() {
    for (entry, yes, no) in [
        (
            "http://example.com",
            &["http://example.com", "http://example.com:80/path"][..],
            &["https://example.com", "http://example.com:81", "http://a.example.com"][..],
        ),
        ("http://example.com/", &["http://example.com"], &["http://example.org"]),
        (
            "https://*.example.com",
            &["https://a.example.com", "https://a.b.example.com"],
            &["https://example.com", "https://badexample.com"],
        ),
        ("*://example.com:*", &["http://example.com:1", "redis://example.com"], &["http://example.org"]),
        ("http://*", &["http://anything", "http://10.0.0.1"], &["http://anything:8080"]),
        (
            "http://localhost:3000..3002",
            &["http://localhost:3000", "http://localhost:3001"],
            &["http://localhost:3002", "http://localhost"],
        ),
        ("http://10.0.0.0/8", &["http://10.1.2.3"], &["http://11.1.2.3", "http://ten.example"]),
        ("http://10.0.0.0/8:8080", &["http://10.1.2.3:8080"], &["http://10.1.2.3"]),
        ("http://[::1]:8080", &["http://[::1]:8080"], &["http://[::2]:8080"]),
        ("http://127.0.0.1:*", &["http://127.0.0.1:9"], &["http://127.0.0.2:9"]),
        (
            "postgres://localhost",
            &["postgres://user:pass@localhost:5432/db", "localhost", "localhost:5432"],
            &["postgres://localhost:5433"],
        ),
        (
            "redis://cache:6380",
            &["redis://cache:6380/1", "redis://evil:6380@cache:6380"],
            &["redis://cache", "redis://evil:6380?@cache:6380", "redis://cache:6380@evil:6380"],
        ),
        (
            "http://*.spin.internal",
            &["http://login.spin.internal", "http://users.spin.internal/x"],
            &["http://other.spin.internal", "https://login.spin.internal"],
        ),
        ("http://login.spin.internal", &["http://login.spin.internal"], &["http://users.spin.internal"]),
        ("postgres://{{ db }}:{{ port }}", &["postgres://db.internal:6000/x"], &["postgres://db.internal"]),
        ("{{ none }}", &[], &["http://example.com"]),
        ("https://{{ none }}", &[], &["https://example.com"]),
    ] {
        let hosts = allowed(&[entry]).unwrap();
        for url in yes {
            assert_eq!(hosts.check_url(url, "postgres"), Ok(()), "{entry} should allow {url}");
        }
        for url in no {
            assert!(hosts.check_url(url, "postgres").is_err(), "{entry} should not allow {url}");
        }
    }
}

#[test]
fn malformed_entries_are_refused() {
    for (entry, reason) in [
        ("*", "has no scheme"),
        ("example.com", "has no scheme"),
        ("insecure:allow-all", "\"*://*:*\" allows everything"),
        ("tcp://example.com", "no usual one"),
        ("http://example.com/path", "has a path"),
        ("http://example.com:80/path", "has a path"),
        ("http://a*.example.com", "within a name"),
        ("http://*.*.example.com", "not followed by a domain"),
        ("http://example.com:port", "not a number"),
        ("http://example.com:70000", "not a number"),
        ("ht-tp://example.com:80", "other characters than letters"),
        ("{http,https}://example.com:80", "list of schemes"),
        ("http://{a,b}:80", "list of hosts"),
        ("{{ unknown }}", "no variable \"unknown\""),
        ("http://{{ open", "without `}}`"),
    ] {
        let error = allowed(&[entry]).unwrap_err();
        assert!(error.starts_with("in [component.web]: `allowed_outbound_hosts`: "), "{error}");
        assert!(error.contains(reason), "{entry}: {error}");
    }
}

#[test]
fn a_refusal_says_what_to_add_and_hides_credentials() {
    let error = allowed(&[]).unwrap().check_url("postgres://me:hunter2@db:6000/x", "postgres").unwrap_err();
    insta::assert_snapshot!(error, @r#"postgres://db:6000 is not in the component's allowed hosts; to allow it, add 'allowed_outbound_hosts = ["postgres://db:6000"]' to the component in spin.toml"#);
}

#[test]
fn requests_to_the_application_itself_want_self() {
    let schemes = ["http", "https"];
    for entry in ["http://self", "https://self", "*://self:*", "http://*"] {
        assert_eq!(allowed(&[entry]).unwrap().check_self(&schemes), Ok(()), "{entry}");
    }
    assert!(allowed(&["http://example.com"]).unwrap().check_self(&schemes).is_err());
    assert!(allowed(&["http://self"]).unwrap().check_url("http://self", "http").is_err());
}

#[test]
fn sockets_are_checked_by_address() {
    let hosts = allowed(&["tcp://127.0.0.1:5000", "udp://[::1]:53"]).unwrap();
    let allows = |address: &str, used| hosts.allows_socket(address.parse().unwrap(), used);
    assert!(allows("127.0.0.1:5000", SocketUse::TcpConnect));
    assert!(!allows("127.0.0.1:5001", SocketUse::TcpConnect));
    assert!(!allows("127.0.0.1:5000", SocketUse::Udp));
    assert!(allows("[::1]:53", SocketUse::Udp));
    assert!(!allows("127.0.0.1:5000", SocketUse::TcpBind));
}

#[test]
fn service_chaining_names_a_component() {
    assert_eq!(service_chaining_target("login.spin.internal"), Some("login"));
    assert_eq!(service_chaining_target("login.spin.internal:80"), Some("login"));
    assert_eq!(service_chaining_target("spin.internal"), None);
    assert_eq!(service_chaining_target("a.login.spin.internal"), None);
    assert_eq!(service_chaining_target("login.spin.internal.evil.com"), None);
}
