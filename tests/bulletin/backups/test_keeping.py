"""Old backups go, by day and by week; nothing else in the folder does."""

import datetime
import os
import time

from bulletin.backups import keeping


def days(count, last=datetime.datetime(2024, 3, 31, 3, 30)):  # noqa: DTZ001 # the newsroom's time
    return [keeping.name_at(last - datetime.timedelta(days=ago)) for ago in range(count)]


def fill(folder, names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("x")


def test_the_newest_of_each_day_and_week_stays(tmp_path):
    fill(tmp_path, days(60))
    keeping.prune(tmp_path, daily=7, weekly=4)
    kept = sorted(path.name[9:17] for path in tmp_path.iterdir())
    # 31 March 2024 is a Sunday: the newest of each week is its Sunday's.
    assert kept == [
        *("20240310", "20240317", "20240324"),
        *(f"202403{day}" for day in range(25, 32)),
    ]


def test_of_several_on_one_day_the_last_stays(tmp_path):
    noon = keeping.name_at(datetime.datetime(2024, 3, 31, 12, 0))  # noqa: DTZ001
    fill(tmp_path, [*days(1), noon])
    removed = keeping.prune(tmp_path, daily=7, weekly=4)
    assert [path.name for path in removed] == days(1)
    assert [path.name for path in tmp_path.iterdir()] == [noon]


def test_what_is_not_ours_is_left_alone(tmp_path):
    others = [
        "bulletin-before-the-move.tar",
        "bulletin-20240101-030000.tar.gz",
        "bulletin-20249999-030000.tar",
        "notes.txt",
        "xbulletin-20240101-030000.tar",
    ]
    fill(tmp_path, [*others, *days(3)])
    (tmp_path / "bulletin-20240101-030000.tar").mkdir()
    keeping.prune(tmp_path, daily=1, weekly=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*others, "bulletin-20240101-030000.tar", days(1)[0]]
    )


def test_what_a_backup_that_was_cut_off_left_goes_after_a_day(tmp_path):
    old, young = (
        tmp_path / ".bulletin-20240301-033000.unfinished",
        tmp_path / (".bulletin-20240331-033000.unfinished"),
    )
    for folder in (old, young):
        fill(folder, [folder.name[1:25] + ".tar"])
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    keeping.prune(tmp_path, daily=1, weekly=1)
    assert not old.exists()
    assert young.exists()
