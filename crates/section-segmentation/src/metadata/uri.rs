//! What the address of a page tells.

use model::PartialDate;

/// The label of a government's host that names its place: `huichang` of `http://www.huichang.gov.cn/…`.
pub(crate) fn place_label(uri: &str) -> Option<String> {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.split(':').next()?.to_ascii_lowercase();
    let label = host.strip_suffix(".gov.cn")?.rsplit('.').next()?;
    (label.len() >= 4 && label != "www").then(|| label.to_owned())
}

/// The day that a content system writes into the path: `/202101/t20210127_66550802.html`,
/// `/art/2021/1/25/art_3354.html`, `/2021-11/09/`.
pub(crate) fn day(uri: &str) -> Option<PartialDate> {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next()?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let number = |text: &str| text.parse::<u16>().ok();
    let date = |year: &str, month: &str, day: &str| {
        let year = number(year).filter(|year| (1999..=2100).contains(year))?;
        let month = u8::try_from(number(month)?).ok()?;
        let day = u8::try_from(number(day)?).ok()?;
        PartialDate::new(i16::try_from(year).ok()?, Some(month), Some(day))
    };
    let stamped = |segment: &str| {
        let stamp = segment.strip_prefix(['t', 'P', 'W'])?.get(..8)?;
        let whole = segment
            .get(9..10)
            .is_none_or(|next| matches!(next, "_" | "."));
        let digits = stamp.bytes().all(|byte| byte.is_ascii_digit());
        (whole && digits).then(|| date(stamp.get(..4)?, stamp.get(4..6)?, stamp.get(6..8)?))?
    };
    let parted = |window: &[&str]| match window {
        [year, month, day, ..] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            date(year, month, day)
        }
        [month, day, ..] if month.len() == 7 && day.len() <= 2 => {
            let (year, month) = month.split_once('-')?;
            date(year, month, day)
        }
        _ => None,
    };
    let last = segments.iter().rev().find_map(|segment| stamped(segment));
    last.or_else(|| (0..segments.len()).find_map(|at| parted(segments.get(at..)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_governments_name_places() {
        for (uri, label) in [
            ("http://www.huichang.gov.cn/a/b.shtml", Some("huichang")),
            ("https://zwgk.changchun.gov.cn:8080/x", Some("changchun")),
            ("http://ga.xm.gov.cn/x", None),
            ("http://intermagasia.com/gongkai/x", None),
            ("http://www.gov.cn/x", None),
        ] {
            assert_eq!(place_label(uri).as_deref(), label, "{uri}");
        }
    }

    #[test]
    fn days_in_paths() {
        for (uri, found) in [
            (
                "http://a.gov.cn/x/202101/t20210127_66550802.html",
                Some("2021-01-27"),
            ),
            (
                "https://a.gov.cn/art/2021/1/25/art_3354_3480410.html",
                Some("2021-01-25"),
            ),
            (
                "http://a.gov.cn/b/2021-11/09/article_2024041410524260842.html",
                Some("2021-11-09"),
            ),
            ("http://a.gov.cn/2020/13/45/", None),
            ("http://a.gov.cn/show/2020.html", None),
            ("http://a.gov.cn/t20211345_1.html", None),
        ] {
            let day = day(uri).map(|day| day.to_string());
            assert_eq!(day.as_deref(), found, "{uri}");
        }
    }
}
