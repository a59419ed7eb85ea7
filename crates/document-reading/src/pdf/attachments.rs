//! Files inside a PDF: embedded files, file attachments on pages, portfolios.

use std::collections::BTreeSet;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use model::{Attachment, PageBox, Place, Warning};

use super::{info_text, warning};

/// Nodes of the name tree that are looked at; trees of honest files are small.
const MOST_NODES: usize = 4_096;
/// Files that are listed.
const MOST_FILES: usize = 1_000;

/// What a file holds beside its pages.
#[derive(Debug, Default)]
pub(super) struct Contained {
    pub(super) files: Vec<Attachment>,
    /// The pages are only the cover of a collection of files.
    pub(super) portfolio: bool,
}

impl Contained {
    /// Says that what is wanted may be in one of the files of a portfolio.
    pub(super) fn warning(&self) -> Option<Warning> {
        self.portfolio.then(|| {
            warning(
                "portfolio",
                format!(
                    "the PDF is a portfolio of {} files, its pages only their cover: take them out and \
                     read each",
                    self.files.len()
                ),
            )
        })
    }
}

/// Lists the files in a PDF, in the order in which they are named, each once.
pub(super) fn contained(pdf: &Pdf) -> Contained {
    let xref = pdf.xref();
    let Some(catalog) = xref.get::<Dict<'_>>(xref.root_id()) else {
        return Contained::default();
    };
    let mut list = List::default();
    let whole = pdf
        .pages()
        .first()
        .map_or((0.0, 0.0), Page::render_dimensions);
    let first_page = PageBox {
        page: 1,
        x0: 0.0,
        y0: 0.0,
        x1: whole.0,
        y1: whole.1,
    };
    if let Some(names) = catalog.get::<Dict<'_>>("Names")
        && let Some(root) = names.get::<Dict<'_>>("EmbeddedFiles")
    {
        list.tree(root, first_page);
    }
    for file in dictionaries(catalog.get("AF")) {
        list.add(&file, first_page);
    }
    for (page, number) in pdf.pages().iter().zip(1..) {
        let (width, height) = page.render_dimensions();
        for note in dictionaries(page.raw().get("Annots")) {
            let attached = note
                .get::<Name<'_>>("Subtype")
                .is_some_and(|kind| kind.as_ref() == b"FileAttachment");
            if let (true, Some(file)) = (attached, note.get::<Dict<'_>>("FS")) {
                list.add(
                    &file,
                    PageBox {
                        page: number,
                        x1: width,
                        y1: height,
                        ..first_page
                    },
                );
            }
        }
    }
    Contained {
        files: list.files,
        portfolio: catalog.contains_key("Collection"),
    }
}

/// The dictionaries of an array, whatever else stands between them.
fn dictionaries(array: Option<Array<'_>>) -> impl Iterator<Item = Dict<'_>> {
    array
        .into_iter()
        .flat_map(|array| array.iter::<Object<'_>>())
        .filter_map(Object::into_dict)
}

#[derive(Default)]
struct List {
    files: Vec<Attachment>,
    known: BTreeSet<String>,
}

impl List {
    /// The files of a name tree (ISO 32000-1, 7.9.6), leaves in order.
    fn tree(&mut self, root: Dict<'_>, place: PageBox) {
        let mut open = vec![root];
        let mut seen = 0;
        while let Some(node) = open.pop() {
            seen += 1;
            if seen > MOST_NODES || self.files.len() >= MOST_FILES {
                break;
            }
            for file in dictionaries(node.get("Names")) {
                self.add(&file, place);
            }
            let kids: Vec<Dict<'_>> = dictionaries(node.get("Kids")).take(MOST_NODES).collect();
            open.extend(kids.into_iter().rev());
        }
    }

    /// Lists a file specification (ISO 32000-1, 7.11.3) whose file lies in the PDF.
    fn add(&mut self, file: &Dict<'_>, place: PageBox) {
        if !file.contains_key("EF") || self.files.len() >= MOST_FILES {
            return;
        }
        let text = |key: &str| {
            file.get::<PdfString<'_>>(key)
                .map(|text| info_text(text.as_ref()))
                .filter(|text| !text.is_empty())
        };
        let Some(name) = text("UF").or_else(|| text("F")) else {
            return;
        };
        if self.known.insert(name.clone()) {
            self.files.push(Attachment {
                text: text("Desc").unwrap_or_else(|| name.clone()),
                uri: name,
                place: Place::Boxes(vec![place]),
            });
        }
    }
}
