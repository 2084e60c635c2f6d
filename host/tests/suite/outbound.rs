//! Outgoing HTTP and sockets, allowed and denied.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    thread,
};

use crate::app::Setup;

/// A server that sends `bytes` to whoever connects, after reading something if it `reads`.
fn serve(bytes: &'static [u8], reads: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if reads {
                let _ = stream.read(&mut [0; 1024]);
            }
            let _ = stream.write_all(bytes);
        }
    });
    address
}

const HTTP: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nthere";

#[tokio::test]
async fn an_allowed_host_is_reached() {
    let address = serve(HTTP, true);
    let app = Setup::probe(&format!("allowed_outbound_hosts = [\"http://{address}\"]\n")).start().await;
    assert_eq!(app.text(&format!("/fetch?url=http://{address}/x")).await, "200 there");
}

#[tokio::test]
async fn another_host_is_denied() {
    let address = serve(HTTP, true);
    let app = Setup::probe("allowed_outbound_hosts = [\"http://example.org\"]\n").start().await;
    let response = app.get(&format!("/fetch?url=http://{address}/")).await;
    assert_eq!(response.status(), 500);
    assert!(response.text().await.unwrap().contains("HttpRequestDenied"));
}

#[tokio::test]
async fn what_is_wrong_with_the_other_side_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = Setup::probe("allowed_outbound_hosts = [\"*://*:*\"]\n").start().await;
    for (url, error) in [
        (format!("http://{nobody}"), "ConnectionRefused"),
        ("http://nowhere.invalid".to_owned(), "DnsError"),
        (format!("http://{}", serve(b"not HTTP\r\n\r\n", true)), "HttpProtocolError"),
        (format!("https://{}", serve(b"not TLS", true)), "TlsProtocolError"),
    ] {
        let response = app.get(&format!("/fetch?url={url}")).await;
        assert_eq!(response.status(), 500, "{url}");
        let told = response.text().await.unwrap();
        assert!(told.contains(error), "{url}: {told}");
    }
}

#[tokio::test]
async fn a_component_reaches_its_own_application() {
    let app = Setup::probe("allowed_outbound_hosts = [\"http://self\"]\n").start().await;
    assert_eq!(app.text("/fetch?url=http://self.alt/constant").await, "200 hello");
}

#[tokio::test]
async fn a_socket_is_opened_where_it_is_allowed() {
    let address = serve(b"raw", false);
    let allowed = Setup::probe(&format!("allowed_outbound_hosts = [\"*://{address}\"]\n")).start().await;
    assert_eq!(allowed.text(&format!("/connect?address={address}")).await, "raw");
    let denied = Setup::probe("").start().await;
    assert_eq!(denied.get(&format!("/connect?address={address}")).await.status(), 500);
}

/// As on Spin: what may be connected to is judged by address, so a name is none.
#[tokio::test]
async fn a_socket_looks_no_names_up() {
    let address = serve(b"raw", false);
    let app = Setup::probe("allowed_outbound_hosts = [\"*://*:*\"]\n").start().await;
    assert_eq!(app.text(&format!("/connect?address={address}")).await, "raw");
    let named = app.get(&format!("/connect?address=localhost:{}", address.port())).await;
    assert_eq!(named.status(), 500);
}
