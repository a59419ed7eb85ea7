//! What is repeated in texts and pages.

/// What stands before, what is repeated (`#` becomes a number), and what stands behind.
pub(crate) struct Shape(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

/// A name, and a shape.
pub(crate) type Named = (&'static str, Shape);

/// What every page begins with.
pub(crate) const HEAD: &str =
    "<html><body><p>某市某局2012年政府信息公开工作年度报告</p><p>本报告由某市某局编制。</p>";
const TITLE: &str = "某市某局2012年政府信息公开工作年度报告\n\n一、概述\n";

const MARKED: &str = "# 概述\n\n**公开的情况**\n\n";

/// Shapes of pages.
pub(crate) const PAGES: &[Named] = &[
    ("nested blocks", Shape("", "<div>", "")),
    ("nested formatting", Shape("", "<b><i>字", "")),
    (
        "formatting opened again",
        Shape("<b><i><u><a><font>", "<p>字", ""),
    ),
    ("unclosed links", Shape("", "<a href=#>字", "")),
    ("unclosed paragraphs", Shape("", "<p>公开信息#条", "")),
    ("end tags of nothing", Shape("", "</div></p></b>", "")),
    ("attributes of one tag", Shape("<p ", "a#=b ", ">字")),
    (
        "one long attribute",
        Shape("<p title='", "年度报告", "'>字"),
    ),
    ("open angles", Shape("", "<", "")),
    ("comments never closed", Shape("", "<!-- 注 ", "")),
    (
        "character references",
        Shape("<p>", "&nbsp;&#x4e00;&lt", ""),
    ),
    ("line breaks", Shape("<p>", "字<br>", "")),
    ("list items", Shape("<ul>", "<li>第#项工作情况", "</ul>")),
    ("options", Shape("<select>", "<option>年#", "</select>")),
    ("lists in lists", Shape("", "<ul><li>项", "")),
    (
        "cells of one row",
        Shape("<table border=1><tr>", "<td>#", "</table>"),
    ),
    (
        "rows of two cells",
        Shape("<table border=1>", "<tr><td>受理申请数<td>#", "</table>"),
    ),
    (
        "wide cells",
        Shape(
            "<table border=1>",
            "<tr><td colspan=9>受理<td>#",
            "</table>",
        ),
    ),
    (
        "tall cells",
        Shape(
            "<table border=1>",
            "<tr><th rowspan=9>受理<td>#",
            "</table>",
        ),
    ),
    (
        "stairs of tall cells",
        Shape(
            "<table border=1>",
            "<tr><th rowspan=65534>受理#",
            "</table>",
        ),
    ),
    (
        "a wide row and short ones",
        Shape(
            "<table border=1>",
            "<tr><td>#<td>#</tr><tr><th>行</tr>",
            "</table>",
        ),
    ),
    (
        "many tables",
        Shape(
            "",
            "<table border=1><tr><th>指标<th>数<tr><td>受理<td>#</table>",
            "",
        ),
    ),
    (
        "tables in tables",
        Shape("", "<table border=1><tr><th>指标<td>", ""),
    ),
    (
        "the same label",
        Shape("<table border=1>", "<tr><td>其中：<td>条<td>#", "</table>"),
    ),
    (
        "columns of one form",
        Shape(
            "<table border=1><tr><td>一、本年新收政府信息公开申请数量",
            "<td>#",
            "</table>",
        ),
    ),
    (
        "headings",
        Shape("", "<h2>第#部分 主动公开情况</h2><p>字</p>", ""),
    ),
    (
        "pages in pages",
        Shape("", "<iframe srcdoc='<p>公开#'></iframe>", ""),
    ),
    ("text areas", Shape("", "<textarea>年度报告</textarea>", "")),
    (
        "scripts",
        Shape("", "<script>var a='年度报告<p>公开</p>';</script>", ""),
    ),
    (
        "one script",
        Shape(
            "<script>",
            "var a='<p>某市年度报告公开信息情况</p>';\\n",
            "</script>",
        ),
    ),
    ("drawings", Shape("", "<svg><title>图</title>", "")),
    ("pictures", Shape("", "<img src=a#.png alt=统计表>", "")),
    ("spaces of markup", Shape("<p>", "&nbsp; \u{3000}", "字")),
];

/// Shapes of texts, Markdown among them.
pub(crate) const TEXTS: &[Named] = &[
    ("one long line", Shape(TITLE, "我局主动公开信息，", "")),
    ("one line without an end", Shape(TITLE, "公开", "")),
    ("short lines", Shape(TITLE, "公开\n", "")),
    ("blank lines", Shape(TITLE, "\n \n", "字")),
    (
        "rows of Markdown that no bar ends",
        Shape(MARKED, "| 公开\n", ""),
    ),
    ("fences of Markdown", Shape(MARKED, "```\n公开\n", "")),
    ("brackets of Markdown", Shape(MARKED, "[公开](", "")),
    ("emphasis of Markdown", Shape(MARKED, "**公_开 ", "")),
    (
        "figures in prose",
        Shape(TITLE, "公开信息#条，受理申请#件，答复#件。", ""),
    ),
    (
        "figures in lines",
        Shape(TITLE, "全年受理申请#件，答复#件。\n", ""),
    ),
    (
        "one statement again",
        Shape(TITLE, "全年主动公开政府信息12条。\n", ""),
    ),
    ("digits", Shape(TITLE, "1234567890", "")),
    ("chinese digits", Shape(TITLE, "一二三四五六七八九十", "条")),
    ("scale words", Shape(TITLE, "百千万亿", "条")),
    ("points", Shape(TITLE, ".", "")),
    ("numbers with points", Shape(TITLE, "1.", "")),
    ("numbers with commas", Shape(TITLE, "123,", "条")),
    ("brackets", Shape(TITLE, "(", "")),
    ("closing brackets", Shape(TITLE, "）", "")),
    ("numbered brackets", Shape(TITLE, "（一）", "")),
    ("quotation marks", Shape(TITLE, "“", "")),
    ("titles of laws", Shape(TITLE, "《条例》第#条，", "")),
    ("document numbers", Shape(TITLE, "国办发〔2014〕#号", "")),
    ("dates", Shape(TITLE, "2012年1月#日", "")),
    ("years", Shape(TITLE, "2012年至", "")),
    (
        "periods",
        Shape(TITLE, "自2012年1月1日起至2012年12月31日止，", ""),
    ),
    (
        "telephone numbers",
        Shape(TITLE, "电话：020-1234567#，", ""),
    ),
    ("addresses", Shape(TITLE, "http://www.a.gov.cn/#/ ", "")),
    (
        "headings of one level",
        Shape(TITLE, "二、主动公开情况\n", ""),
    ),
    ("headings without text", Shape(TITLE, "(#)公开\n", "")),
    (
        "headings that nest",
        Shape(TITLE, "一、公开\n(一)公开\n1.公开\n(1)公开\n", ""),
    ),
    (
        "items in a line",
        Shape(TITLE, "一是抓学习；二是抓制度；三是抓落实；", ""),
    ),
    ("parts", Shape(TITLE, "第#部分 公开情况\n", "")),
    (
        "reports",
        Shape(
            "",
            "某市第#局2012年政府信息公开工作年度报告\n一、概述\n公开12条。\n",
            "",
        ),
    ),
    (
        "titles",
        Shape("", "某市某局2012年政府信息公开工作年度报告\n", ""),
    ),
    (
        "snippets",
        Shape(TITLE, "某局年度报告...公开信息#条...\n", ""),
    ),
    ("menus", Shape("", "首页 | 公开 | 互动\n", TITLE)),
    ("bars", Shape(TITLE, "|", "")),
    ("rows with bars", Shape(TITLE, "受理申请数 | 件 | #\n", "")),
    (
        "cells line by line",
        Shape(TITLE, "受理申请数\n件\n#\n", ""),
    ),
    (
        "cells with bars line by line",
        Shape(
            "附表\n指标 |\n单位 |\n数量 |\n",
            "受理申请数 |\n件 |\n# |\n",
            "",
        ),
    ),
    ("tabs", Shape(TITLE, "受理\t#\t", "\n")),
    ("rows with tabs", Shape(TITLE, "受理申请数\t件\t#\n", "")),
    (
        "captions",
        Shape(TITLE, "附表# 公开情况统计 单位：条\n", ""),
    ),
    ("one label again", Shape(TITLE, "其中：\n#\n", "")),
    ("spaces in words", Shape(TITLE, "公 开 信 息 ", "")),
    ("wide spaces", Shape(TITLE, "\u{3000}", "字")),
    (
        "characters not seen",
        Shape(TITLE, "\u{200b}\u{feff}", "字"),
    ),
    ("marks that combine", Shape(TITLE, "e\u{301}\u{302}", "")),
    ("one letter, many marks", Shape(TITLE, "\u{301}", "")),
    (
        "traditional characters",
        Shape(TITLE, "政府信息公開條例執行情況報告", ""),
    ),
    ("reading aids", Shape(TITLE, "報(bào)告", "")),
    (
        "wrapped lines",
        Shape(
            TITLE,
            "我局认真组织学习条例，完善各项制度，加强督促检\n",
            "",
        ),
    ),
    ("agencies", Shape(TITLE, "某省某市某县第#局、", "")),
    ("places", Shape(TITLE, "广东省广州市天河区、", "")),
];
