"""What members and headers of a list's response tell about its pages, by their names alone: totals,
the page's own number and size, the addresses of the pages beside it."""

from __future__ import annotations

import enum
from typing import Final

from trunkline.semantics.spelling import plain_name

_HEADS: Final = ("xpagination", "pagination", "x")


class PageWord(enum.Enum):
    """What is told about a page of a list."""

    TOTAL = "items in all"
    PAGES = "pages in all"
    NUMBER = "this page's number"
    SIZE = "items asked for"
    OFFSET = "items before"
    SHOWN = "items on this page"
    EMPTY = "whether nothing is on it"
    HAS_NEXT = "whether a page follows"
    HAS_PREVIOUS = "whether a page is before"
    FIRST = "the first page, or whether it is this"
    PREVIOUS = "the page before"
    SELF = "this page"
    NEXT = "the page after"
    LAST = "the last page, or whether it is this"


ADDRESSED: Final = frozenset(
    {PageWord.FIRST, PageWord.PREVIOUS, PageWord.SELF, PageWord.NEXT, PageWord.LAST}
)
"""Words that may tell where another page is."""
_WORDS: Final = {
    PageWord.TOTAL: "total totalcount totalitems totalresults totalrecords totalentries"
    " totalelements totalsize totalhits odatacount itemcount recordcount numfound count",
    PageWord.PAGES: "totalpages totalpage pagestotal pagecount numpages pages",
    PageWord.NUMBER: "page pagenumber currentpage number pageindex",
    PageWord.SIZE: "pagesize perpage itemsperpage limit size",
    PageWord.OFFSET: "offset skip startindex",
    PageWord.SHOWN: "numberofelements returned returnedcount",
    PageWord.EMPTY: "empty isempty",
    PageWord.HAS_NEXT: "hasmore hasnext hasnextpage",
    PageWord.HAS_PREVIOUS: "hasprev hasprevious hasprevpage haspreviouspage",
    PageWord.FIRST: "first isfirst isfirstpage firstpage firsturl firstpageurl firstpageuri",
    PageWord.PREVIOUS: "prev previous prevpage previouspage prevurl previousurl prevlink"
    " previouslink prevpageurl previouspageurl previouspageuri prevcursor previouscursor",
    PageWord.SELF: "self",
    PageWord.NEXT: "next nextpage nexturl nextlink nextpageurl nextpageuri odatanextlink",
    PageWord.LAST: "last islast islastpage lastpage lasturl lastpageurl lastpageuri",
}
_MEANT: Final = {name: word for word, names in _WORDS.items() for name in names.split()}
_AROUND: Final = frozenset(
    {"meta", "metadata", "pagination", "paging", "pageinfo", "page", "links"}
)


def page_word(name: str) -> PageWord | None:
    """What a member beside a list, or in an object about its pages, tells; None: something
    else."""
    return _MEANT.get(plain_name(name))


def header_word(name: str) -> PageWord | None:
    """What a header of a list's response tells about its pages: `X-Total-Count`."""
    plain = plain_name(name)
    for head in _HEADS:
        found = _MEANT.get(plain.removeprefix(head)) if plain.startswith(head) else None
        if found is not None:
            return found
    return _MEANT.get(plain) if plain.startswith("total") else None


def is_about_pages(name: str) -> bool:
    """Whether an object of this name beside a list tells about its pages."""
    return plain_name(name) in _AROUND


def tells_number(name: str) -> bool:
    """Whether a page is told by its number where this name stands: `next_page`, `X-Prev-Page`."""
    return plain_name(name).endswith("page")
