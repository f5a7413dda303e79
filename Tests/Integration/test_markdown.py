"""Markdown: rendered as GitHub does, with the texts of others as plain text."""

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

from drifting import HOSTILE, drift
from tidemark import SHIPPED


class Page(HTMLParser):
    """The rendered page: the rows of its tables as texts, its tags, and the text outside of code."""

    def __init__(self, markdown: str):
        super().__init__()
        self.rows, self.tags, self.loose, self.open = [], [], "", []
        options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_GITHUB_PRE_LANG
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "br" and self.rows:
            self.rows[-1][-1] += "\n"
        if tag not in ("br", "img", "input", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "code" not in self.open:
            self.loose += data
        if self.rows and self.open and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def test_markdown_lists_findings_in_a_table(drifting):
    text = drift(drifting, "markdown", "--at", "@2", baseline=SHIPPED)
    page = Page(text)
    assert page.rows[0] == ["severity", "expectation", "section", "finding", "id"]
    database, access = page.rows[1:]
    assert database[:3] == ["error", "database\nrds.db-instance/antenna-postgres", "5.1"]
    lines = database[3].split("\n")
    assert lines[0] == "DBInstanceClass is db.t4g.medium, and should be db.t4g.small"
    assert re.fullmatch("new since @\u200b2, .*Z, with release v10", lines[1])
    assert re.fullmatch("[0-9a-f]{12}", database[4])
    assert access[3].split("\n")[0] == "ingress should not have tcp 5432 from 0.0.0.0/0"
    assert access[3].split("\n")[-1].startswith("fix: remove every")
    assert text.startswith("## antenna-production: drifted\n\nAs of ") and "33 expectations in sync" in page.loose
    assert page.tags.count("details") == 1


def test_markdown_escapes_texts_of_others(hostile):
    page = Page(drift(hostile, "markdown"))
    assert page.open == [] and "img" not in page.tags and "em" in page.tags
    assert all(len(row) == 5 for row in page.rows)
    assert not re.search(r"@\w|#\d", page.loose)
    names = {row[1].split("\n")[0] for row in page.rows}
    assert {"open", "worth-saying", "waived", "unseen"} < names
    (name,) = [name for name in names if name.startswith("a|b")]
    assert name == HOSTILE + r"\u{1}\u{1b}" + "\ufffe" + r"\u{a}next\u{d}\u{a}"
    assert "a" not in page.tags or HOSTILE not in page.loose


def test_markdown_folds_failed_calls(hostile):
    page = Page(drift(hostile, "markdown"))
    assert re.search(r"\d of \d+ questions not answered", page.loose) and page.tags.count("details") == 2


def test_a_thousand_findings_fit_into_a_comment(drifting, many):
    text = drift(drifting, "markdown", baseline=many)
    assert len(text.encode("utf-16-le")) // 2 <= 65_536
    page = Page(text)
    shown = len(page.rows) - 1
    assert f"And {1000 - shown} more findings, drifted: `tidemark drift` lists all.\n" in text
    assert re.search(r"\b1 of \d+ questions not answered", page.loose) and "And 1 more" not in text
    assert shown > 150 and page.rows[1][3].startswith("Engine is postgres, and should be データベース🐘")
