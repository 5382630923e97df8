"""A thousand executions at once, on a manual clock: they are listed, described and changed one by one, and all end."""

import concurrent.futures

import pytest

from support.definitions import training
from support.runs import create, execution, start, status, statuses

THOUSAND = 1000


@pytest.fixture
def manual(start_server):
    return start_server("--clock", "manual", "--step-duration", 60)


def listed(client, name, **filters):
    found, token = [], {}
    while True:
        page = client.list_pipeline_executions(PipelineName=name, MaxResults=100, **filters, **token)
        found += page["PipelineExecutionSummaries"]
        if not page.get("NextToken"):
            return found
        token = {"NextToken": page["NextToken"]}


def test_one_among_a_thousand(manual, account):
    """One is described, listed and given more slots while another thousand run; then time passes for all of them."""
    client = manual.client(account)
    name = create(client, training("A"), training("B"), training("C", ["A"]),
                  ParallelismConfiguration={"MaxParallelExecutionSteps": 1})
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        others = list(pool.map(lambda _: start(client, name), range(THOUSAND)))
    mine = start(client, name)

    summaries = listed(client, name)
    assert [row["PipelineExecutionArn"] for row in summaries][0] == mine
    assert {row["PipelineExecutionArn"] for row in summaries} == {mine, *others}
    assert {row["PipelineExecutionStatus"] for row in summaries} == {"Executing"}
    assert statuses(client, mine) == {"A": "Executing"}

    client.update_pipeline_execution(PipelineExecutionArn=mine, ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
    assert execution(client, mine)["ParallelismConfiguration"] == {"MaxParallelExecutionSteps": 2}
    assert statuses(client, mine) == {"A": "Executing", "B": "Executing"}
    assert statuses(client, others[500]) == {"A": "Executing"}, "the limit is the execution's own"

    manual.advance(Seconds=120)
    assert status(client, mine) == "Succeeded"
    assert statuses(client, others[0]) == {"A": "Succeeded", "B": "Succeeded", "C": "Executing"}
    manual.advance(To="idle")
    assert {row["PipelineExecutionStatus"] for row in listed(client, name)} == {"Succeeded"}
