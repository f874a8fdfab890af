use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;
use std::sync::Arc;

use crate::task::{Task, TaskName};

/// All tasks that ever existed, each with a small number.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<TaskName>,
    by_name: HashMap<TaskName, usize>,
    /// By the address of a declaration, which is kept so that no other one can take the address.
    by_address: HashMap<usize, (Arc<Task>, usize), BuildHasherDefault<Mixed>>,
}

impl Names {
    pub(super) fn all(&self) -> &[TaskName] {
        &self.all
    }

    /// Returns the number of a name; a new name gets a new number.
    pub(super) fn place(&mut self, name: &TaskName) -> usize {
        if let Some(place) = self.by_name.get(name) {
            return *place;
        }
        self.all.push(name.clone());
        self.by_name.insert(name.clone(), self.all.len() - 1);
        self.all.len() - 1
    }

    /// Returns the number of a record's task. Records are many, so a name is looked up only once.
    pub(super) fn of(&mut self, task: &Arc<Task>) -> usize {
        let address = Arc::as_ptr(task).addr();
        if let Some((_, place)) = self.by_address.get(&address) {
            return *place;
        }
        let place = self.place(task.name());
        self.by_address.insert(address, (Arc::clone(task), place));
        place
    }

    /// Drops the declarations of a process that has ended.
    pub(super) fn forget(&mut self) {
        self.by_address.clear();
    }
}

/// A hasher for addresses, which are well spread but for their last bits.
#[derive(Debug, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, address: usize) {
        self.0 = (self.0 ^ address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32);
    }
}
