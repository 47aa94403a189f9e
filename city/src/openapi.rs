//! The description of every route, made from the code (OpenAPI 3.1): `GET /openapi.json`.
//!
//! Routes describe themselves where they are written. What holds for all of them is added here: the media
//! type of problems, that the city can fail, and which token a route wants.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::IntoResponse;
use citizen_api::problem::MEDIA_TYPE;
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::{City, openapi};

/// The schema of a problem.
const PROBLEM: &str = "#/components/schemas/Problem";

/// The refusals that every route below a path has: path, status, what it means.
const EVERYWHERE: &[(&str, &str, &str)] = &[
    ("/v1/", "500", "The city failed; nothing was changed"),
    ("/v1/officer/", "401", "No token"),
    ("/v1/officer/", "403", "Not an officer's token"),
];

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// The route of the document.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(get_document))
}

/// The description of every route.
#[utoipa::path(
    get, path = "/openapi.json", tag = "description",
    responses((status = 200, description = "This document", body = Object))
)]
async fn get_document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str())
}

fn document() -> Value {
    let mut document = serde_json::to_value(openapi()).unwrap_or_default();
    let info = json!({
        "title": "The city's contract with a citizen's phone",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "What holds over several requests is told in docs/city-api.md.",
        "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
    });
    let schemes = json!({
        "citizen": {
            "type": "http", "scheme": "DPoP",
            "description": "An access token of the provider that `/.well-known/openid-configuration` describes, \
                            bound to a key of the phone (RFC 9449).",
        },
        "proof": {
            "type": "apiKey", "in": "header", "name": "DPoP",
            "description": "A document that this very request is signed with, by the key that the token is bound to.",
        },
        "officer": { "type": "http", "scheme": "bearer" },
    });
    put(&mut document, "", "info", info);
    put(&mut document, "/components", "securitySchemes", schemes);
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            complete(path, operation);
        }
    }
    document
}

/// Sets a member of the object at a place of the document.
fn put(document: &mut Value, pointer: &str, key: &str, value: Value) {
    if let Some(object) = document.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.insert(key.to_owned(), value);
    }
}

/// Adds to an operation what holds for all.
fn complete(path: &str, operation: &mut Value) {
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (prefix, status, description) in EVERYWHERE {
        if path.starts_with(prefix) {
            let problem = json!({ "schema": { "$ref": PROBLEM } });
            let answer = json!({ "description": description, "content": { MEDIA_TYPE: problem } });
            responses.entry(*status).or_insert(answer);
        }
    }
    for response in responses.values_mut() {
        name_problem(response);
    }
    let wants_token = responses.contains_key("401");
    if wants_token && operation.get("security").is_none() {
        let officer = path.starts_with("/v1/officer/");
        let schemes = if officer { json!({ "officer": [] }) } else { json!({ "citizen": [], "proof": [] }) };
        put(operation, "", "security", json!([schemes]));
    }
}

/// A problem has a media type of its own.
fn name_problem(response: &mut Value) {
    let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else { return };
    let schema = |body: &Value| body.pointer("/schema/$ref").is_some_and(|schema| schema == PROBLEM);
    if content.get("application/json").is_some_and(schema) {
        let body = content.remove("application/json").unwrap_or_default();
        content.insert(MEDIA_TYPE.to_owned(), body);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use reqwest::Method;
    use serde_json::Value;

    use crate::testing::TestCity;

    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { sources(&path, found) } else { found.push(path) }
        }
    }

    #[test]
    fn no_route_is_added_but_through_its_description() {
        let mut found = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let plain = [".rou", "te("].concat();
        for path in found.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(!text.contains(&plain), "{} adds a route that is not described", path.display());
        }
    }

    #[tokio::test]
    async fn every_operation_says_what_it_is_and_how_it_refuses() {
        let city = TestCity::on(date(2099, 1, 1)).await;
        let reply = city.send(city.request(Method::GET, "/openapi.json")).await;
        let document: Value = reply.json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let paths = document["paths"].as_object().unwrap();
        assert!(paths.contains_key("/v1/submissions") && paths.contains_key("/openapi.json"));
        for (path, item) in paths {
            for (method, operation) in item.as_object().unwrap() {
                let name = format!("{method} {path}");
                assert!(operation["summary"].is_string() || operation["description"].is_string(), "{name}");
                assert!(!operation["tags"][0].as_str().unwrap_or_default().is_empty(), "{name}");
                let described: Vec<&str> = operation["parameters"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|parameter| parameter["name"].as_str())
                    .collect();
                for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
                    assert!(described.contains(&part.trim_end_matches('}')), "{name}: {part}");
                }
                if path.starts_with("/v1/officer/") {
                    let answers = operation["responses"].as_object().unwrap();
                    for status in ["401", "403", "500"] {
                        let problem =
                            &answers[status]["content"]["application/problem+json"]["schema"]["$ref"];
                        assert_eq!(problem, super::PROBLEM, "{name} {status}");
                    }
                    assert!(operation["security"][0].get("officer").is_some(), "{name}");
                }
            }
        }
    }
}
