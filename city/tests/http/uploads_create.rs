//! Making uploads, and making them again.

use citizen_api::problem::ProblemType;

use crate::support::{File, Town, about, request};

#[tokio::test]
async fn the_server_says_what_it_can_do_to_anyone() {
    let town = Town::open().await;
    let reply = town.send(&request("OPTIONS", "/v1/uploads", &[])).await;
    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("tus-version"), Some("1.0.0"));
    assert_eq!(reply.header("tus-resumable"), Some("1.0.0"));
    assert_eq!(reply.header("tus-checksum-algorithm"), Some("sha256,sha1"));
    assert_eq!(reply.header("tus-max-size"), Some("20971520"));
    let extensions = "creation,creation-with-upload,checksum,expiration,termination";
    assert_eq!(reply.header("tus-extension"), Some(extensions));
}

#[tokio::test]
async fn one_request_is_enough_for_a_small_file() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(5000));
    let created = town.send(&file.creation(who, &file.bytes)).await;
    assert_eq!((created.status, created.offset()), (201, 5000));
    assert_eq!(created.header("upload-expires"), None);
    let path = created.header("location").unwrap();
    assert_eq!(std::fs::read(town.stored(path)).unwrap(), file.bytes);
    let head = town.head(path, who).await;
    assert_eq!((head.status, head.offset()), (200, 5000));
    assert_eq!(head.header("upload-length"), Some("5000"));
    assert_eq!(head.header("upload-metadata"), Some(file.metadata.as_str()));
    assert_eq!(head.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_creation_made_again_is_the_same_upload_and_goes_on() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(5000));
    let first = town.send(&file.creation(who, &file.bytes[..2000])).await;
    assert_eq!((first.status, first.offset()), (201, 2000));
    assert!(first.header("upload-expires").is_some_and(|moment| moment.ends_with(" GMT")));
    let again = town.send(&file.creation(who, b"")).await;
    assert_eq!((again.status, again.offset()), (201, 2000));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("idempotent-replay"), Some("true"));
    let whole = town.send(&file.creation(who, &file.bytes)).await;
    assert_eq!((whole.status, whole.offset()), (201, 5000));
    let known = town.send(&file.creation(who, &file.bytes)).await;
    assert_eq!((known.status, known.offset()), (201, 5000));
    assert_eq!(std::fs::read(town.stored(first.header("location").unwrap())).unwrap(), file.bytes);
}

#[tokio::test]
async fn another_key_for_the_same_attachment_is_the_same_upload() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(100));
    let path = town.create(who, &file).await;
    let text = String::from_utf8(file.creation(who, b"")).unwrap();
    let key = format!("Idempotency-Key: {}", file.attachment_id);
    let other_key = town.send(text.replace(&key, "Idempotency-Key: another").as_bytes()).await;
    assert_eq!((other_key.status, other_key.header("location")), (201, Some(path.as_str())));
    let longer = text.replace("Upload-Length: 100", "Upload-Length: 101");
    let reused = town.send(longer.as_bytes()).await;
    assert_eq!(reused.problem().kind, ProblemType::IdempotencyKeyReused);
    let taken = town.send(longer.replace(&key, "Idempotency-Key: third").as_bytes()).await;
    assert_eq!(taken.problem().kind, ProblemType::WrongState);
}

#[tokio::test]
async fn nobody_sees_or_touches_another_persons_upload() {
    let town = Town::open().await;
    let (wang, li, file) = (town.sign_in("wang").await, town.sign_in("li").await, File::png(100));
    let path = town.create(wang, &file).await;
    assert_eq!(town.head(&path, li).await.status, 404);
    assert_eq!(town.patch(&path, li, 0, &file.bytes).await.status, 404);
    assert_eq!(town.send(&about("DELETE", &path, li, &[])).await.status, 404);
    assert_eq!(town.head(&path, "nobody").await.status, 401);
    assert_eq!(town.head(&path, wang).await.offset(), 0);
}

#[tokio::test]
async fn a_removed_upload_is_gone_and_its_name_is_free() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(100));
    let path = town.create(who, &file).await;
    assert_eq!(town.send(&about("DELETE", &path, who, &[])).await.status, 204);
    assert_eq!(town.head(&path, who).await.status, 404);
    assert!(!town.stored(&path).exists());
    assert_ne!(town.create(who, &file).await, path);
}

#[tokio::test]
async fn the_evidence_of_a_case_cannot_be_removed() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(100));
    let created = town.send(&file.creation(who, &file.bytes)).await;
    let path = created.header("location").unwrap();
    let cite = "UPDATE uploads SET case_id = 'case' WHERE status = 'complete'";
    let cited = town.city.store.write(move |tx| tx.execute(cite, &[])).await;
    assert_eq!(cited.unwrap(), 1);
    let refused = town.send(&about("DELETE", path, who, &[])).await;
    assert_eq!((refused.status, refused.problem().kind), (409, ProblemType::WrongState));
    assert_eq!(std::fs::read(town.stored(path)).unwrap(), file.bytes);
}

#[tokio::test]
async fn what_one_person_keeps_is_bounded() {
    let town = Town::open().await;
    let who = town.sign_in("wang").await;
    for _ in 0..25 {
        let creation = String::from_utf8(File::png(1).creation(who, b"")).unwrap();
        let large = creation.replace("Upload-Length: 1\r", "Upload-Length: 20971520\r");
        assert_eq!(town.send(large.as_bytes()).await.status, 201);
    }
    let refused = town.send(&File::png(1).creation(who, b"")).await;
    assert_eq!((refused.status, refused.problem().kind), (413, ProblemType::TooLarge));
    let other = town.sign_in("li").await;
    town.create(other, &File::png(1)).await;
}

#[tokio::test]
async fn an_unfinished_upload_ends_when_its_time_is_over_and_a_finished_one_does_not() {
    let town = Town::open().await;
    let (who, file, done) = (town.sign_in("wang").await, File::png(1000), File::png(57));
    let path = town.create(who, &file).await;
    assert_eq!(town.patch(&path, who, 0, &file.bytes[..400]).await.offset(), 400);
    let finished = town.send(&done.creation(who, &done.bytes)).await;
    let expire = town.city.store.write(|tx| tx.execute("UPDATE uploads SET expires_at = 1", &[])).await;
    assert_eq!(expire.unwrap(), 2);
    assert_eq!(town.head(&path, who).await.status, 404);
    assert_eq!(town.patch(&path, who, 400, &file.bytes[400..]).await.status, 404);
    assert_eq!(town.head(finished.header("location").unwrap(), who).await.offset(), 57);
    let stored = town.stored(&path);
    let town = town.reopen().await;
    while stored.exists() {
        tokio::task::yield_now().await;
    }
    assert_ne!(town.create(who, &file).await, path);
    assert_eq!(std::fs::read(town.stored(finished.header("location").unwrap())).unwrap(), done.bytes);
}
