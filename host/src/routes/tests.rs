use std::{fmt::Write as _, path::Path};

use super::{DuplicateRoute, Router};
use crate::manifest::Manifest;

/// A router of `(component, route)`; a component is named once per route.
fn router(routes: &[(&str, &str)]) -> (Router, Vec<DuplicateRoute>) {
    let mut text = "spin_manifest_version = 2\n[application]\nname = \"app\"\n".to_owned();
    for (component, route) in routes {
        let route = if route.starts_with('{') { (*route).to_owned() } else { format!("\"{route}\"") };
        writeln!(text, "[[trigger.http]]\nroute = {route}\ncomponent = \"{component}\"").unwrap();
    }
    for (component, _) in routes {
        writeln!(text, "[component.{component}]\nsource = \"x.wasm\"").unwrap();
    }
    Router::build(&Manifest::parse(&text, Path::new("spin.toml")).unwrap()).unwrap()
}

#[test]
fn precedence() {
    let (router, _) = router(&[
        ("root", "/"),
        ("all", "/..."),
        ("one", "/one/..."),
        ("two", "/one/two/..."),
        ("exact", "/one/two"),
        ("segment", "/user/:id"),
        ("me", "/user/me"),
        ("posts", "/user/:id/posts/..."),
        ("hidden", "{ private = true }"),
    ]);
    for (path, component) in [
        ("/", "root"),
        ("/x", "all"),
        ("/x/y/", "all"),
        ("/one", "one"),
        ("/one/", "one"),
        ("/one/x", "one"),
        ("/one/two", "exact"),
        ("/one/two/", "exact"),
        ("/one/two/three", "two"),
        ("/one/twofold", "one"),
        ("/user/7", "segment"),
        ("/user/me", "me"),
        ("/user/7/posts/1", "posts"),
        ("/user/7/likes", "all"),
        ("/hidden", "all"),
    ] {
        assert_eq!(router.find(path).unwrap().component, component, "{path}");
    }
}

#[test]
fn precedence_does_not_depend_on_order() {
    let (router, _) = router(&[("long", "/a/b/..."), ("short", "/a/..."), ("all", "/...")]);
    assert_eq!(router.find("/a/b/c").unwrap().component, "long");
    assert_eq!(router.find("/a/c").unwrap().component, "short");
}

#[test]
fn a_path_without_a_route_is_not_found() {
    let (router, _) = router(&[("a", "/a"), ("b", "/b/...")]);
    assert_eq!(router.find("/c"), None);
    assert_eq!(router.find("/a/x"), None);
}

#[test]
fn paths_are_taken_apart() {
    let (router, _) = router(&[("files", "/files/..."), ("user", "/user/:id/..."), ("exact", "/exact")]);
    for (path, path_info) in [
        ("/files", ""),
        ("/files/", "/"),
        ("/files/a/b.txt", "/a/b.txt"),
        ("/files/a/", "/a/"),
        ("/user/7/x", "/x"),
        ("/exact", ""),
    ] {
        assert_eq!(router.find(path).unwrap().path_info, path_info, "{path}");
    }
    let found = router.find("/user/7/x").unwrap();
    assert_eq!(found.segments, [("id".to_owned(), "7".to_owned())]);
    assert_eq!(found.raw_route, "/user/:id/...");
    assert_eq!(found.matched_route, "/user/:id/...");
    assert_eq!(found.raw_route_prefix(), "/user/:id");
}

#[test]
fn the_later_of_two_equal_routes_answers() {
    let (router, duplicates) = router(&[("first", "/x"), ("second", "/x"), ("third", "/y")]);
    assert_eq!(router.find("/x").unwrap().component, "second");
    assert_eq!(router.iter().collect::<Vec<_>>(), [("/x", "second"), ("/y", "third")]);
    insta::assert_snapshot!(
        duplicates[0],
        @r#"the route "/x" of component "first" is also that of "second", which answers"#
    );
}
