//! The form of a sign-in page, read as far as a program must: where it goes, what it carries along, what it asks,
//! and what it says went wrong.

/// A form on a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PageForm {
    /// Where it is sent to, as written in the page.
    pub(crate) action: String,
    /// What it carries along.
    pub(crate) hidden: Vec<(String, String)>,
    /// The names of what it asks.
    pub(crate) asked: Vec<String>,
}

/// The first form of a page that is sent with POST.
pub(crate) fn form(page: &str) -> Option<PageForm> {
    let elements: Vec<Element> = elements(page).collect();
    let posted = |element: &Element| {
        element.name == "form"
            && element.attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("post"))
    };
    let begin = elements.iter().position(posted)?;
    let action = elements.get(begin)?.attribute("action").unwrap_or_default().to_owned();
    let inside = || elements.iter().skip(begin + 1).take_while(|element| element.name != "/form");
    let controls =
        || inside().filter(|element| matches!(element.name.as_str(), "input" | "button" | "select"));
    let is_hidden = |element: &&Element| element.attribute("type") == Some("hidden");
    let hidden = controls()
        .filter(is_hidden)
        .filter_map(|input| {
            Some((
                input.attribute("name")?.to_owned(),
                input.attribute("value").unwrap_or_default().to_owned(),
            ))
        })
        .collect();
    let asked = controls()
        .filter(|element| !is_hidden(element))
        .filter_map(|element| element.attribute("name").map(str::to_owned))
        .collect();
    Some(PageForm { action, hidden, asked })
}

/// The sentence that a page says went wrong, in its element with `role="alert"`.
pub(crate) fn alert(page: &str) -> Option<String> {
    let mut rest = page;
    while let Some((_, from)) = rest.split_once('<') {
        let (tag, after) = from.split_once('>')?;
        if Element::read(tag).attribute("role") == Some("alert") {
            let (text, _) = after.split_once("</").unwrap_or((after, ""));
            let text = without_tags(text);
            return (!text.is_empty()).then_some(text);
        }
        rest = after;
    }
    None
}

/// A tag with its attributes.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

fn elements(page: &str) -> impl Iterator<Item = Element> + '_ {
    page.split('<').skip(1).filter_map(|from| from.split_once('>')).map(|(tag, _)| Element::read(tag))
}

impl Element {
    /// Reads what stands between `<` and `>`.
    fn read(tag: &str) -> Self {
        let tag = tag.trim_end_matches('/');
        let (name, mut rest) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let key: String = rest.chars().take_while(|c| *c != '=' && !c.is_ascii_whitespace()).collect();
            if key.is_empty() {
                break;
            }
            rest = rest.strip_prefix(key.as_str()).unwrap_or_default();
            let Some(value) = rest.strip_prefix('=') else {
                attributes.push((key.to_ascii_lowercase(), String::new()));
                continue;
            };
            let (value, after) = attribute_value(value);
            attributes.push((key.to_ascii_lowercase(), unescape(value)));
            rest = after;
        }
        Self { name: name.to_ascii_lowercase(), attributes }
    }

    fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// Splits a value, with or without quotes, from what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((text, ""))
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn without_tags(text: &str) -> String {
    let mut words = String::new();
    for part in text.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    unescape(words.trim())
}

#[cfg(test)]
mod tests {
    use super::{PageForm, alert, form};

    const PAGE: &str = r#"<!doctype html><html><body>
        <form method="get" action="/search"><input name=q></form>
        <p class="error" role="alert">身份证号第 18 位应为 X，请再核对一遍。</p>
        <form method="post" action="/authorize?lang=zh&amp;step=1">
          <input type="hidden" name="flow" value="a&quot;b"/>
          <label>身份证号 <input name='id_number' autocomplete=off required></label>
          <button>下一步</button>
        </form></body></html>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would() {
        assert_eq!(
            form(PAGE),
            Some(PageForm {
                action: "/authorize?lang=zh&step=1".into(),
                hidden: vec![("flow".into(), "a\"b".into())],
                asked: vec!["id_number".into()],
            })
        );
    }

    #[test]
    fn what_went_wrong_is_found() {
        assert_eq!(alert(PAGE).as_deref(), Some("身份证号第 18 位应为 X，请再核对一遍。"));
        assert_eq!(alert("<p>all is well</p>"), None);
    }

    #[test]
    fn a_page_without_a_form_has_none() {
        for page in ["", "<", "<form", "<form method=post", "<p>hello</p>", "<form method='get'></form>"] {
            assert_eq!(form(page), None, "{page}");
        }
    }
}
