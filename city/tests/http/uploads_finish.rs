//! The end of an upload: is the file what it was said to be, and are its bytes what was meant?

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::problem::ProblemType;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

use crate::support::{File, Reply, Town, patch_head};

async fn patch_with_checksum(town: &Town, path: &str, offset: u64, bytes: &[u8], checksum: &str) -> Reply {
    let head = patch_head(path, "wang", offset, bytes.len(), &[("Upload-Checksum", checksum)]);
    town.send(&[&head[..], bytes].concat()).await
}

#[tokio::test]
async fn both_checksums_guard_the_bytes_of_a_request() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(3000));
    let path = town.create(who, &file).await;
    let sum =
        |name: &str, algorithm, bytes: &[u8]| format!("{name} {}", STANDARD.encode(digest(algorithm, bytes)));
    let first = &file.bytes[..1000];
    let right = sum("sha1", &SHA1_FOR_LEGACY_USE_ONLY, first);
    assert_eq!(patch_with_checksum(&town, &path, 0, first, &right).await.offset(), 1000);
    let rest = &file.bytes[1000..];
    let wrong = patch_with_checksum(&town, &path, 1000, rest, &right).await;
    assert_eq!((wrong.status, wrong.problem().kind), (460, ProblemType::ChecksumMismatch));
    assert_eq!(town.head(&path, who).await.offset(), 1000);
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), first);
    let right = sum("sha256", &SHA256, rest);
    assert_eq!(patch_with_checksum(&town, &path, 1000, rest, &right).await.offset(), 3000);
}

#[tokio::test]
async fn nothing_of_a_long_request_with_a_wrong_checksum_is_kept() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(6 * 1024 * 1024));
    let path = town.create(who, &file).await;
    let sent = &file.bytes[..5 * 1024 * 1024];
    let wrong = format!("sha256 {}", STANDARD.encode([0; 32]));
    assert_eq!(patch_with_checksum(&town, &path, 0, sent, &wrong).await.status, 460);
    assert_eq!(town.head(&path, who).await.offset(), 0);
    assert_eq!(std::fs::metadata(town.stored(&path)).unwrap().len(), 0);
}

#[tokio::test]
async fn a_file_that_is_damaged_on_the_way_is_forgotten_and_can_be_sent_again() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let mut damaged = file.bytes.clone();
    damaged[500] ^= 1;
    let refused = town.send(&file.creation(who, &damaged)).await;
    assert_eq!((refused.status, refused.problem().kind), (460, ProblemType::ChecksumMismatch));
    assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);
    let again = town.send(&file.creation(who, &file.bytes)).await;
    assert_eq!((again.status, again.offset()), (201, 1000));
}

#[tokio::test]
async fn a_file_that_is_not_what_its_type_says_is_refused() {
    let town = Town::open().await;
    let who = town.sign_in("wang").await;
    let page = File::called("image/jpeg", b"<!doctype html><script>".to_vec());
    let refused = town.send(&page.creation(who, &page.bytes)).await;
    assert_eq!((refused.status, refused.problem().kind), (415, ProblemType::UnsupportedMediaType));
    assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_finished_upload_takes_no_more_bytes() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    town.patch(&path, who, 0, &file.bytes).await;
    let empty = town.patch(&path, who, 1000, b"").await;
    assert_eq!((empty.status, empty.offset()), (204, 1000));
    assert_eq!(town.patch(&path, who, 1000, b"x").await.status, 413);
    assert_eq!(town.patch(&path, who, 0, &file.bytes).await.status, 409);
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), file.bytes);
}
