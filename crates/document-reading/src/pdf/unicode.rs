//! From the codes of a composite font without Unicode map to characters: code → CID by the
//! font's encoding, CID → Unicode by the map of its character collection (Adobe Technical Notes
//! #5079, #5080, #5078, #5093; ISO 32000-1, 9.10.2).

use std::collections::HashMap;

use hayro_interpret::font::OutlineFontData;
use hayro_interpret::hayro_cmap::{
    BfString, CMap, CMapName, CharacterCollection, CidFamily, load_embedded,
};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Object, Stream, String as PdfString,
};

/// Encoding and collection of one composite font.
struct CollectionMap {
    encoding: CMap,
    ucs2: CMap,
}

impl CollectionMap {
    fn character(&self, code: u32) -> Option<BfString> {
        // The length of a code is not known here; two bytes are the rule.
        let cid = [2_u8, 1, 4, 3]
            .into_iter()
            .find_map(|length| self.encoding.lookup_cid_code(code, length))?;
        self.ucs2.lookup_bf_string(cid)
    }
}

/// The maps of a document's composite fonts, found when first needed.
pub(super) struct CollectionMaps<'a> {
    pdf: &'a Pdf,
    /// By where the font program lies in memory, and its PostScript name.
    known: HashMap<(usize, String), Option<CollectionMap>>,
}

impl<'a> CollectionMaps<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self {
            pdf,
            known: HashMap::new(),
        }
    }

    /// The character of a code of the font with this program, by its character collection.
    pub(super) fn character(&mut self, font: &OutlineFontData, code: u32) -> Option<BfString> {
        let program: &[u8] = (*font.data).as_ref();
        let name = font.postscript_name.clone().unwrap_or_default();
        let key = (program.as_ptr() as usize, name);
        if !self.known.contains_key(&key) {
            let map = find(self.pdf, program, &key.1);
            self.known.insert(key.clone(), map);
        }
        self.known.get(&key)?.as_ref()?.character(code)
    }
}

/// Looks for the composite font with this embedded program.
fn find(pdf: &Pdf, program: &[u8], name: &str) -> Option<CollectionMap> {
    let mut by_name = None;
    for object in pdf.objects() {
        let Some(dict) = object.into_dict() else {
            continue;
        };
        let composite = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|subtype| subtype.as_ref() == b"Type0");
        if !composite {
            continue;
        }
        let same_name = dict.get::<Name<'_>>("BaseFont").is_some_and(|base| {
            let base = base.as_str();
            base.split_once('+').map_or(base, |(_, rest)| rest) == name
        });
        if !same_name {
            continue;
        }
        if embeds(&dict, program) {
            return map_of(&dict);
        }
        by_name = by_name.or_else(|| map_of(&dict));
    }
    by_name
}

fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?
        .iter::<Dict<'a>>()
        .next()
}

fn embeds(dict: &Dict<'_>, program: &[u8]) -> bool {
    let Some(descriptor) = descendant(dict).and_then(|font| font.get::<Dict<'_>>("FontDescriptor"))
    else {
        return false;
    };
    ["FontFile2", "FontFile3", "FontFile"].iter().any(|key| {
        descriptor
            .get::<Stream<'_>>(*key)
            .and_then(|stream| {
                stream
                    .decoded_data()
                    .ok()
                    .map(|data| data.as_ref() == program)
            })
            .unwrap_or(false)
    })
}

fn map_of(dict: &Dict<'_>) -> Option<CollectionMap> {
    let encoding = match dict.get::<Object<'_>>("Encoding")? {
        Object::Name(name) => match CMapName::from_bytes(name.as_ref()) {
            CMapName::IdentityH => CMap::identity_h(),
            CMapName::IdentityV => CMap::identity_v(),
            known => CMap::parse(load_embedded(known)?, load_embedded)?,
        },
        Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
        _ => return None,
    };
    let family = encoding
        .metadata()
        .character_collection
        .as_ref()
        .map(|collection: &CharacterCollection| collection.family.clone())
        .filter(|family| *family != CidFamily::AdobeIdentity)
        .or_else(|| {
            let info = descendant(dict)?.get::<Dict<'_>>("CIDSystemInfo")?;
            Some(CidFamily::from_registry_ordering(
                info.get::<PdfString<'_>>("Registry")?.as_ref(),
                info.get::<PdfString<'_>>("Ordering")?.as_ref(),
            ))
        })?;
    let ucs2 = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    Some(CollectionMap { encoding, ucs2 })
}

/// Whether a font's name says that it is heavy.
pub(super) fn is_bold_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "bold", "black", "heavy", "simhei", "heiti", "fzht", "fzxbs", "dengb", "xiaobiao",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
        || ["黑体", "粗", "小标宋"]
            .iter()
            .any(|mark| name.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heavy_fonts_by_name() {
        for name in [
            "黑体",
            "SimHei",
            "Arial,Bold",
            "FZXBSJW--GB1-0",
            "NotoSansSC-Black",
        ] {
            assert!(is_bold_name(name), "{name}");
        }
        for name in [
            "SimSun",
            "仿宋_GB2312",
            "FZFSK--GBK1-0",
            "KaiTi",
            "微软雅黑",
            "MicrosoftYaHei",
        ] {
            assert!(!is_bold_name(name), "{name}");
        }
    }

    #[test]
    fn gbk_codes_reach_unicode() {
        let map = CollectionMap {
            encoding: CMap::parse(load_embedded(CMapName::GbkEucH).unwrap(), load_embedded)
                .unwrap(),
            ucs2: CMap::parse(
                load_embedded(CMapName::AdobeGb1Ucs2).unwrap(),
                load_embedded,
            )
            .unwrap(),
        };
        // 年 is C4 EA in GBK.
        assert_eq!(map.character(0xC4EA), Some(BfString::Char('年')));
    }
}
