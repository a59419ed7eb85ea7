//! How the names of divisions are shortened.

/// The name without the word for its kind: 广州市 -> 广州, 广西壮族自治区 -> 广西.
pub(super) fn short_name(name: &str) -> &str {
    const PEOPLES: [&str; 43] = [
        "维吾尔",
        "柯尔克孜",
        "哈萨克",
        "乌孜别克",
        "塔吉克",
        "达斡尔",
        "鄂温克",
        "俄罗斯",
        "蒙古族",
        "朝鲜",
        "哈尼",
        "土家",
        "布依",
        "拉祜",
        "傈僳",
        "仡佬",
        "撒拉",
        "普米",
        "毛南",
        "仫佬",
        "景颇",
        "布朗",
        "保安",
        "裕固",
        "锡伯",
        "独龙",
        "各族",
        "纳西",
        "壮族",
        "回族",
        "苗族",
        "藏族",
        "彝族",
        "侗族",
        "傣族",
        "白族",
        "羌族",
        "瑶族",
        "满族",
        "土族",
        "畲族",
        "黎族",
        "佤族",
    ];
    const KINDS: [&str; 15] = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "特区",
        "林区",
        "新区",
        "省",
        "市",
        "县",
        "区",
        "盟",
        "旗",
    ];
    let kind = KINDS.iter().find_map(|kind| {
        let short = name.strip_suffix(kind)?;
        // 西林区 and 万柏林区 are districts of places called so, 神农架林区 is a 林区.
        (*kind != "林区" || short.chars().count() > 2).then_some((*kind, short))
    });
    let Some((kind, short)) = kind else {
        return name;
    };
    if !kind.starts_with("自治") {
        return short;
    }
    let peoples = PEOPLES.iter().chain(&["水族", "怒族", "东乡族", "蒙古"]);
    let cut = peoples
        .filter_map(|people| short.find(people))
        .filter(|at| *at > '中'.len_utf8())
        .min();
    cut.and_then(|at| short.get(..at)).unwrap_or(short)
}

/// How an autonomous division is called day by day, its peoples left out: 凉山彝族自治州 -> 凉山州.
/// `None` for all others.
pub(super) fn customary_name(name: &str) -> Option<String> {
    let kind = ["州", "县", "旗"].into_iter().find(|kind| {
        name.strip_suffix(kind)
            .is_some_and(|rest| rest.ends_with("自治"))
    })?;
    let short = short_name(name);
    (short.chars().count() >= 2).then(|| format!("{short}{kind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_lose_the_people_but_not_the_place() {
        assert_eq!(short_name("广西壮族自治区"), "广西");
        assert_eq!(short_name("黔东南苗族侗族自治州"), "黔东南");
        assert_eq!(short_name("广州市"), "广州");
        assert_eq!(short_name("博尔塔拉蒙古自治州"), "博尔塔拉");
        assert_eq!(short_name("内蒙古自治区"), "内蒙古");
        assert_eq!(short_name("恭城瑶族自治县"), "恭城");
        assert_eq!(short_name("浦东新区"), "浦东");
        assert_eq!(short_name("万柏林区"), "万柏林");
    }

    #[test]
    fn customary_names_keep_the_kind() {
        for (name, customary) in [
            ("凉山彝族自治州", Some("凉山州")),
            ("道真仡佬族苗族自治县", Some("道真县")),
            ("鄂伦春自治旗", Some("鄂伦春旗")),
            ("广西壮族自治区", None),
            ("番禺区", None),
        ] {
            assert_eq!(customary_name(name).as_deref(), customary, "{name}");
        }
    }
}
