//! What the catalogue costs on the network, counted between a real phone and a real city.

use citizen_tests::city_process::CityProcess;
use citizen_tests::journey::PIN;
use citizen_tests::phone::Phone;
use citizen_tests::proxy::{Proxy, Traffic};

/// The most that an unchanged catalogue may cost, both ways, with every header.
const MOST_BYTES: u64 = 1000;

#[test]
fn an_unchanged_catalogue_costs_one_small_request() {
    let folder = tempfile::tempdir().unwrap();
    let proxy = Proxy::bind().unwrap();
    let city = CityProcess::start(&folder.path().join("city"), &proxy.url()).unwrap();
    proxy.forward_to(city.address());
    let phone = Phone::install(&folder.path().join("phone"), &proxy.url(), PIN).unwrap();
    let mut before = Traffic::default();
    let mut pull = || {
        let version = phone.done(&["sync"]).unwrap()["catalogue_version"].clone();
        let now = proxy.traffic();
        let spent = (now.requests - before.requests, now.up + now.down - before.up - before.down);
        before = now;
        (version, spent)
    };
    let (version, (_, whole)) = pull();
    assert!(whole > 100 * MOST_BYTES, "the first pull brings everything: {whole} bytes");
    for _ in 0..2 {
        let (same, (requests, bytes)) = pull();
        assert_eq!((same, requests), (version.clone(), 1));
        assert!(bytes < MOST_BYTES, "{bytes} bytes for nothing new");
    }
    let found = phone.done(&["services", "search", "报销"]).unwrap();
    assert_eq!(found["services"][0]["service_id"], "medical-reimbursement");
    assert_eq!(proxy.traffic(), before, "what is here is searched without the city");
}
