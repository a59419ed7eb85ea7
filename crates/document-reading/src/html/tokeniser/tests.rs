//! Tokens of our own against those of html5ever, and the bounds.

use std::fmt::Write as _;

use proptest::prelude::*;
use scraper::{Html, Node as Peer};

use super::super::tree::{Content, NONE};
use super::*;

/// What a reader of the tree can see: elements, the attributes that are kept, texts, what parts them.
#[derive(Default)]
struct Seen {
    lines: String,
    depth: usize,
}

impl Seen {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.lines, "{:1$}{line}", "", self.depth);
    }

    fn element(&mut self, name: &str, attributes: &mut Vec<(&str, &str)>) {
        attributes.retain(|(key, value)| {
            Attribute::named(key).is_some() || (value.len() >= 180 && may_hold_page(key))
        });
        attributes.sort_unstable();
        self.line(format_args!("<{name} {attributes:?}>"));
        self.depth += 1;
    }

    fn text(&mut self, text: &str) {
        self.line(format_args!("{text:?}"));
    }
}

/// The tree of html5ever's own tokeniser.
fn expected(source: &str) -> String {
    let html = Html::parse_document(source);
    let mut seen = Seen::default();
    let mut raw = 0;
    let root = html.tree.root();
    let mut next = root.first_child().map(|node| (node, true));
    while let Some((node, opens)) = next {
        match node.value() {
            Peer::Element(element) => {
                let is_raw = usize::from(is_raw(element.name()) && html_space(element));
                if opens {
                    let mut attributes: Vec<_> = element.attrs().collect();
                    seen.element(element.name(), &mut attributes);
                    raw += is_raw;
                } else {
                    seen.depth -= 1;
                    raw -= is_raw;
                }
            }
            Peer::Text(text) if opens && raw == 0 => seen.text(text),
            Peer::Text(_) | Peer::Fragment | Peer::Document => {}
            _ if opens => seen.line(format_args!("-")),
            _ => {}
        }
        next = match (opens, node.next_sibling()) {
            (true, _) => Some(
                node.first_child()
                    .map_or((node, false), |child| (child, true)),
            ),
            (false, Some(sibling)) => Some((sibling, true)),
            (false, None) => node
                .parent()
                .filter(|parent| *parent != root)
                .map(|parent| (parent, false)),
        };
    }
    seen.lines
}

fn html_space(element: &scraper::node::Element) -> bool {
    &*element.name.ns == "http://www.w3.org/1999/xhtml"
}

fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// The tree of this tokeniser.
fn found(source: &str) -> String {
    let tree = parse(source, &Limits::default()).tree;
    let mut seen = Seen::default();
    let mut waiting = vec![(tree.nodes[0].first, false)];
    while let Some((number, raw)) = waiting.pop() {
        if number == NONE {
            seen.depth = seen.depth.saturating_sub(usize::from(!raw));
            continue;
        }
        let node = &tree.nodes[number as usize];
        waiting.push((node.next, raw));
        match &node.content {
            Content::Element {
                name, attributes, ..
            } => {
                let mut attributes: Vec<_> = attributes
                    .iter()
                    .map(|own| (&*own.name.local, &*own.value))
                    .collect();
                seen.element(name, &mut attributes);
                waiting.push((node.first, false));
            }
            Content::Text(text) => seen.text(text),
            Content::Fragment => waiting.push((node.first, true)),
            Content::Other => seen.line(format_args!("-")),
        }
    }
    seen.lines
}

/// Parts of which pages are made up, and those that break them.
const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=a>",
    "</div>",
    "<DIV ID='b'style=x>",
    "<b x=1>",
    "<b x=2>",
    "</b>",
    "<a href=\"?a=1&copy=2\">",
    "</a>",
    "<font size=3 color=red>",
    "</font>",
    "<table>",
    "</table>",
    "<tr>",
    "<td colspan=2>",
    "</td>",
    "<caption>",
    "<col>",
    "<tbody>",
    "<ul><li>",
    "</ul>",
    "<h1>",
    "<br/>",
    "</br>",
    "<hr>",
    "<img alt='&lt;'>",
    "<o:p>",
    "</o:p>",
    "<span lang=EN-US>",
    "</span>",
    "<!-- 一 -->",
    "<!--",
    "-->",
    "--!>",
    "<!---->",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<?xml ?>",
    "<!x>",
    "</ x>",
    "</>",
    "<!doctype html>",
    "<script>",
    "</script>",
    "<script>a='<p>'</script>",
    "<!--<script",
    "<style>",
    "</style>",
    "<style>p{}</style>",
    "<textarea>\n",
    "</textarea>",
    "<title>",
    "</title>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "</xmp>",
    "<iframe srcdoc='<p>一'>",
    "</iframe>",
    "<plaintext>",
    "<select>",
    "<option>",
    "</select>",
    "<input type=hidden>",
    "<input type=text value=一>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<pre>\n",
    "</pre>",
    "<ruby><rt>",
    "<nobr>",
    "<svg>",
    "</svg>",
    "<desc>",
    "<foreignObject>",
    "<math>",
    "</math>",
    "<annotation-xml encoding='text/html'>",
    "<mi>",
    "<template>",
    "</template>",
    "<frameset>",
    "<frame>",
    "</frameset>",
    "<html class=c>",
    "<head>",
    "</head>",
    "<body id=d>",
    "</body>",
    "</html>",
    "<meta charset=utf-8>",
    "<link rel=x>",
    "<base>",
    "<image>",
    "<svg:a xlink:href=y>",
    "&",
    "&amp",
    "&nbsp;",
    "&notit;",
    "&#x4e00;",
    "&#0;",
    "&#128;",
    "\u{FEFF}",
    "\0",
    "\r",
    "\r\n",
    "\n",
    " ",
    "<",
    "</",
    ">",
    "\"",
    "'",
    "=",
    "/",
    "x",
    "文",
    "政府信息公开",
];

fn source() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PARTS), 0..40)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn trees_are_those_of_the_parser_on_the_whole_source(source in source()) {
        prop_assert_eq!(found(&source), expected(&source), "{:?}", source);
    }
}

#[test]
fn trees_of_all_fixtures_are_those_of_the_parser_on_the_whole_source() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut waiting = vec![root.join("fixtures"), root.join("corpus")];
    let mut pages = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if let Ok(source) = std::fs::read_to_string(&path)
            && path.extension().is_some_and(|ending| ending == "html")
        {
            pages += 1;
            assert_eq!(found(&source), expected(&source), "{}", path.display());
        }
    }
    assert!(pages > 50, "{pages}");
}

#[test]
fn deep_nesting_keeps_its_text() {
    let limits = Limits {
        nesting: 4,
        ..Limits::default()
    };
    let deep = "<div>".repeat(10) + "文" + &"</div>".repeat(10) + "末";
    let parsed = parse(&deep, &limits);
    assert_eq!(parsed.cut_tags, 6);
    let bounded = "<div><div><div><div>文</div></div></div></div>末";
    let tree = |source: &str| parse(source, &Limits::default()).tree.nodes.len();
    assert_eq!(parsed.tree.nodes.len(), tree(bounded));
    // Rows and paragraphs without end tags are not nested.
    let rows = "<table>".to_owned() + &"<tr><td><p><font>一".repeat(900) + "</table>";
    assert_eq!(parse(&rows, &Limits::default()).cut_tags, 0);
}

#[test]
fn attributes_past_the_bound_are_cut() {
    let limits = Limits {
        attributes: 2,
        ..Limits::default()
    };
    let parsed = parse("<p id=1 class='2 3' title=4>文</p>", &limits);
    assert_eq!(parsed.cut_attributes, 1);
    let kept = parsed
        .tree
        .nodes
        .iter()
        .find_map(|node| match &node.content {
            Content::Element {
                name, attributes, ..
            } if &**name == "p" => Some(attributes.len()),
            _ => None,
        });
    assert_eq!(kept, Some(2));
}

#[test]
fn contents_of_scripts_are_ranges_of_the_source() {
    let source = "一<script>a='</p>'</SCRIPT ><style>p{}</style><script></script>";
    let scripts = parse(source, &Limits::default()).scripts;
    let contents: Vec<_> = scripts
        .into_iter()
        .filter_map(|range| source.get(range))
        .collect();
    assert_eq!(contents, ["a='</p>'", ""]);
}
