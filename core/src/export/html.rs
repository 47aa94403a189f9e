//! Writing what there is as HTML: one page without any script or address in it.

use std::io::{self, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::{Language, Text};
use serde_json::Value;

use super::keys;

/// So much of a file is encoded at once; a multiple of three, so that the pieces join.
const PIECE: usize = 48 * 1024;

/// A page that is being written.
pub(super) struct Page<'a> {
    into: &'a mut dyn Write,
    language: Language,
}

impl<'a> Page<'a> {
    /// Begins a page.
    pub(super) fn begin(into: &'a mut dyn Write, language: Language, title: &str) -> io::Result<Self> {
        let lang = match language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        };
        write!(
            into,
            "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{0}</title><style>body{{font:18px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}}\
             dt{{font-weight:bold}}img{{max-width:100%}}pre{{white-space:pre-wrap;word-break:break-all;font-size:14px}}</style><h1>{0}</h1>",
            escaped(title)
        )?;
        Ok(Self { into, language })
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    pub(super) fn heading(&mut self, level: u8, words: &str) -> io::Result<()> {
        write!(self.into, "<h{level}>{}</h{level}>", escaped(words))
    }

    pub(super) fn line(&mut self, words: &str) -> io::Result<()> {
        write!(self.into, "<p>{}</p>", escaped(words))
    }

    /// A signed document, as it is.
    pub(super) fn verbatim(&mut self, words: &str) -> io::Result<()> {
        write!(self.into, "<pre>{}</pre>", escaped(words))
    }

    /// A name and what stands behind it.
    pub(super) fn fact(&mut self, name: &str, words: &str) -> io::Result<()> {
        write!(self.into, "<dl><dt>{}</dt><dd>{}</dd></dl>", escaped(name), escaped(words))
    }

    /// A record with all that is in it.
    pub(super) fn record(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::Null => Ok(()),
            Value::Object(members) => {
                if let Ok(text) = serde_json::from_value::<Text>(value.clone()) {
                    return write!(self.into, "{}", escaped(text.get(self.language)));
                }
                write!(self.into, "<dl>")?;
                for (name, value) in members.iter().filter(|(_, value)| !is_empty(value)) {
                    write!(self.into, "<dt>{}</dt><dd>", escaped(keys::in_words(name, self.language)))?;
                    self.record(value)?;
                    write!(self.into, "</dd>")?;
                }
                write!(self.into, "</dl>")
            }
            Value::Array(values) => {
                write!(self.into, "<ul>")?;
                for value in values {
                    write!(self.into, "<li>")?;
                    self.record(value)?;
                    write!(self.into, "</li>")?;
                }
                write!(self.into, "</ul>")
            }
            Value::String(words) => write!(self.into, "{}", escaped(words)),
            other => write!(self.into, "{other}"),
        }
    }

    /// A file, within the page: a picture is seen, anything else can be saved.
    pub(super) fn file(&mut self, name: &str, media_type: &str, content: &mut dyn Read) -> io::Result<()> {
        let (name, media_type) = (escaped(name), escaped(media_type));
        match media_type.starts_with("image/") {
            true => write!(self.into, "<p>{name}<br><img alt=\"{name}\" src=\"data:{media_type};base64,")?,
            false => write!(self.into, "<p><a download=\"{name}\" href=\"data:{media_type};base64,")?,
        }
        let mut piece = vec![0; PIECE];
        loop {
            let filled = fill(content, &mut piece)?;
            let Some(part) = piece.get(..filled).filter(|part| !part.is_empty()) else { break };
            self.into.write_all(STANDARD.encode(part).as_bytes())?;
        }
        match media_type.starts_with("image/") {
            true => write!(self.into, "\"></p>"),
            false => write!(self.into, "\">{name}</a></p>"),
        }
    }

    pub(super) fn end(self) -> io::Result<()> {
        write!(self.into, "</html>")?;
        self.into.flush()
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::String(words) => words.is_empty(),
        _ => false,
    }
}

/// Fills a piece as far as there is something to fill it with.
fn fill(content: &mut dyn Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match content.read(rest)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            other => escaped.push(other),
        }
    }
    escaped
}
