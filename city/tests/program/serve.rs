//! A city that is started with documents of a folder, and started again over changed ones.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::{city, document, printed};

/// Starts a city over the documents of a folder, and waits until it listens.
fn serve(data: &Path, documents: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_city"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).arg("--catalogue").arg(documents);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("http://"), "{line}");
    child
}

fn stop(mut child: Child) {
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success() && child.wait().unwrap().success());
}

fn write(folder: &Path, document: &Value) {
    let name = document["service_id"].as_str().unwrap();
    std::fs::write(folder.join(format!("{name}.json")), document.to_string()).unwrap();
}

#[test]
fn a_changed_folder_is_published_by_starting_again() {
    let (data, documents) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let figures = |data: &Path| -> Value {
        let output = city(&["figures", "--json", "--data", data.to_str().unwrap()]);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    write(documents.path(), &document("library-card"));
    let first = serve(data.path(), documents.path());
    assert_eq!(figures(data.path())["services"], 1);
    let added = documents.path().join("added");
    std::fs::create_dir(&added).unwrap();
    write(&added, &document("passport"));
    let passport = added.join("passport.json");
    let published =
        city(&["catalogue", "publish", passport.to_str().unwrap(), "--data", data.path().to_str().unwrap()]);
    assert!(published.status.success());
    assert!(printed(&published).contains("passport 第 1 版已发布，事项目录第 2 版"));
    assert_eq!(figures(data.path())["services"], 2);
    stop(first);

    let mut newer = document("library-card");
    newer["version"] = json!(2);
    newer["grace_days"] = json!(30);
    newer["migrations"] = json!([{ "from": 1, "steps": [] }]);
    write(documents.path(), &newer);
    let second = serve(data.path(), documents.path());
    assert_eq!(figures(data.path())["services"], 2, "what an officer published stays");
    stop(second);

    newer["title"]["zh"] = json!("");
    write(documents.path(), &newer);
    let data = data.path().to_str().unwrap();
    let refused = city(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        data,
        "--catalogue",
        documents.path().to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(1));
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(words.contains("library-card.json:1: /title/zh: 这里不能是空的"), "{words}");
}
