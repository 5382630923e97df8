"""What a data file keeps: over a restart, and over kill -9 in the middle of everything."""

import contextlib
import datetime
import json
import sqlite3
from pathlib import Path

import pytest

from support.definitions import (ALWAYS, callback, condition, definition, fail, function, get, join, parameter, processing,
                                 training)
from support.runs import (create, execution, launch, names, row, start, status, statuses, steps, succeed, token_of)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "data.db"


def everything(client):
    """All that the API shows of a namespace, but for request ids."""
    found = {}

    def keep(key, answer):
        answer.pop("ResponseMetadata")
        found[key] = answer
        return answer

    for summary in keep("pipelines", client.list_pipelines())["PipelineSummaries"]:
        name = summary["PipelineName"]
        keep((name, "describe"), client.describe_pipeline(PipelineName=name))
        keep((name, "versions"), client.list_pipeline_versions(PipelineName=name))
        keep((name, "tags"), client.list_tags(ResourceArn=summary["PipelineArn"]))
        for one in keep((name, "executions"), client.list_pipeline_executions(PipelineName=name))["PipelineExecutionSummaries"]:
            arn = one["PipelineExecutionArn"]
            keep((arn, "describe"), client.describe_pipeline_execution(PipelineExecutionArn=arn))
            keep((arn, "steps"), client.list_pipeline_execution_steps(PipelineExecutionArn=arn))
            keep((arn, "parameters"), client.list_pipeline_parameters_for_execution(PipelineExecutionArn=arn))
            keep((arn, "definition"), client.describe_pipeline_definition_for_execution(PipelineExecutionArn=arn))
    return found


@pytest.mark.parametrize("end", ["terminate", "kill"])
def test_everything_is_there_after_a_restart(start_server, database, account, end):
    """Pipelines, versions, aliases, tags, executions, steps and parameters, after SIGTERM and after SIGKILL."""
    one = start_server("--db", database)
    client = one.client(account)
    name = create(client, processing("Prepare"), training("Train", depends_on=["Prepare"]),
                  condition("Check", [ALWAYS], [function("Then", {"o": "String"})]), name="p",
                  parameters=[parameter("P", default="x")], PipelineDescription="d", PipelineVersionAliases=["prod"],
                  Tags=[{"Key": "k", "Value": "v"}])
    start(client, name, {"P": "y"}, PipelineExecutionDisplayName="first")
    client.update_pipeline(PipelineName=name, PipelineDefinition=definition(fail("Stop", "because"), callback("Wait")))
    waiting = start(client, name)
    before = everything(client)
    getattr(one, end)()

    client = start_server("--db", database).client(account)
    assert everything(client) == before
    succeed(client, waiting, "Wait")
    assert statuses(client, waiting) == {"Stop": "Failed", "Wait": "Succeeded"}


def test_killed_in_the_middle(start_server, database, account):
    """Item 3 of how it is shown: kill -9 on a manual clock, restart, advance: every step runs exactly as it should."""
    flags = ("--db", database, "--clock", "manual", "--step-duration", 60)
    one = start_server(*flags)
    client = one.client(account)
    arn = launch(
        client, training("First"), training("Peer"), training("Second", depends_on=["First"]),
        condition("Check", [ALWAYS], [training("Then", depends_on=["Second"])], [fail("Never", "x")]),
        training("Last", depends_on=["Then", "Peer"]), name="p")
    one.advance(Seconds=90)
    assert statuses(client, arn) == {"First": "Succeeded", "Peer": "Succeeded", "Check": "Succeeded", "Second": "Executing"}
    before = {found["StepName"]: found for found in steps(client, arn)}
    one.kill()

    two = start_server(*flags)
    client = two.client(account)
    assert {found["StepName"]: found for found in steps(client, arn)} == before
    two.advance(Seconds=29)
    assert statuses(client, arn)["Second"] == "Executing"
    two.advance(Seconds=1)
    assert statuses(client, arn)["Second"] == "Succeeded"
    two.advance(To="idle")
    assert names(client, arn) == ["First", "Peer", "Check", "Second", "Then", "Last"]
    assert set(statuses(client, arn).values()) == {"Succeeded"}
    assert status(client, arn) == "Succeeded"
    for found in steps(client, arn):
        assert found["AttemptCount"] == 1
        lasted = found["EndTime"] - found["StartTime"]
        assert lasted == datetime.timedelta(seconds=0 if found["StepName"] == "Check" else 60)
    for name in ("First", "Peer", "Check"):
        assert row(client, arn, name) == before[name]
    assert row(client, arn, "Second")["Metadata"] == before["Second"]["Metadata"]  # the same job, not a second one


def test_killed_again_and_again(start_server, database, account):
    """A crash between any two events of a chain: it goes on where it was, and no step runs twice."""
    flags = ("--db", database, "--clock", "manual", "--step-duration", 60)
    one = start_server(*flags)
    client = one.client(account)
    arn = launch(client, *[training(name, depends_on=[before] if before else None)
                           for before, name in zip([None, "A", "B", "C"], "ABCD")], name="p")
    jobs = {}
    for running in "ABCD":
        client = one.client(account)
        assert names(client, arn)[-1] == running
        jobs[running] = row(client, arn, running)["Metadata"]["TrainingJob"]["Arn"]
        one.kill()
        one = start_server(*flags)
        one.advance(To="next")
    client = one.client(account)
    assert status(client, arn) == "Succeeded"
    assert {found["StepName"]: found["Metadata"]["TrainingJob"]["Arn"] for found in steps(client, arn)} == jobs


def test_killed_while_a_callback_waits(start_server, database, account):
    """The token outlives the process; the answer releases the rest of the run."""
    one = start_server("--db", database)
    client = one.client(account)
    arn = launch(client, callback("Wait", {"o": "Integer"}), fail("Show", join("", "got ", get("Steps.Wait.OutputParameters['o']"))),
                 name="p")
    token = token_of(client, arn, "Wait")
    one.kill()

    client = start_server("--db", database).client(account)
    assert token_of(client, arn, "Wait") == token
    client.send_pipeline_execution_step_success(CallbackToken=token, OutputParameters=[{"Name": "o", "Value": "7"}])
    assert row(client, arn, "Show")["FailureReason"] == "got 7"


def test_what_was_answered_is_kept(start_server, database, account):
    """An accepted execution is never lost: killed right behind the answer."""
    one = start_server("--db", database)
    client = one.client(account)
    name = create(client, function("A"), name="p")
    started = [start(client, name) for _ in range(20)]
    one.kill()
    client = start_server("--db", database).client(account)
    assert [status(client, arn) for arn in started] == ["Succeeded"] * 20


def test_the_manual_clock_goes_on_from_where_it_stood(start_server, database, account):
    """Manual time is stored per namespace: a restart does not move it."""
    flags = ("--db", database, "--clock", "manual", "--step-duration", 60)
    one = start_server(*flags)
    client = one.client(account)
    first = launch(client, training("A"), name="p")
    one.advance(Seconds=3600)
    one.terminate()
    client = start_server(*flags).client(account)
    second = start(client, "p")
    gone = execution(client, second)["CreationTime"] - execution(client, first)["CreationTime"]
    assert gone >= datetime.timedelta(seconds=3600)
    assert gone < datetime.timedelta(seconds=3700)


def test_ephemeral_leaves_no_file(start_server, account, tmp_path):
    """--ephemeral keeps everything in memory."""
    one = start_server("--ephemeral")
    create(one.client(account), function("A"))
    one.terminate()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_one_process_a_file(start_server, program, database):
    """The second process on a data file ends within a second and names the first's pid."""
    one = start_server("--db", database)
    ended = program("serve", "--port", 0, "--db", database)
    assert ended.returncode != 0
    assert str(one.process.pid) in ended.stderr
    assert str(database) in ended.stderr
    assert one.alive()


def test_a_newer_data_file_is_refused_and_left_alone(start_server, program, database):
    """A file of a later version is not ours to change."""
    start_server("--db", database).terminate()
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 999999")
    connection.close()
    before = database.read_bytes()
    ended = program("serve", "--port", 0, "--db", database)
    assert ended.returncode != 0
    assert "newer" in ended.stderr and str(database) in ended.stderr
    assert database.read_bytes() == before


def test_a_file_that_is_no_database(program, database):
    """Somebody's file must not be overwritten."""
    database.write_text(json.dumps({"important": True}) * 100)
    before = database.read_bytes()
    ended = program("serve", "--port", 0, "--db", database)
    assert ended.returncode != 0
    assert str(database) in ended.stderr
    assert database.read_bytes() == before


def test_data_files_are_private(start_server, database):
    """Umask 077: definitions and parameters are nobody else's business."""
    start_server("--db", database)
    assert database.stat().st_mode & 0o077 == 0


# Data files of earlier versions ----------------------------------------------------------------------------------

MIGRATIONS = sorted((Path(__file__).parents[2] / "sql").glob("*.sql"))


def age(source, target, version):
    """Writes what `source` holds as a program with no more than that many migrations would have."""
    with contextlib.closing(sqlite3.connect(target)) as file:
        for migration in MIGRATIONS[:version]:
            file.executescript(migration.read_text())
        file.execute("ATTACH ? AS newer", (str(source),))
        for (table,) in file.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
            columns = [{row[1] for row in file.execute(f"PRAGMA {schema}.table_info({table})")} for schema in ("main", "newer")]
            shared = ", ".join(columns[0] & columns[1])
            file.execute(f"INSERT INTO main.{table} ({shared}) SELECT {shared} FROM newer.{table}")
        [application] = file.execute("PRAGMA newer.application_id").fetchone()
        file.executescript(f"PRAGMA application_id = {application}; PRAGMA user_version = {version}")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_data_file_of_an_earlier_version(start_server, account, database, tmp_path, version):
    """Each migration keeps what stood there before: all that the API shows, and an execution that waits goes on."""
    one = start_server("--db", database)
    client = one.client(account)
    launch(client, training("A"), condition("C", then=[processing("B", depends_on=["A"])], depends_on=["A"]), name="done")
    waiting = launch(client, callback("Ask", {}), training("After", depends_on=["Ask"]), name="waits")
    before = everything(client)
    one.terminate()
    old = tmp_path / "old.db"
    age(database, old, version)
    client = start_server("--db", old).client(account)
    assert everything(client) == before
    succeed(client, waiting, "Ask")
    assert status(client, waiting) == "Succeeded"
