"""Hostile text never leaves the literal it is put in."""

import ast
import keyword
import tokenize
from io import StringIO

from hypothesis import example, given
from hypothesis import strategies as st

from trunkline.names.scope import Scope
from trunkline.names.words import LONGEST, constant, pascal, snake
from trunkline.python.package import markdown, toml
from trunkline.text import clean, docstring, literal, sentence

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.characters(categories=["Cs", "Cc", "Cf", "Zl", "Zp"]),
        st.sampled_from([*"\"'\\\n\r\t{}%#\u202e\u2066\u200b\ufeff\x00\x1b`", "word ", "x" * 50]),
        st.sampled_from(['"""', "'''", "\\N{", "{{", "{%", "${", "\\x", '\\"""']),
    ),
    max_size=30,
).map("".join)


@given(HOSTILE, st.sampled_from([0, 4, 8]))
@example('"""', 4)
@example('\\"""\nimport os', 4)
@example("a\\", 8)
@example('"', 0)
@example("x" * 99 + '"', 4)
@example(("word " * 40) + '"""' + " word" * 40, 8)
def test_a_docstring_is_one_string_literal(text: str, indent: int) -> None:
    made = docstring(text, indent)
    if not made:
        assert not clean(text)
        return
    margin = " " * indent
    source = f"class X:\n{margin or '    '}{made}\n" if indent else f"{made}\n"
    tree = ast.parse(source)
    body = tree.body[0].body if indent else tree.body
    assert len(tree.body) == 1
    assert len(body) == 1
    assert isinstance(body[0].value, ast.Constant)
    kinds = [t.type for t in tokenize.generate_tokens(StringIO(source).readline)]
    assert kinds.count(tokenize.STRING) == 1
    value = body[0].value.value
    assert value.split() == clean(text).split()
    assert not set(value) & set("\u202e\u2066\u200b\ufeff\x00\x1b\r")


@given(HOSTILE)
@example("\ud800")
def test_a_literal_means_the_text_and_shows_nothing_unprintable(text: str) -> None:
    made = literal(text)
    assert ast.literal_eval(made) == text
    assert made.isprintable()


@given(HOSTILE)
def test_names_are_identifiers(text: str) -> None:
    for make in (snake, pascal, constant):
        name = make(text)
        assert name.isidentifier()
        assert name.isascii()
        assert len(name) <= LONGEST + 10
        assert not name.startswith("_")


@given(st.lists(HOSTILE, unique=True, max_size=20))
def test_a_namespace_keeps_everything_apart(texts: list[str]) -> None:
    names = Scope({"json"}).take_all([(snake(t), t) for t in texts])
    assert len(set(names)) == len(texts)
    assert not any(keyword.iskeyword(n) or n == "json" for n in names)


@given(HOSTILE)
def test_metadata_is_one_toml_string(text: str) -> None:
    import tomllib

    assert tomllib.loads(f"x = {toml(text)}\n")["x"] == sentence(text)


@given(HOSTILE)
def test_markdown_stays_on_its_line(text: str) -> None:
    assert "\n" not in markdown(text)
    assert "<" not in markdown(text).replace("\\<", "")
