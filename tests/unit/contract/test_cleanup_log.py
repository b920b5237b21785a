"""What is on disk after every way a run can end."""

from trunkline.contract.session import CleanupEntry, CleanupLog

ONE, TWO = CleanupEntry("drop", "/a/1", "me"), CleanupEntry("drop", "/a/2", "other")


def test_a_finished_run_leaves_no_file(tmp_path):
    cleanup_log = CleanupLog(tmp_path, "http://x")
    cleanup_log.created(ONE)
    cleanup_log.gone(ONE.path)
    cleanup_log.close()
    assert list(tmp_path.iterdir()) == []


def test_the_next_run_takes_over_what_is_left(tmp_path):
    first = CleanupLog(tmp_path, "http://x")
    first.created(ONE)
    first.created(TWO)
    first.gone(ONE.path)
    first.close()
    second = CleanupLog(tmp_path, "http://x")
    assert second.adopt() == [TWO]
    assert second.entries == [TWO]
    second.gone(TWO.path)
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_alive_keeps_its_own(tmp_path):
    alive = CleanupLog(tmp_path, "http://x")
    alive.created(ONE)
    assert CleanupLog(tmp_path, "http://x").adopt() == []


def test_other_servers_are_left_alone(tmp_path):
    first = CleanupLog(tmp_path, "http://x")
    first.created(ONE)
    first.close()
    assert CleanupLog(tmp_path, "http://y").adopt() == []


def test_a_line_cut_short_is_skipped(tmp_path):
    first = CleanupLog(tmp_path, "http://x")
    first.created(ONE)
    first.close()
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text() + '{"created": ["drop", "/a/9')
    assert CleanupLog(tmp_path, "http://x").adopt() == [ONE]


def test_children_are_deleted_before_their_parents():
    cleanup_log = CleanupLog(None, "http://x")
    cleanup_log.created(ONE)
    cleanup_log.created(TWO)
    assert cleanup_log.entries == [TWO, ONE]


def test_the_mark_of_a_dead_run_is_handed_on(tmp_path):
    first = CleanupLog(tmp_path, "http://x")
    first.begin("tl0123abcd")
    first.created(ONE)
    first.close()
    second = CleanupLog(tmp_path, "http://x")
    assert second.adopt() == [ONE]
    assert second.markers == ["tl0123abcd"]
