//! The names of the keys.

use crate::stored::{encoded, name};
use crate::{MembershipError, MembershipUrl, ServiceIdentity};

/// The longest key that memcached accepts.
const LONGEST: usize = 250;
/// The longest prefix: it leaves room for the kind of a key, and a hash.
const LONGEST_ROOT: usize = 200;
/// The number of keys of the index. All nodes must use the same number.
const PARTS: u8 = 16;

/// The keys of a fleet.
#[derive(Debug)]
pub(super) struct Keys {
    root: String,
}

/// The keys of a member.
#[derive(Debug)]
pub(super) struct MemberKeys {
    /// Its name in the index.
    pub(super) name: String,
    pub(super) record: String,
    pub(super) alive: String,
    /// The part of the index that contains it.
    pub(super) part: String,
}

impl Keys {
    pub(super) fn new(url: &MembershipUrl) -> Result<Self, MembershipError> {
        let root = url.root("/periodic")?;
        // `/` is kept: it occurs only in the prefix.
        let root = root.split('/').map(encoded).collect::<Vec<String>>().join("/");
        if root.len() > LONGEST_ROOT {
            return Err(url.refused(&format!("its path can have at most {LONGEST_ROOT} bytes")));
        }
        Ok(Self { root })
    }

    pub(super) fn of(&self, service: &ServiceIdentity) -> MemberKeys {
        self.of_name(name(&service.binary, &service.host))
    }

    pub(super) fn of_name(&self, name: String) -> MemberKeys {
        let part = hash(&name) % u128::from(PARTS);
        MemberKeys {
            record: self.key("record", &name),
            alive: self.key("alive", &name),
            part: format!("{}/index/{part}", self.root),
            name,
        }
    }

    /// Returns the keys of the whole index.
    pub(super) fn parts(&self) -> Vec<String> {
        (0..PARTS).map(|part| format!("{}/index/{part}", self.root)).collect()
    }

    fn key(&self, about: &str, name: &str) -> String {
        let key = format!("{}/{about}/{name}", self.root);
        if key.len() <= LONGEST {
            return key;
        }
        // No name contains `#`.
        format!("{}/{about}/#{:032x}", self.root, hash(name))
    }
}

/// Returns FNV-1a of 128 bits: it is the same in every build, and two names of a fleet practically never collide.
fn hash(text: &str) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = (1 << 88) + 0x13b;
    text.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn keys(url: &str) -> Keys {
        Keys::new(&url.parse().unwrap()).unwrap()
    }

    #[test]
    fn keys_are_those_that_memcached_takes() {
        let long = "n".repeat(300);
        for url in ["memcached://h", "memcached://h/a/b", "memcached://h/my%20fleet%0a", "memcached://h/Stä"]
        {
            for (host, service) in
                [("node-1", "nova-compute"), ("a b\r\n", "\0"), ("Knöten", "d/e"), (&long, "s"), ("h", &long)]
            {
                let keys = keys(url).of(&ServiceIdentity::new(host, service));
                for key in [&keys.record, &keys.alive, &keys.part] {
                    assert!(key.len() <= LONGEST && key.bytes().all(|byte| byte.is_ascii_graphic()), "{key}");
                }
                assert_ne!(keys.record, keys.alive);
            }
        }
        let plain = keys("memcached://h").of(&ServiceIdentity::new("node-1", "nova-compute"));
        assert_eq!(plain.record, "/periodic/record/nova-compute@node-1");
        let two = ["1", "2"].map(|end| ServiceIdentity::new(format!("{long}{end}"), "s"));
        let two = two.map(|service| keys("memcached://h").of(&service).record);
        assert_ne!(two[0], two[1]);
    }

    #[test]
    fn hashes_stay_what_they_are() {
        // From the test suite of FNV's authors.
        assert_eq!(hash(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(hash("foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn the_index_is_divided_evenly() {
        let keys = keys("memcached://h");
        let hosts = (0..200).map(|node| ServiceIdentity::new(format!("node-{node:03}"), "nova-compute"));
        let parts: Vec<String> = hosts.map(|service| keys.of(&service).part).collect();
        for part in keys.parts() {
            let share = parts.iter().filter(|one| **one == part).count();
            assert!((6..=20).contains(&share), "{part}: {share} of 200");
        }
        assert_eq!(keys.parts().iter().collect::<HashSet<_>>().len(), usize::from(PARTS));
    }

    #[test]
    fn a_path_that_leaves_no_room_is_refused() {
        let url = format!("memcached://h/{}", "p".repeat(200)).parse().unwrap();
        let error = Keys::new(&url).unwrap_err().to_string();
        assert!(error.ends_with("its path can have at most 200 bytes"), "{error}");
    }
}
