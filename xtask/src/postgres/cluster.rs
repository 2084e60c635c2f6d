//! A private PostgreSQL cluster: made, started and stopped with whoever holds it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio_postgres::Client;

use super::binaries::Binaries;
use super::connection::connect;
use super::leftover;
use super::server_user::ServerUser;
use super::settings::{Durability, FILE, choose_port, locale_arguments, render};
use crate::process::run_to_success;
use crate::progress::{Step, print};

/// The cluster's superuser.
const SUPERUSER: &str = "postgres";

/// What a cluster is to be.
pub struct Place<'a> {
    /// Its folder, within one that is locked for this run.
    pub folder: PathBuf,
    /// Where npm's programs go, if the machine has none.
    pub npm: PathBuf,
    /// Its superuser's password.
    pub password: &'a str,
    /// How many connections it takes at once.
    pub max_connections: u32,
    /// Whether it may lose data. If so, it is made anew each time: without `fsync`, what a crash left behind
    /// can't be trusted.
    pub durability: Durability,
}

/// A server that runs; stopped when dropped.
pub struct Cluster {
    binaries: Binaries,
    user: ServerUser,
    data: PathBuf,
    port: u16,
    password: String,
}

impl Cluster {
    /// Makes the cluster on the first call, and starts it. It listens on 127.0.0.1 alone.
    pub async fn start(place: Place<'_>) -> Result<Self> {
        let data = place.folder.join("data");
        let wanted = made_by(&data).filter(|_| place.durability == Durability::Durable);
        let binaries = Binaries::find(wanted, &place.npm).await?;
        fs::create_dir_all(&place.folder).with_context(|| format!("creating {}", place.folder.display()))?;
        let user = ServerUser::choose(&place.folder, &binaries.program("postgres")).await?;
        user.own(&place.folder)?;

        if data.is_dir() {
            leftover::clear(&binaries, &user, &data).await?;
            if place.durability == Durability::Disposable {
                fs::remove_dir_all(&data).with_context(|| format!("removing {}", data.display()))?;
            }
        }
        if !data.is_dir() {
            create(&binaries, &user, &place).await?;
        }
        let step = Step::start(format!("Starting PostgreSQL {}", binaries.major));
        let port = choose_port(&data)?;
        let settings = render(port, place.max_connections, place.durability);
        fs::write(data.join(FILE), settings)
            .with_context(|| format!("writing {}", data.join(FILE).display()))?;
        user.own(&data.join(FILE))?;
        let cluster = Self { binaries, user, data, port, password: place.password.to_owned() };
        cluster.launch(&place.folder.join("log")).await?;
        step.done(format!("on port {port}"));
        Ok(cluster)
    }

    /// The URL of one of its databases, for a user.
    pub fn url(&self, user: &str, password: &str, database: &str) -> String {
        format!("postgres://{user}:{password}@{}/{database}", self.address())
    }

    /// The URL of one of its databases, for the superuser.
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, &self.password, database)
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Connects to a database as the superuser, and creates it first if need be.
    pub async fn open_database(&self, name: &str) -> Result<Client> {
        let server = connect(&self.superuser_url("postgres")).await?;
        let known = server.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&name]).await?;
        if known.is_none() {
            server
                .batch_execute(&format!("CREATE DATABASE {name}"))
                .await
                .with_context(|| format!("creating the database {name}"))?;
        }
        connect(&self.superuser_url(name)).await
    }

    /// `pg_ctl` puts the server into a session of its own, so that Ctrl-C in the terminal reaches us only.
    async fn launch(&self, log: &Path) -> Result<()> {
        let mut start = self.user.command(&self.binaries.program("pg_ctl"), &self.data);
        start.args(["start", "--wait", "--timeout=300", "-D"]).arg(&self.data).arg("-l").arg(log);
        // No pipes: the server would inherit them and keep them open.
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().await?;
        if !status.success() {
            let text = fs::read_to_string(log).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            print(&lines[lines.len().saturating_sub(20)..].join("\n"));
            bail!("PostgreSQL did not start; its log is {}", log.display());
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.user.command(&self.binaries.program("pg_ctl"), &self.data).into_std();
        stop.args(["stop", "--mode=fast", "--wait", "--timeout=60", "--silent", "-D"]).arg(&self.data);
        match stop.stdin(Stdio::null()).stdout(Stdio::null()).status() {
            Ok(status) if status.success() => {}
            _ => {
                print(&format!("PostgreSQL did not stop: see {}", self.data.with_file_name("log").display()));
            }
        }
    }
}

/// The release that made the cluster, if there is one.
fn made_by(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Makes the cluster beside its place and moves it there, so that a run that is cut off leaves no half.
async fn create(binaries: &Binaries, user: &ServerUser, place: &Place<'_>) -> Result<()> {
    let step = Step::start(format!("Creating a PostgreSQL {} cluster", binaries.major));
    let unfinished = place.folder.join("unfinished");
    if unfinished.is_dir() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("removing {}", unfinished.display()))?;
    }
    let password_file = place.folder.join("password");
    write_private(&password_file, place.password)?;
    user.own(&password_file)?;

    let mut initdb = user.command(&binaries.program("initdb"), &place.folder);
    initdb.args(["--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]);
    initdb.args(locale_arguments(binaries.major)).arg(format!("--username={SUPERUSER}"));
    if place.durability == Durability::Disposable {
        initdb.arg("--no-sync");
    }
    initdb.arg("--pwfile").arg(&password_file).arg("-D").arg(&unfinished);
    let made = run_to_success(&mut initdb, &step).await;
    fs::remove_file(&password_file).with_context(|| format!("removing {}", password_file.display()))?;
    made?;

    let configuration = unfinished.join("postgresql.conf");
    let defaults = fs::read_to_string(&configuration).context("reading postgresql.conf")?;
    fs::write(&configuration, format!("{defaults}\ninclude = '{FILE}'\n"))
        .context("writing postgresql.conf")?;
    fs::rename(&unfinished, place.folder.join("data")).context("moving the new cluster to its place")?;
    step.done("");
    Ok(())
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;

    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("writing {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &Path) -> Place<'static> {
        Place {
            folder: folder.join("data/postgres"),
            npm: folder.join("npm"),
            password: "secret",
            max_connections: 10,
            durability: Durability::Durable,
        }
    }

    /// The folder is its owner's alone, as temporary folders are: as root, another user must get in.
    #[tokio::test]
    async fn keeps_its_data_and_survives_being_killed() {
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster::start(place(folder.path())).await.unwrap();
        let client = cluster.open_database("kept").await.unwrap();
        client.batch_execute("CREATE TABLE notes (text text); INSERT INTO notes VALUES ('é')").await.unwrap();
        let upper: String = client.query_one("SELECT upper(text) FROM notes", &[]).await.unwrap().get(0);
        assert_eq!(upper, "É");
        // As if this program had been killed: its server runs on.
        std::mem::forget(cluster);

        let cluster = Cluster::start(place(folder.path())).await.unwrap();
        let client = cluster.open_database("kept").await.unwrap();
        assert_eq!(client.query("SELECT FROM notes", &[]).await.unwrap().len(), 1);
        let wrong = cluster.url(SUPERUSER, "wrong", "kept");
        assert!(connect(&wrong).await.is_err());
        drop(cluster);

        // As if the machine had been switched off, and the number had gone to another program.
        let stale = folder.path().join("data/postgres/data/postmaster.pid");
        fs::write(&stale, format!("{}\n", std::process::id())).unwrap();
        let cluster = Cluster::start(place(folder.path())).await.unwrap();
        cluster.open_database("kept").await.unwrap();
    }
}
