//! A remembered unlock: the opened key in the kernel's memory, for a while, and never on disk.
//!
//! The user's own keyring holds it; the kernel forgets it when the time is over, when the machine restarts, and when
//! `lock` says so. Where the kernel has no keyring for us (a container may refuse it), nothing is remembered and
//! each command asks for the PIN.

use std::path::Path;

use citizen_core::{DataKey, PersonId};

/// Why nothing was remembered: the kernel keeps no keys for this process.
pub(crate) struct NoKeyring;

#[cfg(target_os = "linux")]
mod kernel {
    use std::path::Path;

    use citizen_core::PersonId;
    use linux_keyutils::{Key, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission};
    use zeroize::Zeroizing;

    use super::NoKeyring;

    impl From<KeyError> for NoKeyring {
        fn from(_: KeyError) -> Self {
            Self
        }
    }

    /// A name that says which data folder and which person, so that two installations never share a key.
    fn description(data: &Path, person: PersonId) -> String {
        format!("citizen:{person}:{}", data.display())
    }

    fn find(data: &Path, person: PersonId) -> Result<Key, KeyError> {
        KeyRing::from_special_id(KeyRingIdentifier::User, false)?.search(&description(data, person))
    }

    pub(super) fn remember(data: &Path, person: PersonId, key: &[u8], seconds: u32) -> Result<(), NoKeyring> {
        let ring = KeyRing::from_special_id(KeyRingIdentifier::User, false)?;
        let kept = ring.add_key(&description(data, person), key)?;
        let limit = || {
            kept.set_timeout(usize::try_from(seconds).unwrap_or(usize::MAX))?;
            let permissions = KeyPermissionsBuilder::builder()
                .posessor(Permission::ALL)
                .user(Permission::VIEW | Permission::READ | Permission::SEARCH | Permission::SETATTR)
                .build();
            kept.set_perms(permissions)
        };
        if limit().is_err() {
            // A key whose end cannot be set must not stay.
            kept.invalidate()?;
            return Err(NoKeyring);
        }
        // Some sandboxes take a key and then do not give it back: only one that can be read again counts.
        recall(data, person).filter(|again| again.as_slice() == key).map(drop).ok_or(NoKeyring)
    }

    pub(super) fn recall(data: &Path, person: PersonId) -> Option<Zeroizing<Vec<u8>>> {
        find(data, person).and_then(|key| key.read_to_vec()).ok().map(Zeroizing::new)
    }

    pub(super) fn forget(data: &Path, person: PersonId) {
        // What is not there need not be forgotten.
        let _ = find(data, person).and_then(|key| key.invalidate().or_else(|_| key.revoke()));
    }
}

#[cfg(not(target_os = "linux"))]
mod kernel {
    use std::path::Path;

    use citizen_core::PersonId;
    use zeroize::Zeroizing;

    use super::NoKeyring;

    pub(super) fn remember(_: &Path, _: PersonId, _: &[u8], _: u32) -> Result<(), NoKeyring> {
        Err(NoKeyring)
    }

    pub(super) fn recall(_: &Path, _: PersonId) -> Option<Zeroizing<Vec<u8>>> {
        None
    }

    pub(super) fn forget(_: &Path, _: PersonId) {}
}

/// Remembers an opened key for that many seconds.
pub(crate) fn remember(data: &Path, person: PersonId, key: &DataKey, seconds: u32) -> Result<(), NoKeyring> {
    kernel::remember(data, person, key.bytes(), seconds)
}

/// The remembered key, where there is one.
pub(crate) fn recall(data: &Path, person: PersonId) -> Option<DataKey> {
    kernel::recall(data, person).as_deref().and_then(|bytes: &Vec<u8>| DataKey::from_bytes(bytes))
}

/// Forgets the remembered key.
pub(crate) fn forget(data: &Path, person: PersonId) {
    kernel::forget(data, person);
}
