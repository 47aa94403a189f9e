//! Requests and files that no honest phone sends, at the city: each has its answer, none moves an offset, and a hundred
//! at once need no memory to speak of.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_tests::security::compare_in;
use miniz_oxide::deflate::compress_to_vec_zlib;

use crate::city::City;
use crate::patience::until;
use crate::server::{File, Scene, Server, location};
use crate::wire::{Reply, Request, Verdict};

/// The most memory that the city may ever have had, in kilobytes.
const MOST_MEMORY: u64 = 256 * 1024;

/// A request that is refused, and with what.
struct Case {
    name: &'static str,
    status: u16,
    /// Made of an upload that stands at 5 of 1000 bytes.
    request: fn(Scene<'_>, &str, &File) -> Request,
}

const fn case(name: &'static str, status: u16, request: fn(Scene<'_>, &str, &File) -> Request) -> Case {
    Case { name, status, request }
}

/// What is wrong with the request.
fn requests() -> Vec<Case> {
    vec![
        case("no Tus-Resumable", 412, |scene, path, _| scene.patch(path, 5, b"xyz").without("Tus-Resumable")),
        case("another Tus-Resumable", 412, |scene, path, _| {
            scene.patch(path, 5, b"xyz").having("Tus-Resumable", "2.0.0")
        }),
        case("offset ahead", 409, |scene, path, _| scene.patch(path, 6, b"xyz")),
        case("offset behind", 409, |scene, path, _| scene.patch(path, 4, b"xyz")),
        case("offset -1", 400, |scene, path, _| scene.patch(path, 5, b"xyz").having("Upload-Offset", "-1")),
        case("offset +5", 400, |scene, path, _| scene.patch(path, 5, b"xyz").having("Upload-Offset", "+5")),
        case("offset 5.0", 400, |scene, path, _| scene.patch(path, 5, b"xyz").having("Upload-Offset", "5.0")),
        case("offset 2^63", 400, |scene, path, _| scene.patch(path, 1 << 63, b"xyz")),
        case("no offset", 400, |scene, path, _| scene.patch(path, 5, b"xyz").without("Upload-Offset")),
        case("two offsets", 400, |scene, path, _| scene.patch(path, 5, b"xyz").with("Upload-Offset", 5)),
        case("no length and no bytes", 204, |scene, path, _| {
            scene.patch(path, 5, b"").without("Content-Length")
        }),
        case("wrong type", 415, |scene, path, _| {
            scene.patch(path, 5, b"xyz").having("Content-Type", "image/png")
        }),
        case("more bytes than declared", 413, |scene, path, file| scene.patch(path, 5, &file.bytes)),
        case("unknown checksum algorithm", 400, |scene, path, _| {
            scene.patch(path, 5, b"xyz").with("Upload-Checksum", "md5 rL0Y20zC+Fzt72VPzMSk2A==")
        }),
        case("wrong checksum", 460, |scene, path, _| {
            let wrong = format!("sha256 {}", STANDARD.encode([7; 32]));
            scene.patch(path, 5, b"xyz").with("Upload-Checksum", wrong)
        }),
        case("an upload that is nobody's", 404, |scene, _, _| {
            scene.patch("/v1/uploads/0192f3a0-0000-7000-8000-000000000001", 5, b"xyz")
        }),
        case("a name that climbs", 404, |scene, _, _| {
            scene.patch("/v1/uploads/..%2F..%2Fcity.db", 5, b"xyz")
        }),
        case("metadata that is no base64", 400, |scene, _, _| with_metadata(scene, "name %%%")),
        case("metadata with a key twice", 400, |scene, _, _| with_metadata(scene, "name eA==,name eQ==")),
        case("a name of 4 KB", 400, |scene, _, _| with_name(scene, &"n".repeat(4096))),
        case("a file of nothing", 400, |scene, _, file| scene.creation(file).having("Upload-Length", 0)),
        case("a file of 2^63 bytes", 400, |scene, _, file| {
            scene.creation(file).having("Upload-Length", 1_u64 << 63)
        }),
        case("no Idempotency-Key", 400, |scene, _, file| scene.creation(file).without("Idempotency-Key")),
    ]
}

fn with_metadata(scene: Scene<'_>, more: &str) -> Request {
    let file = File::of(100);
    scene.creation(&file).having("Upload-Metadata", format!("{},{more}", file.metadata))
}

fn with_name(scene: Scene<'_>, name: &str) -> Request {
    with_metadata(scene, &format!("filename {}", STANDARD.encode(name)))
}

/// Files that are refused when their last byte is here, said to be of that kind.
fn files() -> Vec<(&'static str, u16, &'static str, Vec<u8>)> {
    let (jpeg, document) = (jpeg(10, 10), document(b"/FlateDecode", &compress_to_vec_zlib(b"a page", 6)));
    let bomb = compress_to_vec_zlib(&vec![0; 8 * 1024 * 1024], 9);
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    vec![
        ("an SVG with a script", 415, "image/svg+xml", script.clone()),
        ("an SVG said to be a PNG", 415, "image/png", script),
        ("a zip archive", 415, "application/zip", b"PK\x03\x04".repeat(20)),
        ("a zip archive said to be a PDF", 415, "application/pdf", b"PK\x03\x04".repeat(20)),
        ("a PNG bomb", 415, "image/png", png(60_000, 60_000)),
        ("a JPEG bomb", 415, "image/jpeg", jpeg_of(0xC0, 65_535, 65_535)),
        (
            "a PDF bomb, packed twice",
            415,
            "application/pdf",
            self::document(b"[/FlateDecode /FlateDecode]", &bomb),
        ),
        (
            "a PDF with a password",
            415,
            "application/pdf",
            [document.as_slice(), b"trailer << /Encrypt 1 0 R >> %%EOF"].concat(),
        ),
        (
            "a page in a JPEG's remark",
            415,
            "image/jpeg",
            commented(&jpeg, b"<html><script>alert(1)</script>"),
        ),
        (
            "a page behind a JPEG",
            415,
            "image/jpeg",
            [&jpeg, b"<html><script>alert(1)</script>".as_slice()].concat(),
        ),
        (
            "an archive behind a PDF",
            415,
            "application/pdf",
            [document.as_slice(), b"PK\x05\x06", &[0; 18]].concat(),
        ),
        ("half a PNG", 415, "image/png", png(10, 10)[..40].to_vec()),
    ]
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = [b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".as_slice(), &sides, &[8, 0, 0, 0, 0], b"...."].concat();
    [header.as_slice(), b"\0\0\0\x01IDATx....\0\0\0\0IEND...."].concat()
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    jpeg_of(0xC0, width, height)
}

fn jpeg_of(frame: u8, width: u16, height: u16) -> Vec<u8> {
    let sides = [height.to_be_bytes(), width.to_be_bytes()].concat();
    let frame = [&[0xFF, frame, 0, 11, 8], sides.as_slice(), &[1, 1, 17, 0]].concat();
    [b"\xFF\xD8".as_slice(), &frame, b"\xFF\xDA\0\x04\x01\x02picture\xFF\xD9"].concat()
}

fn commented(jpeg: &[u8], remark: &[u8]) -> Vec<u8> {
    let length = u16::try_from(remark.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xFF\xFE", &length, remark, &jpeg[2..]].concat()
}

fn document(filter: &[u8], packed: &[u8]) -> Vec<u8> {
    let head = [b"%PDF-1.7\n1 0 obj\n<< /Filter ".as_slice(), filter, b" >>\nstream\n"].concat();
    [head.as_slice(), packed, b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"].concat()
}

fn refused(scene: Scene<'_>, case: &Case) -> Verdict {
    let file = File::of(1000);
    let path = scene.begun(&file, 5)?;
    scene.send(&(case.request)(scene, &path, &file)).is(&[case.status])?;
    scene.stands_at(&path, &file, 5)
}

#[test]
fn a_request_that_is_wrong_is_refused_and_moves_nothing_also_a_hundred_at_once() {
    let city = City::start();
    let (scene, cases) = (Scene(&city), requests());
    let mut wrong = Vec::new();
    std::thread::scope(|scope| {
        let tries: Vec<_> = cases
            .iter()
            .cycle()
            .take(100)
            .map(|case| (case.name, scope.spawn(move || refused(scene, case))))
            .collect();
        for (name, tried) in tries {
            wrong.extend(tried.join().unwrap().err().map(|seen| format!("{name}: {seen}")));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let memory = city.process.most_memory().unwrap();
    assert!(memory < MOST_MEMORY, "the city had {memory} KB");
    let rows: Vec<_> = cases.iter().map(|case| [case.name.to_owned(), case.status.to_string()]).collect();
    compare_in("docs/uploads.md", "requests", &["Request", "Status"], &rows);
}

#[test]
fn a_file_that_is_not_what_it_says_is_refused_and_forgotten_also_a_hundred_at_once() {
    let city = City::start();
    let (scene, files) = (Scene(&city), files());
    let mut wrong = Vec::new();
    let sent = |(_, status, kind, bytes): &(&str, u16, &str, Vec<u8>)| {
        let file = File::called(kind, bytes.clone());
        let reply = scene.send(&scene.creation_with(&file, file.bytes.len()));
        reply.is(&[*status]).and_then(|()| reply.lacks("Location"))
    };
    let sent = &sent;
    std::thread::scope(|scope| {
        let tries: Vec<_> =
            files.iter().cycle().take(100).map(|file| (file.0, scope.spawn(move || sent(file)))).collect();
        for (name, tried) in tries {
            wrong.extend(tried.join().unwrap().err().map(|seen| format!("{name}: {seen}")));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        std::fs::read_dir(city.process.data().join("uploads")).unwrap().next().is_none(),
        "something was kept"
    );
    let memory = city.process.most_memory().unwrap();
    assert!(memory < MOST_MEMORY, "the city had {memory} KB");
    let rows: Vec<_> = files.iter().map(|file| [file.0.to_owned(), file.1.to_string()]).collect();
    compare_in("docs/uploads.md", "files", &["File", "Status"], &rows);
}

#[test]
fn a_name_that_means_harm_is_only_a_name() {
    let city = City::start();
    let scene = Scene(&city);
    for name in ["a\0b.png", "../../../etc/passwd", "发票🧾.png", "a\r\nSet-Cookie: b"] {
        let made = scene.send(&with_name(scene, name));
        made.is(&[201]).unwrap();
        assert!(city.held(&location(&made).unwrap()).is_some(), "it is kept under a name of the city's own");
    }
}

#[test]
fn bytes_that_come_otherwise_than_was_said_leave_the_right_ones() {
    let city = City::start();
    let scene = Scene(&city);
    let file = File::of(1000);

    let short = scene.create(&file).unwrap();
    let mut nine_of_ten = scene.patch(&short, 0, &file.bytes[..10]);
    nine_of_ten.body.pop();
    nine_of_ten.cut(city.address());
    assert!(until(|| scene.head(&short).says("Upload-Offset", 9).is_ok()), "declared ten, sent nine");
    scene.stands_at(&short, &file, 9).unwrap();

    let file = File::of(1000);
    let long = scene.create(&file).unwrap();
    let mut eleven_of_ten = scene.patch(&long, 0, &file.bytes[..10]);
    eleven_of_ten.body.push(b'x');
    scene.send(&eleven_of_ten).is(&[204]).unwrap();
    scene.stands_at(&long, &file, 10).unwrap();

    let file = File::of(200_000);
    let twice = scene.create(&file).unwrap();
    let sent = || scene.send(&scene.patch(&twice, 0, &file.bytes));
    let both: Vec<Reply> = std::thread::scope(|scope| {
        [scope.spawn(sent), scope.spawn(sent)].map(|sent| sent.join().unwrap()).into()
    });
    assert_eq!(both.iter().filter(|reply| reply.status == 204).count(), 1, "{both:?}");
    scene.stands_at(&twice, &file, file.bytes.len()).unwrap();

    scene.send(&scene.patch(&twice, file.length(), b"x")).is(&[413]).unwrap();
    scene.send(&scene.patch(&twice, 0, b"x")).is(&[409]).unwrap();
    scene.stands_at(&twice, &file, file.bytes.len()).unwrap();
    scene.send(&scene.request("DELETE", &twice)).is(&[204]).unwrap();
    scene.send(&scene.patch(&twice, file.length(), b"x")).is(&[404]).unwrap();
}
