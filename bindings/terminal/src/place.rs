//! Where an installation lives, and which city it belongs to.

use std::path::{Path, PathBuf};

use url::Url;

use crate::failure::Failure;

/// The file that remembers the city's address.
const CITY_FILE: &str = "city";

/// The folder for data: the one that was named, or the platform's.
pub(crate) fn data_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let folder = match named {
        Some(folder) => folder.to_owned(),
        None => {
            platform_folder(|name| std::env::var_os(name).map(PathBuf::from)).ok_or(Failure::NoDataFolder)?
        }
    };
    Ok(std::path::absolute(folder)?)
}

fn platform_folder(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |folder: PathBuf| Some(folder).filter(|folder| folder.is_absolute());
    if cfg!(target_os = "macos") {
        return absolute(variable("HOME")?).map(|home| home.join("Library/Application Support/citizen"));
    }
    let named = variable("XDG_DATA_HOME").and_then(absolute);
    let base = named.or_else(|| variable("HOME").and_then(absolute).map(|home| home.join(".local/share")))?;
    Some(base.join("citizen"))
}

/// The city's address: the one that was named, or the one that the folder belongs to.
pub(crate) fn city(folder: &Path, named: Option<&Url>) -> Result<Url, Failure> {
    let remembered = std::fs::read_to_string(folder.join(CITY_FILE)).ok();
    let known = remembered.and_then(|address| Url::parse(address.trim()).ok());
    match (named, known) {
        (Some(named), Some(known)) if *named != known => Err(Failure::OtherCity { known }),
        (Some(named), _) => Ok(named.clone()),
        (None, Some(known)) => Ok(known),
        (None, None) => Err(Failure::NoCity),
    }
}

/// Makes the folder for data where there is none, for its owner's eyes only.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|_| Failure::DataFolderUnusable { folder: folder.to_owned() })
}

/// Remembers the city's address.
pub(crate) fn remember_city(folder: &Path, city: &Url) -> Result<(), Failure> {
    let file = folder.join(CITY_FILE);
    match file.exists() {
        true => Ok(()),
        false => Ok(std::fs::write(file, format!("{city}\n"))?),
    }
}

/// Forgets the city's address.
pub(crate) fn forget_city(folder: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(folder.join(CITY_FILE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use url::Url;

    use super::{city, platform_folder, remember_city};
    use crate::failure::Failure;

    #[test]
    fn the_platform_says_where_data_lives() {
        let with = |variables: &'static [(&str, &str)]| {
            move |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
            }
        };
        if cfg!(target_os = "linux") {
            let both = platform_folder(with(&[("XDG_DATA_HOME", "/d"), ("HOME", "/h")]));
            assert_eq!(both, Some("/d/citizen".into()));
            let relative = platform_folder(with(&[("XDG_DATA_HOME", "d"), ("HOME", "/h")]));
            assert_eq!(relative, Some("/h/.local/share/citizen".into()));
        }
        assert_eq!(platform_folder(with(&[])), None);
    }

    #[test]
    fn a_folder_keeps_to_its_city() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) =
            (Url::parse("http://one.example/").unwrap(), Url::parse("http://other.example/").unwrap());
        assert!(matches!(city(folder.path(), None), Err(Failure::NoCity)));
        assert_eq!(city(folder.path(), Some(&other)).unwrap(), other, "nothing is remembered by looking");
        remember_city(folder.path(), &one).unwrap();
        assert_eq!(city(folder.path(), None).unwrap(), one);
        assert!(
            matches!(city(folder.path(), Some(&other)), Err(Failure::OtherCity { known }) if known == one)
        );
    }
}
