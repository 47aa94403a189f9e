//! Every route of the city's own description × everybody who may come. A new route changes the table, and a route with
//! a name in its path that no object here has does not pass.

use citizen_api::jose::{ES256, typ};
use citizen_tests::security;
use serde_json::{Value, json};

use crate::passes::Pass;
use crate::proof::PhoneKey;
use crate::town::{Headers, Person, Town};

/// Whose a route is, as the description says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Everybody,
    Citizen,
    Officer,
}

/// All that a pass for an upload opens, of that upload.
const OPENED_BY_A_PASS: [(&str, &str); 2] =
    [("HEAD", "/v1/uploads/{upload_id}"), ("PATCH", "/v1/uploads/{upload_id}")];

/// A route, with the owner's things in its path.
struct Route {
    whose: Whose,
    method: String,
    template: String,
    path: String,
    /// Whether a thing of the owner's is named in it.
    names_a_thing: bool,
}

/// Everybody who may come.
struct Callers {
    owner: Person,
    stranger: Person,
    revoked: Person,
    other_key: PhoneKey,
    officer_token: String,
    pass: Pass,
}

#[tokio::test(flavor = "multi_thread")]
async fn each_route_is_for_those_whom_it_is_for() {
    let town = Town::open();
    let owner = town.owner();
    let things = town.settle(&owner).await;
    let callers = callers(&town, owner, &things).await;
    let routes = routes(&town, &things).await;
    assert!(routes.iter().any(|route| route.whose == Whose::Citizen && route.names_a_thing));
    let mut rows = Vec::new();
    for route in &routes {
        let found = match route.whose {
            Whose::Everybody => everybody(&town, route).await,
            Whose::Citizen => citizens(&town, &callers, route, &things).await,
            Whose::Officer => officers(&town, &callers, route).await,
        };
        let name = format!("`{} {}`", route.method, route.template);
        rows.push(
            [vec![name, format!("{:?}", route.whose).to_lowercase()], found].concat().try_into().unwrap(),
        );
    }
    let head = [
        "Route",
        "For",
        "nobody",
        "ended",
        "revoked",
        "other key",
        "Bearer",
        "other kind",
        "upload pass",
        "other person",
        "own",
    ];
    security::compare::<11>("routes", &head, &rows);
}

async fn callers(town: &Town, owner: Person, things: &[(&'static str, String)]) -> Callers {
    let (stranger, revoked) = (town.stranger(), town.owner());
    let upload = things.iter().find(|(name, _)| *name == "upload_id").unwrap();
    let pass = Pass::given(town, &owner, &upload.1).await;
    town.give_token(&owner, "ended", -1);
    town.revoke(&revoked);
    Callers {
        owner,
        stranger,
        revoked,
        pass,
        other_key: PhoneKey::generate(),
        officer_token: town.officer_token.clone(),
    }
}

/// The routes of the description.
async fn routes(town: &Town, things: &[(&'static str, String)]) -> Vec<Route> {
    let description = town.send("GET", "/openapi.json", &Vec::new(), None).await;
    let description: Value = serde_json::from_str(&description.text).unwrap();
    let mut routes = Vec::new();
    for (template, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let needs = |scheme: &str| operation["security"][0].get(scheme).is_some();
            let whose = match (needs("citizen"), needs("officer")) {
                (true, _) => Whose::Citizen,
                (_, true) => Whose::Officer,
                _ => Whose::Everybody,
            };
            let (path, names_a_thing) = fill(template, things);
            let (method, template) = (method.to_uppercase(), template.clone());
            routes.push(Route { whose, method, template, path, names_a_thing });
        }
    }
    // What is deleted cannot be asked about afterwards.
    routes.sort_by_key(|route| route.method == "DELETE");
    routes
}

/// The path with names in the places of its parameters.
fn fill(template: &str, things: &[(&'static str, String)]) -> (String, bool) {
    // What belongs to nobody.
    let public = [
        ("service_id", "surveillance-footage"),
        ("register", "population"),
        ("requirement_id", "id-card"),
        ("field_id", "name"),
        ("list_id", "1"),
        ("counter_id", "town-futian"),
    ];
    let mut names_a_thing = false;
    let part = |part: &str| {
        let Some(name) = part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else {
            return part.to_owned();
        };
        if let Some((_, public)) = public.iter().find(|(public, _)| *public == name) {
            return (*public).to_owned();
        }
        names_a_thing = true;
        let thing = things.iter().find(|(thing, _)| *thing == name);
        thing.unwrap_or_else(|| panic!("{template} names a {name}, and nobody has one here")).1.clone()
    };
    let path = template.split('/').map(part).collect::<Vec<_>>().join("/");
    (path, names_a_thing)
}

async fn everybody(town: &Town, route: &Route) -> Vec<String> {
    let status = send(town, route, Vec::new(), None).await;
    assert!(![401, 403].contains(&status), "{} {} is said to be for everybody", route.method, route.template);
    let mut row = vec![status.to_string()];
    row.resize(9, String::new());
    row
}

async fn citizens(
    town: &Town,
    callers: &Callers,
    route: &Route,
    things: &[(&'static str, String)],
) -> Vec<String> {
    let (method, path) = (route.method.as_str(), route.path.as_str());
    let Callers { owner, stranger, revoked, other_key, officer_token, pass } = callers;
    let bearer = |token: &str| vec![("Authorization", format!("Bearer {token}"))];
    let mut row = Vec::new();
    for headers in [
        Vec::new(),
        owner.credentials_with(town, "ended", &owner.key, method, path),
        revoked.credentials(town, method, path),
        owner.credentials_with(town, &owner.token, other_key, method, path),
        bearer(&owner.token),
        bearer(officer_token),
    ] {
        let status = send(town, route, headers, None).await;
        assert_eq!(status, 401, "{method} {}: who is not who the token is for", route.template);
        row.push(status.to_string());
    }
    let status = send(town, route, pass.credentials(town, method, path), body_of(town, route, owner)).await;
    let opened = OPENED_BY_A_PASS.contains(&(method, route.template.as_str()));
    assert_eq!(status == 401, !opened, "{method} {}: {status} for a pass of an upload", route.template);
    row.push(status.to_string());
    let body = body_of(town, route, stranger);
    let reply =
        town.send(method, path, &whole(route, stranger.credentials(town, method, path)), body.as_ref()).await;
    for (name, thing) in things.iter().filter(|(name, _)| *name != "device_id") {
        let told = reply.text.contains(thing.as_str());
        assert!(!told, "{method} {} told another person's {name}", route.template);
    }
    assert!(!reply.text.contains(&owner.citizen_id), "{method} {} told who has it", route.template);
    if route.names_a_thing {
        // A device's name is the key's own, which proves whose it is; nothing is said of who has registered it.
        let expected = if route.template.contains("{device_id}") && method == "PUT" { 422 } else { 404 };
        assert_eq!(reply.status, expected, "{method} {}: another person's thing", route.template);
    }
    row.push(reply.status.to_string());
    let own = send(town, route, owner.credentials(town, method, path), body_of(town, route, owner)).await;
    assert!(![401, 403, 404].contains(&own), "{method} {}: {own} for the one whose it is", route.template);
    row.push(own.to_string());
    row
}

/// An officer's acts are tried in the journeys; here it counts that nobody else does them.
async fn officers(town: &Town, callers: &Callers, route: &Route) -> Vec<String> {
    let (method, path) = (route.method.as_str(), route.path.as_str());
    let owner = &callers.owner;
    let nobody = send(town, route, Vec::new(), None).await;
    let bearer = send(town, route, vec![("Authorization", format!("Bearer {}", owner.token))], None).await;
    let citizen = send(town, route, owner.credentials(town, method, path), None).await;
    let pass = vec![("Authorization", format!("Bearer {}", callers.pass.pass))];
    let pass = send(town, route, pass, None).await;
    assert_eq!((nobody, bearer, citizen, pass), (401, 403, 403, 403), "{method} {}", route.template);
    ["401", "", "", "", "403", "403", "403", "", ""].map(str::to_owned).to_vec()
}

/// A body that is right but for whose it is, where a route looks into the body first.
fn body_of(town: &Town, route: &Route, person: &Person) -> Option<Value> {
    let header = json!({ "alg": ES256, "typ": typ::SUPPLEMENT, "kid": person.key.thumbprint() });
    let document = || person.key.document(&header, &json!({}));
    match route.template.as_str() {
        "/v1/cases/{case_id}/supplements" | "/v1/submissions" | "/v1/instructions"
            if route.method == "POST" =>
        {
            Some(json!({ "document": document() }))
        }
        "/v1/devices/{device_id}" => {
            let proof = person.key.proof("PUT", &town.at(&route.path), Some(&person.token), None);
            Some(json!({ "name": "test", "proof": proof }))
        }
        "/v1/uploads/{upload_id}/pass" => Some(json!({ "jkt": person.key.thumbprint() })),
        "/v1/credentials/{credential_id}/issue" => Some(json!({ "proof": document() })),
        _ => None,
    }
}

async fn send(town: &Town, route: &Route, headers: Headers, body: Option<Value>) -> u16 {
    let reply = town.send(&route.method, &route.path, &whole(route, headers), body.as_ref()).await;
    reply.status
}

/// With what a route looks at before it looks at who comes.
fn whole(route: &Route, mut headers: Headers) -> Headers {
    if route.path.starts_with("/v1/uploads") && !route.path.ends_with("/pass") {
        headers.push(("Tus-Resumable", "1.0.0".to_owned()));
    }
    if route.method == "PATCH" {
        headers.push(("Content-Type", "application/offset+octet-stream".to_owned()));
        headers.push(("Upload-Offset", "0".to_owned()));
    }
    headers.push(("Idempotency-Key", uuid::Uuid::now_v7().to_string()));
    headers
}
