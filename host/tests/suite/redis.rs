//! Outbound Redis, and the key-value store in Redis.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use reqwest::Method;

use crate::app::Setup;

/// A Redis server of the test's own.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is needed: install the package redis-server (Debian) or redis (Homebrew)");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = |line: &String| line.contains("Ready to accept connections");
        lines.by_ref().map_while(Result::ok).find(ready).expect("redis-server starts");
        std::thread::spawn(move || lines.count());
        Self { child, port }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn values_and_counters() {
    let server = Server::start();
    let url = server.url();
    let app = Setup::probe(&format!("allowed_outbound_hosts = [\"{url}\"]\n")).start().await;
    assert_eq!(app.text(&format!("/redis/a?url={url}")).await, "none");
    assert_eq!(app.send(Method::PUT, &format!("/redis/a?url={url}"), "one").await.0, 200);
    assert_eq!(app.text(&format!("/redis/a?url={url}")).await, "one");
    assert_eq!(app.text(&format!("/redis-count/n?url={url}")).await, "1");
    assert_eq!(app.text(&format!("/redis-count/n?url={url}")).await, "2");
}

#[tokio::test]
async fn a_server_that_is_not_allowed_is_refused() {
    let app = Setup::probe("").start().await;
    let response = app.get("/redis/a?url=redis://127.0.0.1:6379").await;
    assert_eq!(response.status(), 500);
    assert!(response.text().await.unwrap().contains("InvalidAddress"));
}

#[tokio::test]
async fn a_key_value_store_in_redis() {
    let server = Server::start();
    let config = format!("[key_value_store.default]\ntype = \"redis\"\nurl = \"{}\"\n", server.url());
    let app = Setup::probe("key_value_stores = [\"default\"]\n").runtime_config(&config).start().await;
    assert_eq!(app.send(Method::PUT, "/key-value/default/a", "one").await.1, "true");
    assert_eq!(app.text("/key-value/default/a").await, "one");
    assert_eq!(app.text("/key-value/default").await, "a");
}
