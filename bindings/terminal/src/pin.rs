//! Where the PIN comes from: a file that only its owner can read, or a prompt that shows nothing. Never the command
//! line, which every process on the machine can see.

use std::io::{IsTerminal, Read};
use std::path::Path;

use citizen_api::Language;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::output::words::Either;

/// The longest PIN file that is read. A PIN is a few digits; anything longer is another file.
const LONGEST: u64 = 256;

/// Asks for the PIN of a person who has one.
pub(crate) fn ask(file: Option<&Path>, language: Language) -> Result<Zeroizing<String>, Failure> {
    match file {
        Some(file) => read(file),
        None => prompt(language.either("解锁码（不会显示）：", "PIN (not shown): ")),
    }
}

/// Asks for a PIN that is going to be theirs: twice, because nobody sees what was typed.
pub(crate) fn choose(file: Option<&Path>, language: Language) -> Result<Zeroizing<String>, Failure> {
    if let Some(file) = file {
        return read(file);
    }
    let first = prompt(language.either(
        "请设一个解锁码(PIN)，至少 6 位数字，用来打开这里的数据（不会显示）：",
        "Choose a PIN of at least 6 digits; it opens the data kept here (not shown): ",
    ))?;
    let again = prompt(language.either("再输入一次：", "Once more: "))?;
    match *first == *again {
        true => Ok(first),
        false => Err(Failure::PinsDiffer),
    }
}

fn prompt(words: &str) -> Result<Zeroizing<String>, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::NoPrompt);
    }
    rpassword::prompt_password(words).map(Zeroizing::new).map_err(Failure::Machine)
}

fn read(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let unreadable = |_| Failure::PinFileUnreadable { file: file.to_owned() };
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    refuse_shared(&opened.metadata().map_err(unreadable)?, file)?;
    let mut text = Zeroizing::new(String::new());
    opened.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().trim().to_owned()))
}

/// A PIN that others can read is no PIN.
#[cfg(unix)]
fn refuse_shared(metadata: &std::fs::Metadata, file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    match metadata.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(Failure::PinFileShared { file: file.to_owned() }),
    }
}

#[cfg(not(unix))]
fn refuse_shared(_: &std::fs::Metadata, _: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::read;
    use crate::failure::Failure;

    #[test]
    fn a_pin_file_is_its_first_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pin");
        std::fs::write(&file, "274951 \nsecond line\n").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        assert_eq!(read(&file).unwrap().as_str(), "274951");
    }

    #[test]
    fn a_pin_file_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pin");
        std::fs::write(&file, "274951").unwrap();
        for mode in [0o644, 0o640, 0o604] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            assert!(matches!(read(&file), Err(Failure::PinFileShared { .. })), "{mode:o}");
        }
        assert!(matches!(read(&folder.path().join("none")), Err(Failure::PinFileUnreadable { .. })));
    }
}
