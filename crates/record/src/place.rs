//! `at`: where in the source something stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Number;

/// Where in the source something stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum At {
    /// In a text: first and last line, from 1.
    Lines {
        /// First and last line, from 1, both included.
        lines: [u32; 2],
        /// Which of the pages that were read together, as an index of `source.pages`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_page: Option<u32>,
    },
    /// In an HTML page.
    Node {
        /// An XPath that a browser resolves: `/html/body/div[2]/p[3]`.
        node: String,
        /// Which of the pages that were read together, as an index of `source.pages`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_page: Option<u32>,
    },
    /// On pages of a PDF.
    Page {
        /// The first (mostly the only) page.
        #[serde(flatten)]
        first: OnPage,
        /// Where it goes on, on the pages after.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<OnPage>,
        /// Which of the pages that were read together, as an index of `source.pages`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_page: Option<u32>,
    },
}

/// A rectangle on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnPage {
    /// Page, from 1.
    pub page: u32,
    /// Left, top, right, bottom in points; origin top left, page rotation applied.
    #[serde(rename = "box")]
    pub rectangle: [Number; 4],
}

impl From<&model::PageBox> for OnPage {
    fn from(place: &model::PageBox) -> Self {
        Self {
            page: place.page,
            rectangle: [place.x0, place.y0, place.x1, place.y1].map(Number::points),
        }
    }
}

impl At {
    /// The published form of a place; `None` for one without boxes.
    pub fn of(place: &model::Place) -> Option<Self> {
        match place {
            model::Place::InPage { page, place } => Self::of_page(place, Some(*page)),
            place => Self::of_page(place, None),
        }
    }

    fn of_page(place: &model::Place, source_page: Option<u32>) -> Option<Self> {
        match place {
            model::Place::Lines { first, last } => Some(Self::Lines {
                lines: [*first, *last],
                source_page,
            }),
            model::Place::Node { path } => Some(Self::Node {
                node: path.clone(),
                source_page,
            }),
            model::Place::Boxes(boxes) => {
                let (first, more) = boxes.split_first()?;
                Some(Self::Page {
                    first: first.into(),
                    more: more.iter().map(OnPage::from).collect(),
                    source_page,
                })
            }
            model::Place::InPage { place, .. } => Self::of_page(place, source_page),
        }
    }
}
