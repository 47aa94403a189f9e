//! Connections that are cut, and a city that dies.

use std::io::Write;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{File, Reply, Town, patch_head};

/// More than one checkpoint.
const LONG: usize = 5 * 1024 * 1024;

async fn begin_patch(town: &Town, path: &str, file: &File, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(town.address).await.unwrap();
    stream.write_all(&patch_head(path, "wang", 0, file.bytes.len(), &[])).await.unwrap();
    stream.write_all(&file.bytes[..sent]).await.unwrap();
    stream
}

#[tokio::test]
async fn what_arrived_before_a_cut_is_kept_and_the_rest_follows() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(LONG));
    let path = town.create(who, &file).await;
    for sent in [LONG / 3, 1] {
        drop(begin_patch(&town, &path, &file, sent).await);
        if sent > 1 {
            town.until_received(file.attachment_id, sent as u64).await;
        }
    }
    let offset = town.head(&path, who).await.offset();
    assert_eq!(offset, (LONG / 3) as u64);
    let rest = town.patch(&path, who, offset, &file.bytes[LONG / 3..]).await;
    assert_eq!((rest.status, rest.offset()), (204, LONG as u64));
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), file.bytes);
}

#[tokio::test]
async fn a_creation_that_is_cut_keeps_what_arrived() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(100_000));
    let whole = file.creation(who, &file.bytes);
    let head = whole.len() - file.bytes.len();
    let mut stream = TcpStream::connect(town.address).await.unwrap();
    stream.write_all(&whole[..head + 60_000]).await.unwrap();
    drop(stream);
    town.until_received(file.attachment_id, 60_000).await;
    let again = town.send(&whole).await;
    assert_eq!((again.status, again.offset()), (201, 100_000));
    assert_eq!(std::fs::read(town.stored(again.header("location").unwrap())).unwrap(), file.bytes);
}

#[tokio::test]
async fn a_newcomer_takes_over_from_a_connection_that_is_only_believed_alive() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(LONG));
    let path = town.create(who, &file).await;
    let mut silent = begin_patch(&town, &path, &file, LONG / 2).await;
    town.until_received(file.attachment_id, 2 * 1024 * 1024).await;
    let offset = town.head(&path, who).await.offset();
    assert!((2 * 1024 * 1024..=LONG as u64 / 2).contains(&offset), "{offset}");
    let here = usize::try_from(offset).unwrap();
    let rest = town.patch(&path, who, offset, &file.bytes[here..]).await;
    assert_eq!((rest.status, rest.offset()), (204, LONG as u64));
    silent.shutdown().await.unwrap();
    assert_eq!(Reply::read(&mut silent).await.status, 409);
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), file.bytes);
}

#[tokio::test]
async fn bytes_that_were_never_acknowledged_are_cut_after_a_death() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    assert_eq!(town.patch(&path, who, 0, &file.bytes[..400]).await.offset(), 400);
    let stored = town.stored(&path);
    std::fs::OpenOptions::new().append(true).open(stored).unwrap().write_all(&[0; 700]).unwrap();
    let town = town.reopen().await;
    assert_eq!(town.head(&path, who).await.offset(), 400);
    assert_eq!(town.patch(&path, who, 400, &file.bytes[400..]).await.offset(), 1000);
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), file.bytes);
}

#[tokio::test]
async fn an_upload_whose_bytes_are_gone_begins_anew() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    town.patch(&path, who, 0, &file.bytes[..400]).await;
    std::fs::write(town.stored(&path), &file.bytes[..100]).unwrap();
    assert_eq!(town.patch(&path, who, 400, &file.bytes[400..]).await.status, 404);
    let again = town.send(&file.creation(who, &file.bytes)).await;
    assert_eq!((again.status, again.offset()), (201, 1000));
}

#[tokio::test]
async fn a_file_that_no_row_names_is_cleared_away_at_the_start() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    let nobodys = town.stored("/v1/uploads/0192f3a0-0000-7000-8000-000000000001");
    std::fs::write(&nobodys, b"left by a creation that was cut short").unwrap();
    let town = town.reopen().await;
    while nobodys.exists() {
        tokio::task::yield_now().await;
    }
    assert_eq!(town.head(&path, who).await.offset(), 0);
}
