//! Who runs the server: PostgreSQL refuses to run as root, so root has another user do it.

use std::path::Path;

use anyhow::Result;
use tokio::process::Command;

/// The user that the server's programs run as.
#[derive(Debug, Clone)]
pub enum ServerUser {
    /// Whoever runs this program.
    Current,
    /// Root's stand-in.
    #[cfg(unix)]
    Other(unix::StandIn),
}

impl ServerUser {
    /// Decides, for a cluster kept in `folder`; `probe` is one of the server's programs.
    #[cfg(unix)]
    pub async fn choose(folder: &Path, probe: &Path) -> Result<Self> {
        if !nix::unistd::geteuid().is_root() {
            return Ok(Self::Current);
        }
        Ok(Self::Other(unix::StandIn::choose(folder, probe).await?))
    }

    /// Decides. On Windows, `pg_ctl` gives its rights up by itself.
    #[cfg(windows)]
    pub async fn choose(_folder: &Path, _probe: &Path) -> Result<Self> {
        Ok(Self::Current)
    }

    /// A command that runs as this user, in a folder where it may be.
    pub fn command(&self, program: &Path, folder: &Path) -> Command {
        match self {
            Self::Current => {
                let mut command = Command::new(program);
                command.current_dir(folder);
                command
            }
            #[cfg(unix)]
            Self::Other(user) => user.command(program, folder),
        }
    }

    /// Gives this user a file or folder.
    #[cfg(unix)]
    pub fn own(&self, path: &Path) -> Result<()> {
        match self {
            Self::Current => Ok(()),
            Self::Other(user) => user.own(path),
        }
    }

    /// Gives this user a file or folder: it has it.
    #[cfg(windows)]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "it is so on this system only")]
    pub fn own(&self, _path: &Path) -> Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::path::{Path, PathBuf};

    use anyhow::{Context, Result, bail};
    use nix::unistd::User;
    use tokio::process::Command;

    /// An unprivileged user that exists on this machine.
    #[derive(Debug, Clone)]
    pub struct StandIn {
        name: String,
        uid: u32,
        gid: u32,
        /// `setpriv`, where the cluster is below a folder that only root may enter.
        entering_with: Option<PathBuf>,
    }

    impl StandIn {
        pub async fn choose(folder: &Path, probe: &Path) -> Result<Self> {
            let user = ["postgres", "_postgres", "nobody"]
                .iter()
                .find_map(|name| User::from_name(name).ok().flatten())
                .context(
                    "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody",
                )?;
            let mut stand_in =
                Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw(), entering_with: None };
            if stand_in.reaches(folder, probe).await {
                return Ok(stand_in);
            }
            stand_in.entering_with = which::which("setpriv").ok();
            if stand_in.entering_with.is_some() && stand_in.reaches(folder, probe).await {
                return Ok(stand_in);
            }
            bail!(
                "PostgreSQL refuses to run as root, and the user {} can't enter {} or run {}. \
                 Run this as another user, move the repository out of the private folder, \
                 or set DATABASE_URL to a database that runs",
                stand_in.name,
                folder.display(),
                probe.display()
            )
        }

        /// The plain change of user, or with the one capability that lets a process pass through folders
        /// that are closed to it.
        pub fn command(&self, program: &Path, folder: &Path) -> Command {
            let Some(setpriv) = &self.entering_with else {
                let mut command = Command::new(program);
                command.uid(self.uid).gid(self.gid).current_dir(folder);
                return command;
            };
            let mut command = Command::new(setpriv);
            command
                .arg(format!("--reuid={}", self.uid))
                .arg(format!("--regid={}", self.gid))
                .args([
                    "--clear-groups",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override",
                ])
                .args(["--bounding-set=-all,+dac_override", "--"])
                .arg(program)
                .current_dir(folder);
            command
        }

        pub fn own(&self, path: &Path) -> Result<()> {
            chown(path, Some(self.uid), Some(self.gid))
                .with_context(|| format!("giving {} to the user {}", path.display(), self.name))
        }

        /// Tries it: modes alone don't tell what a mount, an access list or a container allows.
        async fn reaches(&self, folder: &Path, probe: &Path) -> bool {
            if self.entering_with.is_none() && open_to_all(folder).is_err() {
                return false;
            }
            let tried = self.command(probe, folder).arg("--version").output().await;
            tried.is_ok_and(|output| output.status.success())
        }
    }

    /// Lets others pass through our own data directory, whose files keep their own modes.
    fn open_to_all(folder: &Path) -> Result<()> {
        let Some(parent) = folder.parent() else { return Ok(()) };
        let mode = parent.metadata()?.permissions().mode();
        std::fs::set_permissions(parent, std::fs::Permissions::from_mode(mode | 0o011))?;
        Ok(())
    }
}
