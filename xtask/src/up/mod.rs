//! `cargo xtask up`: from a checkout to an application that serves.

mod accounts;
mod api;
mod database;
mod demo;
mod server;
mod timer;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

pub use accounts::issue_setup_link;
pub use database::Database;
pub use server::{Output, Program, Server};
use timer::Timer;

use crate::build;
use crate::data_dir::DataDir;
use crate::interrupt;
use crate::progress::{Step, print};
use crate::secrets::Secrets;
use crate::toolchain;
use crate::workspace::Workspace;

/// How to serve.
#[derive(clap::Args)]
pub struct Options {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Where the database, secrets and state are kept [default: .matrice in the repository]
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Add sample accounts
    #[arg(long)]
    demo: bool,
    /// Serve with the Spin CLI (`SPIN_BIN`, else `spin` of the path) instead of the embedded host
    #[arg(long)]
    spin: bool,
}

/// What runs, in the order of stopping.
struct Running {
    server: Server,
    timer: Timer,
    _database: Database,
    _data: DataDir,
}

/// Runs the command, until Ctrl-C.
pub async fn run(workspace: &Workspace, options: Options) -> Result<()> {
    let mut running = tokio::select! {
        prepared = prepare(workspace, &options) => prepared?,
        request = interrupt::requested() => return request,
    };
    let outcome = tokio::select! {
        ended = running.server.ended() => Err(ended),
        request = interrupt::requested() => request,
        never = running.timer.run() => match never {},
    };
    print("Stopping.");
    running.server.stop().await?;
    outcome
}

async fn prepare(workspace: &Workspace, options: &Options) -> Result<Running> {
    ensure_free(options.listen)?;
    let path = options.data_dir.clone().unwrap_or_else(|| workspace.local());
    let data = DataDir::open(&path)?;
    let program = if options.spin { Program::spin()? } else { Program::embedded(workspace) };

    toolchain::ensure_targets().await?;
    build::parts(workspace, program.needs()).await?;

    let database = Database::open(workspace, &data, std::env::var("DATABASE_URL").ok()).await?;
    let secrets = Secrets::load_or_create(&data.secrets())?;
    let url = public_url(options.listen);
    let mut variables = database.variables().to_vec();
    variables.extend(identity(&secrets, &url)?);

    let step = Step::start("Starting the application");
    let mut server =
        Server::start(workspace, &program, options.listen, &data.state(), &variables, Output::Terminal)?;
    server.ready(&url).await?;
    step.done("");

    let notes = accounts::prepare(database.client(), &url, options.demo).await?;
    println!("Matrice is ready at {url}");
    for note in notes {
        println!("{note}");
    }
    let timer = Timer::new(&local_url(options.listen), &secrets)?;
    Ok(Running { server, timer, _database: database, _data: data })
}

/// The variables that say who this instance is.
pub fn identity(secrets: &Secrets, url: &str) -> Result<Vec<(String, String)>> {
    Ok(vec![
        ("public_url".to_owned(), url.to_owned()),
        ("jwt_signing_key".to_owned(), secrets.signing_key.clone()),
        ("jwt_public_keys".to_owned(), secrets.public_keys()?),
        ("encryption_key".to_owned(), secrets.encryption_key.clone()),
        ("tick_token".to_owned(), secrets.tick_token.clone()),
    ])
}

/// What a browser on this machine calls it; `SPIN_VARIABLE_PUBLIC_URL` where somebody says otherwise.
fn public_url(listen: SocketAddr) -> String {
    std::env::var("SPIN_VARIABLE_PUBLIC_URL").unwrap_or_else(|_| local_url(listen))
}

/// The URL of an address that is listened on. Of this machine alone it is `localhost`: passkeys belong to a name, not to
/// an address.
pub fn local_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() || listen.ip().is_loopback() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

fn ensure_free(listen: SocketAddr) -> Result<()> {
    let Err(error) = TcpListener::bind(listen) else { return Ok(()) };
    if error.kind() != std::io::ErrorKind::AddrInUse {
        return Err(error).with_context(|| format!("listening on {listen}"));
    }
    let free = (listen.port()..=u16::MAX).skip(1).map(|port| SocketAddr::new(listen.ip(), port));
    match free.into_iter().find(|&address| TcpListener::bind(address).is_ok()) {
        Some(free) => bail!("another program listens on {listen}: stop it, or say --listen {free}"),
        None => bail!("another program listens on {listen}: stop it, or say another --listen"),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_taken_port_is_told_with_a_free_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = taken.local_addr().unwrap();
        let error = ensure_free(address).unwrap_err().to_string();
        let start = format!("another program listens on {address}: stop it, or say --listen 127.0.0.1:");
        assert!(error.starts_with(&start), "{error}");
    }

    #[test]
    fn a_browser_cannot_call_the_unspecified_address() {
        assert_eq!(local_url("0.0.0.0:3000".parse().unwrap()), "http://localhost:3000");
        assert_eq!(local_url("[::1]:3000".parse().unwrap()), "http://localhost:3000");
        assert_eq!(local_url("192.0.2.7:3000".parse().unwrap()), "http://192.0.2.7:3000");
    }
}
