use core::fmt::Display;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Call, Collector, Given, PeriodicManager};
use crate::task::Ended;

macro_rules! pointer {
    ($($pointer:ident),*) => {$(
        impl<M: PeriodicManager + ?Sized> PeriodicManager for $pointer<M> {
            type Context = M::Context;
            type Owner = M::Owner;

            fn collect(&self, collector: &mut Collector) {
                (**self).collect(collector);
            }

            fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a> {
                (**self).call(row, given)
            }
        }
    )*};
}

pointer!(Arc, Box);

/// No tasks if there is no manager.
impl<M: PeriodicManager> PeriodicManager for Option<M> {
    type Context = M::Context;
    type Owner = M::Owner;

    fn collect(&self, collector: &mut Collector) {
        if let Some(manager) = self {
            manager.collect(collector);
        }
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a> {
        match self {
            Some(manager) => manager.call(row, given),
            None => Call::unknown_row("None", row),
        }
    }

    async fn call_inline<'a>(
        &'a self,
        row: &'a [u32],
        given: Given<'a, Self::Owner, Self::Context>,
    ) -> Ended {
        match self {
            Some(manager) => manager.call_inline(row, given).await,
            None => self.call(row, given).finish().await,
        }
    }
}

/// The tasks of each element, under its index: `0.poll`, `1.poll`.
impl<M: PeriodicManager> PeriodicManager for Vec<M> {
    type Context = M::Context;
    type Owner = M::Owner;

    fn collect(&self, collector: &mut Collector) {
        collector.elements(self.iter().enumerate());
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a> {
        element("Vec", row, given, |index| self.get(index))
    }

    async fn call_inline<'a>(
        &'a self,
        row: &'a [u32],
        given: Given<'a, Self::Owner, Self::Context>,
    ) -> Ended {
        match found(row, |index| self.get(index)) {
            Some((manager, row)) => manager.call_inline(row, given).await,
            None => self.call(row, given).finish().await,
        }
    }
}

/// The tasks of each value, under its key.
impl<K, M> PeriodicManager for BTreeMap<K, M>
where
    K: Display + Send + Sync + 'static,
    M: PeriodicManager,
{
    type Context = M::Context;
    type Owner = M::Owner;

    fn collect(&self, collector: &mut Collector) {
        collector.elements(self);
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a> {
        element("BTreeMap", row, given, |index| self.values().nth(index))
    }
}

/// The tasks of each value, under its key. The table is sorted by key, for any order of the map.
impl<K, M, S> PeriodicManager for HashMap<K, M, S>
where
    K: Display + Send + Sync + 'static,
    M: PeriodicManager,
    S: Send + Sync + 'static,
{
    type Context = M::Context;
    type Owner = M::Owner;

    fn collect(&self, collector: &mut Collector) {
        collector.elements(self);
    }

    fn call<'a>(&'a self, row: &[u32], given: Given<'a, Self::Owner, Self::Context>) -> Call<'a> {
        // A map that is not changed iterates in the same order each time, so the index stays valid.
        element("HashMap", row, given, |index| self.values().nth(index))
    }
}

fn element<'a, M: PeriodicManager>(
    container: &str,
    row: &[u32],
    given: Given<'a, M::Owner, M::Context>,
    find: impl FnOnce(usize) -> Option<&'a M>,
) -> Call<'a> {
    match found(row, find) {
        Some((manager, rest)) => manager.call(rest, given),
        None => Call::unknown_row(container, row),
    }
}

fn found<'a, 'r, M>(row: &'r [u32], find: impl FnOnce(usize) -> Option<&'a M>) -> Option<(&'a M, &'r [u32])> {
    let (index, rest) = row.split_first()?;
    Some((find(usize::try_from(*index).ok()?)?, rest))
}
