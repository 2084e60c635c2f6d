//! Where lines go.

use std::{
    io::{self, Write as _},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How long lines are gathered before they are written together.
const GATHER: Duration = Duration::from_millis(5);

/// Bytes that may wait for the writer before those who write have to.
const MAX_WAITING: usize = 8 << 20;

/// The place that lines are written to.
pub enum LogSink {
    /// Nowhere.
    Discard,
    /// Memory, for tests.
    Memory(MemoryLog),
    /// Standard output, through [`LogSink::stdout`].
    Stdout(Writer),
}

impl LogSink {
    /// Standard output, written by a thread of its own.
    pub fn stdout() -> io::Result<Self> {
        let writer = Writer(Arc::default());
        let queue = writer.0.clone();
        thread::Builder::new().name("log".into()).spawn(move || queue.write_forever())?;
        Ok(Self::Stdout(writer))
    }

    pub(super) fn is_discard(&self) -> bool {
        matches!(self, Self::Discard)
    }

    pub(super) fn write(&self, line: &[u8]) {
        match self {
            Self::Discard => {}
            Self::Memory(memory) => memory.push(line),
            Self::Stdout(Writer(queue)) => queue.push(line),
        }
    }

    pub(super) fn flush(&self) {
        if let Self::Stdout(Writer(queue)) = self {
            queue.write_waiting();
        }
    }
}

/// The sending side of the writer thread, which ends with the process.
pub struct Writer(Arc<Queue>);

/// Lines on their way out. The thread is woken once per batch, not once per line.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Vec<u8>>,
    filled: Condvar,
    drained: Condvar,
    /// Held while writing, so that batches keep their order.
    writing: Mutex<()>,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, line: &[u8]) {
        let waiting = self.lock();
        let mut waiting = self
            .drained
            .wait_while(waiting, |waiting| waiting.len() > MAX_WAITING)
            .unwrap_or_else(PoisonError::into_inner);
        if waiting.is_empty() {
            self.filled.notify_one();
        }
        waiting.extend_from_slice(line);
    }

    fn write_forever(&self) {
        loop {
            let waiting = self.lock();
            let waiting = self.filled.wait_while(waiting, |waiting| waiting.is_empty());
            drop(waiting.unwrap_or_else(PoisonError::into_inner));
            thread::sleep(GATHER);
            self.write_waiting();
        }
    }

    /// Writes all that waits. A closed standard output is no reason to stop serving.
    fn write_waiting(&self) {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = std::mem::take(&mut *self.lock());
        self.drained.notify_all();
        let mut out = io::stdout().lock();
        let _ = out.write_all(&batch).and_then(|()| out.flush());
    }
}

/// Lines kept in memory; clones share them.
#[derive(Clone, Default)]
pub struct MemoryLog(Arc<Mutex<Vec<String>>>);

impl MemoryLog {
    /// The lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn push(&self, line: &[u8]) {
        let line = String::from_utf8_lossy(line).trim_end().to_owned();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}
