//! The files that this instance has read already.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;

use crate::{
    encoding::Encoding,
    path::FilePath,
    policy,
    representation::{self, Representation},
};

/// Bytes of content kept. The built UI is a fraction of it; more than one file may be over for a moment.
const BUDGET: usize = 16 * 1024 * 1024;

/// A folder and what has been read of it.
///
/// Files named by their content are read once. Of the others each use asks the disk whether they are
/// still the same, so that a new `index.html` is seen at once.
#[derive(Debug)]
pub(crate) struct Cache {
    root: PathBuf,
    files: Mutex<LruCache<String, Codings>>,
}

/// What is known of a file.
type Codings = BTreeMap<Encoding, Coding>;

#[derive(Debug, Clone)]
enum Coding {
    Present(Arc<Representation>),
    Absent,
}

impl Cache {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root, files: Mutex::new(LruCache::unbounded()) }
    }

    /// The file in the first of `codings` in which it is there; `None` where there is no such file.
    pub(crate) fn find(
        &self,
        path: &FilePath,
        codings: &[Encoding],
    ) -> io::Result<Option<Arc<Representation>>> {
        for coding in codings {
            if let Some(found) = self.find_coding(path, *coding)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Whether there is such a file.
    pub(crate) fn contains(&self, path: &FilePath) -> io::Result<bool> {
        Ok(representation::metadata(&self.root.join(path.as_str()))?.is_some())
    }

    fn find_coding(&self, path: &FilePath, coding: Encoding) -> io::Result<Option<Arc<Representation>>> {
        let immutable = path.is_in(policy::HASHED);
        match self.known(path, coding) {
            Some(Coding::Present(found)) if immutable || found.is_current()? => return Ok(Some(found)),
            Some(Coding::Absent) if immutable => return Ok(None),
            _ => {}
        }
        // A compressed file without the plain one beside it is left over from another build.
        if coding != Encoding::Identity && !self.contains(path)? {
            return Ok(None);
        }
        let found = Representation::load(&self.root, path, coding)?.map(Arc::new);
        match &found {
            Some(found) => self.remember(path, coding, Coding::Present(Arc::clone(found))),
            // Of a file that is not there at all nothing is kept: anybody can ask for any number of those.
            None if coding == Encoding::Identity => {}
            None => self.remember(path, coding, Coding::Absent),
        }
        Ok(found)
    }

    fn known(&self, path: &FilePath, coding: Encoding) -> Option<Coding> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(path.as_str())?.get(&coding).cloned()
    }

    /// Keeps it, and forgets the files that were not used for longest where that is too much.
    fn remember(&self, path: &FilePath, coding: Encoding, known: Coding) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get_or_insert_mut(path.as_str().to_owned(), Codings::new).insert(coding, known);
        let mut weight: usize = files.iter().map(|(_, codings)| weigh(codings)).sum();
        while weight > BUDGET && files.len() > 1 {
            weight -= files.pop_lru().map_or(0, |(_, codings)| weigh(&codings));
        }
    }
}

fn weigh(codings: &Codings) -> usize {
    let weight = |coding: &Coding| match coding {
        Coding::Present(found) => found.weight(),
        Coding::Absent => 0,
    };
    codings.values().map(weight).sum()
}
