//! Requests that say what no honest client says. None of them moves an offset.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::problem::ProblemType;

use crate::support::{File, Town, about, patch_head, request};

#[tokio::test]
async fn a_hostile_offset_is_refused_and_moves_nothing() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    assert_eq!(town.patch(&path, who, 0, &file.bytes[..5]).await.offset(), 5);
    for hostile in ["+5", "-5", "5.0", "5,5", "", "9223372036854775808", "18446744073709551621"] {
        let head = String::from_utf8(patch_head(&path, who, 5, 3, &[])).unwrap();
        let head = head.replace("Upload-Offset: 5\r", &format!("Upload-Offset: {hostile}\r"));
        let reply = town.send(&[head.as_bytes(), b"xyz"].concat()).await;
        assert_eq!((reply.status, reply.problem().kind), (400, ProblemType::MalformedRequest), "{hostile}");
    }
    let twice = patch_head(&path, who, 5, 3, &[("Upload-Offset", "5")]);
    assert_eq!(town.send(&[&twice[..], b"xyz"].concat()).await.status, 400);
    for (offset, status) in [(0, 409), (4, 409), (6, 409), (i64::MAX as u64, 409)] {
        let reply = town.patch(&path, who, offset, b"xyz").await;
        assert_eq!((reply.status, reply.offset()), (status, 5), "{offset}");
    }
    assert_eq!(town.head(&path, who).await.offset(), 5);
    assert_eq!(std::fs::read(town.stored(&path)).unwrap(), &file.bytes[..5]);
}

#[tokio::test]
async fn more_bytes_than_were_declared_are_refused_however_they_come() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    let announced = town.patch(&path, who, 0, &[0; 1001]).await;
    assert_eq!((announced.status, announced.problem().kind), (413, ProblemType::TooLarge));
    let headers = [
        ("Content-Type", "application/offset+octet-stream"),
        ("Upload-Offset", "0"),
        ("Transfer-Encoding", "chunked"),
    ];
    let chunk = [b"2bc\r\n", &[1; 700][..], b"\r\n"].concat();
    let chunked = [&about("PATCH", &path, who, &headers)[..], &chunk, &chunk, b"0\r\n\r\n"].concat();
    assert_eq!(town.send(&chunked).await.status, 413);
    assert_eq!(town.head(&path, who).await.offset(), 0);
    assert_eq!(std::fs::metadata(town.stored(&path)).unwrap().len(), 0);
}

#[tokio::test]
async fn another_version_of_tus_is_refused_before_anything_else() {
    let town = Town::open().await;
    for headers in
        [&[][..], &[("Tus-Resumable", "0.2.2")], &[("Tus-Resumable", "1.0.0"), ("Tus-Resumable", "1.0.0")]]
    {
        let reply = town.send(&request("POST", "/v1/uploads", headers)).await;
        assert_eq!((reply.status, reply.header("tus-version")), (412, Some("1.0.0")), "{headers:?}");
        assert_eq!(reply.problem().kind, ProblemType::UnsupportedVersion);
    }
}

#[tokio::test]
async fn other_content_types_and_algorithms_are_refused() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    let head = String::from_utf8(patch_head(&path, who, 0, 3, &[])).unwrap();
    let kind = "Content-Type: application/offset+octet-stream\r\n";
    for other in ["", "Content-Type: image/png\r\n", &kind.repeat(2)] {
        let reply = town.send(&[head.replace(kind, other).as_bytes(), b"xyz"].concat()).await;
        assert_eq!((reply.status, reply.problem().kind), (415, ProblemType::UnsupportedMediaType), "{other}");
    }
    for checksum in ["crc32 AAAA", "sha256", "sha256 ####", "sha256 AAAA"] {
        let head = patch_head(&path, who, 0, 3, &[("Upload-Checksum", checksum)]);
        assert_eq!(town.send(&[&head[..], b"xyz"].concat()).await.status, 400, "{checksum}");
    }
    assert_eq!(town.head(&path, who).await.offset(), 0);
}

#[tokio::test]
async fn a_creation_that_says_nonsense_makes_nothing() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let sound = String::from_utf8(file.creation(who, b"")).unwrap();
    let key = format!("Idempotency-Key: {}\r\n", file.attachment_id);
    let metadata = format!("Upload-Metadata: {}", file.metadata);
    let png = format!("filetype {}", STANDARD.encode("image/png"));
    let html = format!("filetype {}", STANDARD.encode("text/html"));
    for (from, to, status, kind) in [
        (key.as_str(), "", 400, ProblemType::IdempotencyKeyMissing),
        (&key, &key.repeat(2), 400, ProblemType::MalformedRequest),
        ("Upload-Length: 1000", "Upload-Length: -1", 400, ProblemType::MalformedRequest),
        ("Upload-Length: 1000", "Upload-Length: 1e3", 400, ProblemType::MalformedRequest),
        ("Upload-Length: 1000", "Upload-Defer-Length: 1", 400, ProblemType::MalformedRequest),
        ("Upload-Length: 1000", "Upload-Length: 0", 400, ProblemType::MalformedRequest),
        ("Upload-Length: 1000", "Upload-Length: 20971521", 413, ProblemType::TooLarge),
        (&metadata, "X: y", 400, ProblemType::MalformedRequest),
        (&metadata, &format!("{metadata},note %%%"), 400, ProblemType::MalformedRequest),
        (&metadata, &format!("{metadata},{png}"), 400, ProblemType::MalformedRequest),
        (&png, &html, 415, ProblemType::UnsupportedMediaType),
    ] {
        let reply = town.send(sound.replace(from, to).as_bytes()).await;
        assert_eq!((reply.status, reply.problem().kind), (status, kind), "{to}");
    }
    assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_method_that_is_meant_is_the_method() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(1000));
    let path = town.create(who, &file).await;
    let head = patch_head(&path, who, 0, 1000, &[("X-HTTP-Method-Override", "PATCH")]);
    let head = String::from_utf8(head).unwrap().replacen("PATCH", "POST", 1);
    let reply = town.send(&[head.as_bytes(), &file.bytes].concat()).await;
    assert_eq!((reply.status, reply.offset()), (204, 1000));
    let plain = town.send(&about("POST", &path, who, &[("Content-Length", "0")])).await;
    assert_eq!(plain.problem().kind, ProblemType::MethodNotAllowed);
}

#[tokio::test]
async fn a_refusal_reaches_a_phone_that_is_still_sending() {
    let town = Town::open().await;
    let (who, file) = (town.sign_in("wang").await, File::png(8 * 1024 * 1024));
    let path = town.create(who, &file).await;
    assert_eq!(town.patch(&path, "nobody", 0, &file.bytes).await.status, 401);
    assert_eq!(town.patch(&path, who, 7, &file.bytes[7..]).await.status, 409);
    assert_eq!(town.head(&path, who).await.offset(), 0);
}
