import threading

import pytest

from bulletin import environment
from bulletin.environment import Environment, SettingError, tile_hosts


def read(**variables):
    return Environment(variables)


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("True", True), ("on", True), ("0", False), ("no", False)]
)
def test_flag_reads_the_usual_words(word, value):
    assert read(X=word).flag("X", default=not value) is value


def test_flag_unset_is_the_default():
    assert read().flag("X", default=True) is True


@pytest.mark.parametrize(
    ("variables", "ask", "said"),
    [
        ({"X": "maybe"}, lambda env: env.flag("X", default=False), "must be true or false"),
        ({}, lambda env: env.text("X"), "is required and not set"),
        ({"X": "  "}, lambda env: env.text("X"), "is required and not set"),
        ({"X": "ten"}, lambda env: env.number("X", 1), "must be a whole number"),
        ({"X": "-1"}, lambda env: env.number("X", 1), "must be between 0"),
        ({"X": "test"}, lambda env: env.choice("X", "a", ("a", "b")), "must be one of a, b"),
        ({"X": "Asia/Nowhere"}, lambda env: env.time_zone("X", "UTC"), "is no known time zone"),
        ({"X": "../etc"}, lambda env: env.time_zone("X", "UTC"), "is no known time zone"),
        ({"X": "http://t.example/{z}/{x}/{y}"}, lambda env: env.tiles("X"), "must look like"),
        ({"X": "https://t.example/{z}/{x}"}, lambda env: env.tiles("X"), "must look like"),
        ({"X": "bulletin.db"}, lambda env: env.database("X", ""), "must look like sqlite:///"),
        ({"X": "mysql://a/b"}, lambda env: env.database("X", ""), "must look like sqlite:///"),
        ({"X": "postgres://h:port/n"}, lambda env: env.database("X", ""), "cannot be read"),
    ],
)
def test_malformed_variable_stops_with_one_line_that_names_it(variables, ask, said):
    with pytest.raises(SettingError) as stopped:
        ask(Environment(variables))
    line = str(stopped.value.code)
    assert line.startswith("bulletin: environment variable X: ")
    assert said in line
    assert "\n" not in line


def test_required_list_may_not_be_empty_in_production():
    with pytest.raises(SettingError, match="ALLOWED_HOSTS"):
        Environment({"ALLOWED_HOSTS": " , "}, required=True).words("ALLOWED_HOSTS", [])


def test_secret_is_made_once_and_kept(tmp_path):
    first = read().secret("SECRET_KEY", tmp_path / "new" / "key")
    assert len(first) >= 50
    assert read().secret("SECRET_KEY", tmp_path / "new" / "key") == first
    assert ((tmp_path / "new" / "key").stat().st_mode & 0o077) == 0


def test_secret_that_another_process_is_writing_is_waited_for(tmp_path):
    file = tmp_path / "key"
    file.touch()
    writer = threading.Timer(0.3, lambda: file.write_text("x" * 50))
    writer.start()
    assert read().secret("SECRET_KEY", file) == "x" * 50
    writer.join()


def test_secret_that_nobody_writes_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "SECRET_PATIENCE", 0.1)
    (tmp_path / "key").touch()
    with pytest.raises(SettingError, match="empty"):
        read().secret("SECRET_KEY", tmp_path / "key")


def test_secret_is_never_made_in_production(tmp_path):
    with pytest.raises(SettingError, match="SECRET_KEY"):
        Environment({}, required=True).secret("SECRET_KEY", tmp_path / "key")
    assert not (tmp_path / "key").exists()


def test_database_addresses():
    assert read(X="sqlite:////srv/a.sqlite3").database("X", "")["NAME"] == "/srv/a.sqlite3"
    config = read(X="postgres://u:p%40ss@db:5433/news").database("X", "")
    assert (config["USER"], config["PASSWORD"]) == ("u", "p@ss")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db", 5433, "news")


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("", []),
        ("/tiles/{z}/{x}/{y}.png", []),
        ("https://tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("https://t{s}.example/{z}/{x}/{y}", ["https://t1.example", "https://t2.example"]),
    ],
)
def test_only_the_hosts_that_tiles_come_from_are_let_in(address, hosts):
    assert read(X=address).tiles("X") == address
    assert tile_hosts(address, ["1", "2"]) == hosts
