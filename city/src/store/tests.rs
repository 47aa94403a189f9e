use futures_util::FutureExt;

use super::{Store, StoreError, Value};

fn open() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("city.db")).unwrap();
    (folder, store)
}

async fn make_table(store: &Store) {
    store
        .write(|tx| {
            tx.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT", &[])
        })
        .await
        .unwrap();
}

async fn add(store: &Store, number: i64) -> Result<u64, StoreError> {
    let sql = "INSERT INTO notes (body, number) VALUES ($2, $1)";
    store.write(move |tx| tx.execute(sql, &[number.into(), "note".into()])).await
}

async fn numbers(store: &Store) -> Vec<i64> {
    let rows = store.read(|tx| tx.query("SELECT number FROM notes ORDER BY number", &[])).await;
    rows.unwrap().iter().map(|row| row.integer(0).unwrap()).collect()
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_reopening() {
    let (folder, store) = open();
    make_table(&store).await;
    let writes = (0..600).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { add(&store, number).await.unwrap() })
    });
    for write in writes.collect::<Vec<_>>() {
        assert_eq!(write.await.unwrap(), 1);
    }
    drop(store);
    let reopened = Store::open(&folder.path().join("city.db")).unwrap();
    assert_eq!(numbers(&reopened).await, (0..600).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_error_undoes_its_own_transaction_and_no_other() {
    let (_folder, store) = open();
    make_table(&store).await;
    let failing = store.write(|tx| -> Result<(), StoreError> {
        tx.execute("INSERT INTO notes (number, body) VALUES (7, 'x')", &[])?;
        Err(StoreError::Unwritable)
    });
    let (before, failed, after) = tokio::join!(add(&store, 1), failing, add(&store, 2));
    assert!(before.is_ok() && after.is_ok());
    assert!(matches!(failed, Err(StoreError::Unwritable)));
    assert_eq!(numbers(&store).await, [1, 2]);
}

#[tokio::test]
async fn a_panic_ends_one_transaction_and_not_the_writer() {
    let (_folder, store) = open();
    make_table(&store).await;
    let panicked = store
        .write(|tx| -> Result<(), StoreError> {
            tx.execute("INSERT INTO notes (number, body) VALUES (7, 'x')", &[])?;
            panic!("a bug");
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::NotCommitted)));
    add(&store, 1).await.unwrap();
    assert_eq!(numbers(&store).await, [1]);
}

#[tokio::test]
async fn a_transaction_that_sqlite_itself_undid_takes_its_batch_along() {
    let (_folder, store) = open();
    make_table(&store).await;
    // Stands for a full disk: after it the whole transaction is gone, not only the savepoint.
    let rolled_back = store.write(|tx| tx.execute("ROLLBACK", &[]).map(drop));
    let (undone, after) = tokio::join!(rolled_back, add(&store, 2));
    assert!(matches!(undone, Err(StoreError::NotCommitted)));
    // The job behind it either shared its batch and was run again in the next, or came after it.
    assert_eq!(after.unwrap(), 1);
    assert_eq!(numbers(&store).await, [2]);
}

#[tokio::test]
async fn a_failed_commit_fails_every_acknowledgement() {
    let (_folder, store) = open();
    store
        .write(|tx| {
            tx.execute("CREATE TABLE parents (number INTEGER PRIMARY KEY) STRICT", &[])?;
            tx.execute(
                "CREATE TABLE children (parent INTEGER NOT NULL REFERENCES parents (number)
                 DEFERRABLE INITIALLY DEFERRED) STRICT",
                &[],
            )
        })
        .await
        .unwrap();
    let orphan = store.write(|tx| tx.execute("INSERT INTO children (parent) VALUES (1)", &[])).await;
    assert!(matches!(orphan, Err(StoreError::NotCommitted)));
    let left = store.read(|tx| tx.query("SELECT parent FROM children", &[])).await;
    assert!(left.unwrap().is_empty());
}

#[tokio::test]
async fn a_reading_cannot_write() {
    let (_folder, store) = open();
    make_table(&store).await;
    let written = store.read(|tx| tx.execute("INSERT INTO notes (number, body) VALUES (1, 'x')", &[])).await;
    assert!(written.is_err());
}

#[tokio::test]
async fn every_kind_of_value_comes_back() {
    let (_folder, store) = open();
    let row = store
        .read(|tx| {
            tx.query_one(
                "SELECT $3, $1, $2, $4",
                &["𠮷".into(), vec![0u8, 255].into(), i64::MIN.into(), Value::Null],
            )
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.integer(0).unwrap(), i64::MIN);
    assert_eq!(row.text(1).unwrap(), "𠮷");
    assert_eq!(row.bytes(2).unwrap(), [0, 255]);
    assert_eq!(row.optional_text(3).unwrap(), None);
    assert!(row.integer(1).is_err() && row.text(9).is_err() && row.number::<u32>(0).is_err());
}

#[test]
fn a_newer_file_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.db");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE t (a INTEGER) STRICT; PRAGMA user_version = 9999").unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::NewerVersion { found: 9999, .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no journal beside it");
}

#[tokio::test]
async fn only_a_committed_transaction_wakes_a_listener() {
    let (_folder, store) = open();
    let mut listener = store.listen("topic");
    let undone = store.write(|tx| -> Result<(), StoreError> {
        tx.notify("topic");
        Err(StoreError::Unwritable)
    });
    assert!(undone.await.is_err());
    assert!(listener.heard().now_or_never().is_none());
    let kept = store.write(|tx| -> Result<(), StoreError> {
        tx.notify("topic");
        Ok(())
    });
    kept.await.unwrap();
    assert!(listener.heard().now_or_never().is_some());
}
