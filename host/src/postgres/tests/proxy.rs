//! A proxy in front of a server that counts round trips.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// How often a client has spoken after the server had.
#[derive(Clone, Default)]
pub struct Trips(Arc<AtomicUsize>);

impl Trips {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    pub fn reset(&self) {
        self.0.store(0, Ordering::SeqCst);
    }
}

/// `address` by way of a proxy.
pub async fn start(address: String) -> (String, Trips) {
    let config: tokio_postgres::Config = address.parse().unwrap();
    let port = config.get_ports()[0];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxied =
        address.replace(&format!(":{port}/"), &format!(":{}/", listener.local_addr().unwrap().port()));
    let trips = Trips::default();
    let counted = trips.clone();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            tokio::spawn(pass(client, server, counted.clone()));
        }
    });
    (proxied, trips)
}

async fn pass(mut client: TcpStream, mut server: TcpStream, trips: Trips) {
    let (mut from_client, mut from_server) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    let mut server_spoke = true;
    loop {
        let (received, to, client_speaks) = tokio::select! {
            read = client.read(&mut from_client) => (read.map(|length| &from_client[..length]), &mut server, true),
            read = server.read(&mut from_server) => (read.map(|length| &from_server[..length]), &mut client, false),
        };
        let Ok(bytes @ [_, ..]) = received else { return };
        if client_speaks && server_spoke {
            trips.0.fetch_add(1, Ordering::SeqCst);
        }
        server_spoke = !client_speaks;
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
