"""Line ends of a checkout on Windows are not an edit."""

from pathlib import Path, PurePosixPath

from trunkline.output import plan_changes, write

FILES = {PurePosixPath("a.py"): "x = 1\ny = 2\n"}


def test_a_checkout_with_other_line_ends_is_the_same(tmp_path: Path) -> None:
    write(plan_changes(FILES, tmp_path))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not plan_changes(FILES, tmp_path)


def test_another_line_is_an_edit_all_the_same(tmp_path: Path) -> None:
    write(plan_changes(FILES, tmp_path))
    (tmp_path / "a.py").write_bytes(b"x = 1\r\ny = 3\r\n")
    changes = plan_changes(FILES, tmp_path)
    assert [str(path) for path in changes.hand_edited] == ["a.py"]
