//! Where in the source something stands.

/// A rectangle on a page: points, origin top left, page rotation applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageBox {
    /// Page number, from 1.
    pub page: u32,
    /// Left edge.
    pub x0: f32,
    /// Upper edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Lower edge.
    pub y1: f32,
}

/// Where in the source a block, a cell or a warning stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Lines of a text, from 1, both included.
    Lines {
        /// First line.
        first: u32,
        /// Last line.
        last: u32,
    },
    /// A node of an HTML page: an XPath that a browser resolves (`/html/body/div[2]/p[3]`).
    Node {
        /// The path.
        path: String,
    },
    /// Boxes on pages; more than one where a block runs over a page break. Never empty.
    Boxes(Vec<PageBox>),
    /// In one of several pages that were read together as one document.
    InPage {
        /// Which of them, from 0.
        page: u32,
        /// Where in it.
        place: Box<Self>,
    },
}

impl Place {
    /// The smallest place that covers both; the first where they are of different kinds or pages.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Lines { first: a, last: b }, Self::Lines { first: c, last: d }) => Self::Lines {
                first: *a.min(c),
                last: *b.max(d),
            },
            (Self::Boxes(a), Self::Boxes(b)) => {
                let mut boxes = a.clone();
                for next in b {
                    match boxes.iter_mut().find(|known| known.page == next.page) {
                        Some(known) => {
                            known.x0 = known.x0.min(next.x0);
                            known.y0 = known.y0.min(next.y0);
                            known.x1 = known.x1.max(next.x1);
                            known.y1 = known.y1.max(next.y1);
                        }
                        None => boxes.push(*next),
                    }
                }
                Self::Boxes(boxes)
            }
            (
                Self::InPage { page, place },
                Self::InPage {
                    page: next,
                    place: other,
                },
            ) if page == next => Self::InPage {
                page: *page,
                place: Box::new(place.joined(other)),
            },
            _ => self.clone(),
        }
    }
}
