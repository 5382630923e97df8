"""/_local/lineage: where the results that an execution shows really come from."""

from support.definitions import training
from support.runs import create, start


def selective(client, name, source, *steps):
    return start(client, name, SelectiveExecutionConfig={
        "SourcePipelineExecutionArn": source, "SelectedSteps": [{"StepName": step} for step in steps]})


def lineage(server, arn):
    code, answer = server.local("GET", "lineage", execution=arn)
    assert code == 200, answer
    return answer


def test_a_chain_of_selections(server, sagemaker):
    """A result taken over twice is traced to the execution that really ran the step, and each hand-over is an edge."""
    name = create(sagemaker, training("A"), training("B", depends_on=["A"]), training("C", depends_on=["B"]))
    first = start(sagemaker, name)
    second = selective(sagemaker, name, first, "C")
    third = selective(sagemaker, name, second, "C")
    found = lineage(server, third)
    assert found["Complete"] is True
    assert [one["PipelineExecutionArn"] for one in found["Executions"]] == [third, second, first]
    assert {step["StepName"]: step["RanIn"] for step in found["Executions"][0]["Steps"]} == {"A": first, "B": first, "C": third}
    assert sorted((edge["From"], edge["To"], edge["How"], tuple(edge["Steps"])) for edge in found["Edges"]) == sorted([
        (third, second, "Selection", ("A", "B")), (second, first, "Selection", ("A", "B"))])


def test_seen_from_its_source(server, sagemaker):
    """Asked of the first execution, it shows who took its results; a run that took nothing is not in it."""
    name = create(sagemaker, training("A"), training("B", depends_on=["A"]))
    first = start(sagemaker, name)
    users = {selective(sagemaker, name, first, "B") for _ in range(2)}
    alone = start(sagemaker, name)
    found = {one["PipelineExecutionArn"] for one in lineage(server, first)["Executions"]}
    assert found == {first, *users}
    assert [one["PipelineExecutionArn"] for one in lineage(server, alone)["Executions"]] == [alone]
    assert lineage(server, alone)["Edges"] == []


def test_siblings_are_not_ancestors(server, sagemaker):
    """What else was made of the same source is no part of an execution's own lineage."""
    name = create(sagemaker, training("A"), training("B", depends_on=["A"]))
    first = start(sagemaker, name)
    one, other = (selective(sagemaker, name, first, "B") for _ in range(2))
    assert other not in {found["PipelineExecutionArn"] for found in lineage(server, one)["Executions"]}


def test_selection_over_a_cache_hit(server, sagemaker):
    """A result from the cache that is selected again leads to the execution that ran the step; both hand-overs show."""
    name = create(sagemaker, training("A", CacheConfig={"Enabled": True, "ExpireAfter": "P1D"}), training("B", depends_on=["A"]))
    first, second = start(sagemaker, name), start(sagemaker, name)
    third = selective(sagemaker, name, second, "B")
    found = lineage(server, third)
    assert {step["StepName"]: step["RanIn"] for step in found["Executions"][0]["Steps"]} == {"A": first, "B": third}
    assert {(edge["From"], edge["To"], edge["How"]) for edge in found["Edges"]} == {
        (third, second, "Selection"), (second, first, "Cache")}


def test_as_many_as_are_shown(server, sagemaker):
    """500 are all there are, if there are no more; the 501st is left out, and the answer says so."""
    name = create(sagemaker, training("A", CacheConfig={"Enabled": True, "ExpireAfter": "P1D"}))
    first = start(sagemaker, name)
    for _ in range(499):
        start(sagemaker, name)
    for complete in (True, False):
        found = lineage(server, first)
        assert (len(found["Executions"]), found["Complete"]) == (500, complete)
        start(sagemaker, name)


def test_an_execution_that_is_none(server):
    """404 names it; no query, or what is no ARN, is a 400 that shows the form."""
    missing = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/000000000000"
    assert server.local("GET", "lineage", execution=missing)[0] == 404
    code, answer = server.local("GET", "lineage")
    assert code == 400 and "pipeline/<name>/execution/<id>" in answer["message"]
