"""A demo starts without preparing anew only where nothing of what was prepared, nor of the code, has changed."""

import json
from io import StringIO
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import owner_connection
from tracker.embedded import demo, prepared
from tracker.embedded.places import PROJECT
from tracker.embedded.prepared import Preparations, code

# What the owner or the application does to the database, and what mends it again.
IN_THE_DATABASE = {
    "a key revoked": (
        "UPDATE accounts_apikey SET revoked_at = now()",
        "UPDATE accounts_apikey SET revoked_at = NULL",
    ),
    "a key expired": (
        "UPDATE accounts_apikey SET expires_at = now()",
        "UPDATE accounts_apikey SET expires_at = now() + interval '1 year'",
    ),
    "an account gone": (
        "UPDATE accounts_user SET email = 'x' || email WHERE email = 'chuyenvien.bca@dondoc.example'",
        "UPDATE accounts_user SET email = substr(email, 2) WHERE email = 'xchuyenvien.bca@dondoc.example'",
    ),
    "a notice gone": (
        "UPDATE directives_notice SET external_ref = 'x' WHERE external_ref = 'demo-369'",
        "UPDATE directives_notice SET external_ref = 'demo-369' WHERE external_ref = 'x'",
    ),
    "migrated by other code": (
        "INSERT INTO django_migrations (app, name, applied) VALUES ('directives', '9999_later', now())",
        "DELETE FROM django_migrations WHERE name = '9999_later'",
    ),
    "a restored database without its record": (
        "COMMENT ON TABLE django_migrations IS NULL",
        None,
    ),
}


@pytest.fixture
def earlier(transactional_db, settings, monkeypatch, tmp_path):
    """A demo that was prepared whole, and says so."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(prepared, "COLLECTED", tmp_path / "staticfiles")
    call_command("load_seeds", demo_json=tmp_path / "demo.json", stdout=StringIO())
    earlier = Preparations(tmp_path / "demo.json", owners_address(), "this code")
    assert not earlier.are_whole()
    earlier.record()
    assert earlier.are_whole()
    return earlier


def owners_address() -> str:
    """The test's database as DATABASE_URL would name it."""
    told = connection.get_connection_params()
    who = ":".join(quote(told[name], safe="") for name in ("user", "password") if told.get(name))
    port = f":{told['port']}" if told.get("port") else ""
    return f"postgres://{who}@{quote(told['host'], safe='')}{port}/{told['dbname']}"


def test_what_changed_in_the_database_is_prepared_anew(earlier):
    with owner_connection() as owner:
        for change, (hurt, mended) in IN_THE_DATABASE.items():
            owner.execute(hurt)
            assert not earlier.are_whole(), change
            if mended:
                owner.execute(mended)
                assert earlier.are_whole(), change


def test_an_emptied_database_is_prepared_anew_whatever_var_remembers(earlier):
    with owner_connection() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("TRUNCATE accounts_user, directives_notice, accounts_apikey CASCADE")
    assert not earlier.are_whole()


def test_a_database_without_tables_or_without_a_server_is_prepared_anew(earlier):
    for address in (owners_address().rpartition("/")[0] + "/postgres", "postgres://nobody@%2Fnowhere/dondoc", "x"):
        assert not Preparations(earlier.note, address, "this code").are_whole()


def test_other_passwords_than_those_of_this_database_are_prepared_anew(earlier):
    note = json.loads(earlier.note.read_text())
    note["accounts"][0]["password"] = "of another VAR"
    earlier.note.write_text(json.dumps(note))
    assert not earlier.are_whole()
    earlier.note.unlink()
    assert not earlier.are_whole()


def test_other_code_prepares_anew_and_half_collected_files_are_not_taken_for_whole(earlier):
    assert not Preparations(earlier.note, earlier.database, "other code").are_whole()
    earlier.forget_files()
    assert not earlier.are_whole()


def test_another_var_prepares_its_database_alone_and_leaves_the_files_to_whom_they_serve(earlier, tmp_path):
    other = Preparations(tmp_path / "other.json", "postgres://nobody@%2Fnowhere/dondoc", "this code")
    asked = []

    class Stopped(Exception):
        pass

    def run(programs):
        asked.append(sorted(programs))
        raise Stopped

    with pytest.raises(Stopped):
        demo._prepare(SimpleNamespace(run=run), other)
    assert asked == [["migrate"]]
    assert earlier.are_whole()


def test_words_that_were_not_compiled_are_prepared_anew(earlier, monkeypatch, tmp_path):
    text = tmp_path / "tracker/locale/vi/LC_MESSAGES/django.po"
    text.parent.mkdir(parents=True)
    text.touch()
    (tmp_path / "seeds").symlink_to(PROJECT / "seeds")
    monkeypatch.setattr(prepared, "PROJECT", tmp_path)
    assert not earlier.are_whole()
    text.with_suffix(".mo").touch()
    assert earlier.are_whole()


def test_the_code_is_another_one_when_any_file_that_it_reads_is(monkeypatch, tmp_path):
    monkeypatch.setattr(prepared, "PROJECT", tmp_path)
    seed, compiled = tmp_path / "seeds/demo/notice_369.txt", tmp_path / "tracker/__pycache__/x.pyc"
    for path in (seed, compiled, tmp_path / "manage.py", tmp_path / "requirements.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a")
    known = [code()]
    compiled.write_text("b")
    assert code() == known[0]
    changes = (
        lambda: seed.write_text("b"),
        lambda: seed.rename(seed.with_name("notice_370.txt")),
        lambda: (tmp_path / "seeds/new.json").touch(),
        lambda: (tmp_path / "requirements.txt").write_text("b"),
        lambda: monkeypatch.setattr(prepared, "_libraries", lambda: ["django-9.dist-info"]),
    )
    for change in changes:
        change()
        assert code() not in known
        known.append(code())


def test_what_python_is_just_compiling_is_no_other_code():
    before = code()
    passing = PROJECT / "tracker/__pycache__/clock.cpython-311.pyc.140234"
    passing.parent.mkdir(exist_ok=True)
    passing.write_bytes(b"half of it")
    try:
        assert code() == before
    finally:
        passing.unlink()
