//! The grammar words of a lexicon, ready for look-up.

use std::collections::BTreeMap;

use codebook::ProseLexicon;

use super::line::WordList;

/// Word lists of [`codebook::ProseWords`].
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) fillers: WordList,
    pub(super) distributive: WordList,
    pub(super) copulas: WordList,
    pub(super) rejected: WordList,
    pub(super) monthly: WordList,
    pub(super) cumulative: WordList,
    pub(super) summed: WordList,
    pub(super) yearly: WordList,
    pub(super) partial: WordList,
    pub(super) last_year: WordList,
    pub(super) carried: WordList,
    pub(super) this_year: WordList,
    pub(super) plans: WordList,
    pub(super) not_plans: WordList,
    pub(super) facts: WordList,
    pub(super) bodies: WordList,
    pub(super) outsiders: WordList,
    pub(super) acts: WordList,
    pub(super) until: WordList,
    pub(super) jurisdiction: WordList,
    pub(super) own: WordList,
    pub(super) continuing: WordList,
    pub(super) negations: WordList,
    pub(super) verbs: WordList,
    pub(super) bare_negations: WordList,
    pub(super) not_negated: WordList,
    pub(super) tails: WordList,
    pub(super) restrictions: WordList,
    pub(super) reached: WordList,
    pub(super) respective: WordList,
    pub(super) shares: WordList,
    pub(super) grown: WordList,
    pub(super) shrunk: WordList,
    pub(super) lists: WordList,
    pub(super) closed_lists: WordList,
    pub(super) deeds: WordList,
    /// Words in the sentence by topic: before the number, and anywhere.
    pub(super) topics: BTreeMap<String, (WordList, WordList)>,
}

impl Words {
    pub(super) fn new(lexicon: &ProseLexicon) -> Self {
        let words = &lexicon.words;
        Self {
            fillers: WordList::new(&words.fillers),
            distributive: WordList::new(&words.distributive),
            copulas: WordList::new(&words.copulas),
            rejected: WordList::new(&words.rejected),
            monthly: WordList::new(&words.monthly),
            cumulative: WordList::new(&words.cumulative),
            summed: WordList::new(&words.summed),
            yearly: WordList::new(&words.yearly),
            partial: WordList::new(&words.partial),
            last_year: WordList::new(&words.last_year),
            carried: WordList::new(&words.carried),
            this_year: WordList::new(&words.this_year),
            plans: WordList::new(&words.plans),
            not_plans: WordList::new(&words.not_plans),
            facts: WordList::new(&words.facts),
            bodies: WordList::new(&words.bodies),
            outsiders: WordList::new(&words.outsiders),
            acts: WordList::new(&words.acts),
            until: WordList::new(&words.until),
            jurisdiction: WordList::new(&words.jurisdiction),
            own: WordList::new(&words.own),
            continuing: WordList::new(&words.continuing),
            negations: WordList::new(&words.negations),
            verbs: WordList::new(&words.verbs),
            bare_negations: WordList::new(&words.bare_negations),
            not_negated: WordList::new(&words.not_negated),
            tails: WordList::new(&words.tails),
            restrictions: WordList::new(&words.restrictions),
            reached: WordList::new(&words.reached),
            respective: WordList::new(&words.respective),
            shares: WordList::new(&words.shares),
            grown: WordList::new(&words.grown),
            shrunk: WordList::new(&words.shrunk),
            lists: WordList::new(&words.lists),
            closed_lists: WordList::new(&words.closed_lists),
            deeds: WordList::new(&words.deeds),
            topics: lexicon
                .topics
                .iter()
                .map(|(id, topic)| {
                    let lists = (WordList::new(&topic.words), WordList::new(&topic.signs));
                    (id.clone(), lists)
                })
                .collect(),
        }
    }
}
