//! Outline and lines to sections.

use codebook::{CanonicalSection, Era, SectionLexicon};
use model::{Content, Section, Span};

use crate::line::Line;
use crate::outline::{Node, Role};

/// Cuts the lines of a report into sections. Every byte of every line but white space goes to a
/// heading, an item or a paragraph, in reading order.
pub(crate) fn sections(
    lines: &[Line<'_>],
    nodes: &[Node],
    lexicon: &SectionLexicon,
) -> Vec<Section> {
    let mut builder = Builder {
        sections: Vec::new(),
        of_node: vec![None; nodes.len()],
    };
    let mut nodes_at = nodes.iter().enumerate().peekable();
    // The line that the heading before took its second part from, and where that ends.
    let mut taken: Option<(usize, usize)> = None;
    for (index, line) in lines.iter().enumerate() {
        if line.is_table {
            builder.push(Content::Table { block: line.block });
            continue;
        }
        let mut at = taken
            .filter(|(of, _)| *of == index)
            .map_or(0, |(_, end)| end);
        while let Some((number, node)) = nodes_at.next_if(|(_, node)| node.candidate.line == index)
        {
            builder.paragraph(line, at, node.candidate.start);
            let end = nodes_at
                .peek()
                .filter(|(_, next)| next.candidate.line == index)
                .map_or(line.text.len(), |(_, next)| next.candidate.start);
            at = match node.role {
                Role::Heading => {
                    let second = lines.get(index + 1).zip(node.candidate.goes_on);
                    taken = second.map(|(_, (_, end))| (index + 1, end));
                    builder.heading(line, second, number, node, end);
                    node.candidate.after_mark.min(end)
                }
                Role::Item => {
                    builder.item(line, node, end);
                    end
                }
            };
        }
        builder.paragraph(line, at, line.text.len());
    }
    let mut sections = builder.sections;
    name(&mut sections, lexicon);
    sections
}

struct Builder {
    sections: Vec<Section>,
    /// Section of each heading node.
    of_node: Vec<Option<usize>>,
}

impl Builder {
    fn push(&mut self, content: Content) {
        if self.sections.is_empty() {
            self.sections.push(Section {
                parent: None,
                level: 0,
                number: None,
                heading: None,
                heading_spans: Vec::new(),
                canonical: None,
                content: Vec::new(),
            });
        }
        if let Some(section) = self.sections.last_mut() {
            section.content.push(content);
        }
    }

    fn paragraph(&mut self, line: &Line<'_>, start: usize, end: usize) {
        if let Some(span) = trimmed(line, start, end) {
            self.push(Content::Paragraph { span });
        }
    }

    fn item(&mut self, line: &Line<'_>, node: &Node, end: usize) {
        let candidate = &node.candidate;
        let marker = line.span(candidate.start, candidate.text_start);
        match trimmed(line, candidate.text_start, end) {
            Some(span) => {
                self.push(Content::Item {
                    number: candidate.number.clone(),
                    marker,
                    span,
                });
            }
            None => self.paragraph(line, candidate.start, end),
        }
    }

    /// `end`: where the next node of the line begins, or the line ends.
    /// `second`: the line that the heading goes on in, and where it ends there, without and with its mark.
    fn heading(
        &mut self,
        line: &Line<'_>,
        second: Option<(&Line<'_>, (usize, usize))>,
        index: usize,
        node: &Node,
        end: usize,
    ) {
        let candidate = &node.candidate;
        let parent = node
            .parent
            .and_then(|parent| self.of_node.get(parent).copied().flatten());
        let level = parent
            .and_then(|parent| self.sections.get(parent))
            .map_or(1, |parent| parent.level + 1);
        let heading = line
            .text
            .get(candidate.text_start..candidate.heading_end.min(end))
            .unwrap_or_default();
        let mark_end = candidate.after_mark.min(end);
        let mut text = heading.trim().to_owned();
        let mut heading_spans = vec![line.span(candidate.start, mark_end)];
        if let Some((second, (end, mark_end))) = second {
            text.push_str(second.text.get(..end).unwrap_or_default().trim());
            heading_spans.push(second.span(0, mark_end));
        }
        self.sections.push(Section {
            parent,
            level,
            number: candidate.number.clone(),
            heading: Some(text),
            heading_spans,
            canonical: None,
            content: Vec::new(),
        });
        if let Some(known) = self.of_node.get_mut(index) {
            *known = Some(self.sections.len() - 1);
        }
    }
}

/// The span without white space at its ends; `None` where nothing is left.
pub(crate) fn trimmed(line: &Line<'_>, start: usize, end: usize) -> Option<Span> {
    let text = line.text.get(start..end)?;
    let lead = text.len() - text.trim_start().len();
    let text = text.trim();
    (!text.is_empty()).then(|| line.span(start + lead, start + lead + text.len()))
}

/// Gives each section its canonical id: a wording can mean several, told apart by the section
/// that it stands in and by the era that the other headings speak of.
fn name(sections: &mut [Section], lexicon: &SectionLexicon) {
    let meanings: Vec<Vec<&CanonicalSection>> = sections
        .iter()
        .map(|section| {
            section
                .heading
                .as_deref()
                .map_or_else(Vec::new, |heading| lexicon.meanings(heading))
        })
        .collect();
    let votes = |era: Era| {
        meanings
            .iter()
            .filter(|known| !known.is_empty() && known.iter().all(|one| one.era == era))
            .count()
    };
    let other_era = if votes(Era::National) > votes(Era::Local) {
        Era::Local
    } else {
        Era::National
    };
    for (index, known) in meanings.iter().enumerate() {
        let Some(section) = sections.get(index) else {
            continue;
        };
        let parent = section.parent.and_then(|parent| sections.get(parent));
        let parent = parent.and_then(|parent| parent.canonical.as_deref());
        let fits = |one: &&&CanonicalSection| match one.within.as_deref() {
            Some(within) => parent == Some(within),
            None => section.parent.is_none() || known.len() == 1,
        };
        let chosen = known
            .iter()
            .filter(fits)
            .min_by_key(|one| one.era == other_era)
            .or_else(|| {
                known
                    .iter()
                    .filter(|one| one.within.is_none())
                    .min_by_key(|one| one.era == other_era)
            });
        let canonical = chosen.map(|one| one.id.clone());
        if let Some(section) = sections.get_mut(index) {
            section.canonical = canonical;
        }
    }
}
