"""Versions and their aliases: docs/compatibility.md, "Pipelines, versions, aliases"."""

import json

import pytest

from support.definitions import ROLE, definition, fail, function, join
from support.runs import create, execution, launch, message, refused, start, steps

ONE = definition(function("One"))
TWO = definition(function("Two"))
THREE = definition(function("Three"))


@pytest.fixture
def pipeline(sagemaker):
    """A pipeline with version 1."""
    create(sagemaker, name="p", text=ONE)
    return "p"


def arn_of(client, name):
    return client.describe_pipeline(PipelineName=name)["PipelineArn"]


def versions(client, name, **request):
    return client.list_pipeline_versions(PipelineName=name, **request)["PipelineVersionSummaries"]


def ids(client, name, **request):
    return [found["PipelineVersionId"] for found in versions(client, name, **request)]


def aliases(client, name, version):
    """The aliases of a version as the list of versions shows them; None when the member is absent."""
    [found] = [found for found in versions(client, name) if found["PipelineVersionId"] == version]
    return found.get("PipelineVersionAliases")


def change(client, name, version, **request):
    return client.update_pipeline_version(PipelineArn=arn_of(client, name), PipelineVersionId=version, **request)


def move(client, name, version, add=(), remove=()):
    operations = {}
    if add:
        operations["Add"] = list(add)
    if remove:
        operations["Remove"] = list(remove)
    return change(client, name, version, PipelineVersionAliasOperations=operations)


# Versions ------------------------------------------------------------------------------------------------------

def test_create_makes_version_one(sagemaker, pipeline):
    """[T] AWS's own test: one version after create."""
    assert ids(sagemaker, pipeline) == [1]


def test_a_changed_definition_makes_the_next_version(sagemaker, pipeline):
    """[T] version 2 after an update; the answer carries it, and the list shows the newest first."""
    assert sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)["PipelineVersionId"] == 2
    assert ids(sagemaker, pipeline) == [2, 1]


def test_the_first_of_the_list_is_the_latest(sagemaker, pipeline):
    """The SDK takes element 0 of a list with MaxResults 1 as the latest version."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    assert ids(sagemaker, pipeline, MaxResults=1) == [2]
    assert ids(sagemaker, pipeline, SortOrder="Ascending") == [1, 2]
    assert ids(sagemaker, pipeline, SortOrder="Descending") == [2, 1]


def test_one_is_not_one_point_zero(sagemaker):
    """As numbers the two are equal; a Std:Join reads them differently, so the change must not be lost."""
    name = create(sagemaker, fail("F", join("", "v", 1)))
    sagemaker.update_pipeline(PipelineName=name, PipelineDefinition=definition(fail("F", join("", "v", 1.0))))
    assert sagemaker.list_pipeline_versions(PipelineName=name)["PipelineVersionSummaries"][0]["PipelineVersionId"] == 2
    assert steps(sagemaker, start(sagemaker, name))[0]["FailureReason"] == "v1.0"


def test_the_same_definition_makes_no_version(sagemaker, pipeline):
    """[D] a new version only if the definition changes; equality is of JSON values, not of text."""
    same = json.dumps(json.loads(ONE), indent=4, sort_keys=True)
    assert same != ONE
    answer = sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=same, PipelineDescription="new")
    assert answer["PipelineVersionId"] == 1
    assert ids(sagemaker, pipeline) == [1]
    assert sagemaker.describe_pipeline(PipelineName=pipeline)["PipelineDescription"] == "new"


def test_going_back_to_an_old_definition_is_a_new_version(sagemaker, pipeline):
    """Only the current definition is compared: A, B, A are three versions."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    assert sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=ONE)["PipelineVersionId"] == 3


def test_describe_by_version(sagemaker, pipeline):
    """[T] describe by version returns that version's definition; without one, the latest."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    assert sagemaker.describe_pipeline(PipelineName=pipeline, PipelineVersionId=1)["PipelineDefinition"] == ONE
    assert sagemaker.describe_pipeline(PipelineName=pipeline, PipelineVersionId=2)["PipelineDefinition"] == TWO
    assert sagemaker.describe_pipeline(PipelineName=pipeline)["PipelineDefinition"] == TWO


def test_unknown_version(sagemaker, pipeline):
    """A version that never was is not found, in every operation that takes one."""
    calls = [
        lambda: sagemaker.describe_pipeline(PipelineName=pipeline, PipelineVersionId=7),
        lambda: sagemaker.start_pipeline_execution(PipelineName=pipeline, PipelineVersionId=7),
        lambda: change(sagemaker, pipeline, 7, PipelineVersionDisplayName="x"),
    ]
    for call in calls:
        with refused("ResourceNotFound", "7"):
            call()


def test_start_runs_the_version_it_names(sagemaker, pipeline):
    """An execution runs the version it was given, else the latest, and Describe says which."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    old = start(sagemaker, pipeline, PipelineVersionId=1)
    new = start(sagemaker, pipeline)
    assert execution(sagemaker, old)["PipelineVersionId"] == 1
    assert execution(sagemaker, new)["PipelineVersionId"] == 2
    definitions = [sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=arn)["PipelineDefinition"]
                   for arn in (old, new)]
    assert definitions == [ONE, TWO]


def test_version_summary_members(sagemaker, account, pipeline):
    """PipelineVersionSummary as the model has it; the last execution's ARN once there is one."""
    [summary] = versions(sagemaker, pipeline)
    summary.pop("CreationTime")
    assert summary == {"PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p", "PipelineVersionId": 1}
    start(sagemaker, pipeline)
    last = start(sagemaker, pipeline)
    assert versions(sagemaker, pipeline)[0]["LastExecutionPipelineExecutionArn"] == last


def test_name_and_description_of_a_version(sagemaker, account, pipeline):
    """UpdatePipelineVersion names a version; Describe and the list show it."""
    answer = change(sagemaker, pipeline, 1, PipelineVersionDisplayName="blue", PipelineVersionDescription="first try")
    answer.pop("ResponseMetadata")
    assert answer == {"PipelineArn": f"arn:aws:sagemaker:us-east-1:{account}:pipeline/p", "PipelineVersionId": 1}
    found = sagemaker.describe_pipeline(PipelineName=pipeline)
    assert found["PipelineVersionDisplayName"] == "blue"
    assert found["PipelineVersionDescription"] == "first try"
    [summary] = versions(sagemaker, pipeline)
    assert (summary["PipelineVersionDisplayName"], summary["PipelineVersionDescription"]) == ("blue", "first try")


def test_pages_of_versions(sagemaker, pipeline):
    """The paginator over pages of one sees every version once."""
    for number in range(4):
        sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=definition(function(f"S{number}")))
    pages = sagemaker.get_paginator("list_pipeline_versions").paginate(
        PipelineName=pipeline, PaginationConfig={"PageSize": 1})
    assert [found["PipelineVersionId"] for page in pages for found in page["PipelineVersionSummaries"]] == [5, 4, 3, 2, 1]


# Aliases -------------------------------------------------------------------------------------------------------

def test_aliases_of_create_belong_to_version_one(sagemaker):
    """[M] CreatePipeline.PipelineVersionAliases goes to version 1."""
    create(sagemaker, name="p", text=ONE, PipelineVersionAliases=["prod", "blue.1"])
    assert sorted(aliases(sagemaker, "p", 1)) == ["blue.1", "prod"]
    assert sorted(sagemaker.describe_pipeline(PipelineName="p")["PipelineVersionAliases"]) == ["blue.1", "prod"]


def test_aliases_of_update_belong_to_the_new_version(sagemaker, pipeline):
    """[M] UpdatePipeline.PipelineVersionAliases goes to the version that the update makes."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO, PipelineVersionAliases=["next"])
    assert aliases(sagemaker, pipeline, 2) == ["next"]
    assert aliases(sagemaker, pipeline, 1) is None


@pytest.mark.parametrize("request_", [{"PipelineDefinition": ONE}, {"PipelineDescription": "only this"}])
def test_aliases_without_a_new_version_are_refused(sagemaker, pipeline, request_):
    """[M/D] UpdatePipeline may carry aliases only if the definition changes; nothing of such a request is done."""
    with refused("ValidationException"):
        sagemaker.update_pipeline(PipelineName=pipeline, PipelineVersionAliases=["next"], **request_)
    assert aliases(sagemaker, pipeline, 1) is None
    assert "PipelineDescription" not in sagemaker.describe_pipeline(PipelineName=pipeline)


def test_add_and_remove(sagemaker, pipeline):
    """UpdatePipelineVersion adds and removes; without any the member is absent."""
    move(sagemaker, pipeline, 1, add=["a", "b"])
    assert sorted(aliases(sagemaker, pipeline, 1)) == ["a", "b"]
    move(sagemaker, pipeline, 1, remove=["a", "b"])
    assert aliases(sagemaker, pipeline, 1) is None
    assert "PipelineVersionAliases" not in sagemaker.describe_pipeline(PipelineName=pipeline)


def test_removing_what_is_not_there_does_nothing(sagemaker, pipeline):
    """Remove of an alias that the version lacks is no error."""
    move(sagemaker, pipeline, 1, add=["a"], remove=["never"])
    assert aliases(sagemaker, pipeline, 1) == ["a"]


def test_adding_never_steals(sagemaker, pipeline):
    """[M] One version at a time: an alias has to be removed from its old version first; the refusal names it."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    move(sagemaker, pipeline, 1, add=["prod"])
    with refused("ValidationException", "prod"):
        move(sagemaker, pipeline, 2, add=["other", "prod"])
    assert aliases(sagemaker, pipeline, 2) is None  # all or nothing
    move(sagemaker, pipeline, 1, remove=["prod"])
    move(sagemaker, pipeline, 2, add=["prod"])
    assert (aliases(sagemaker, pipeline, 1), aliases(sagemaker, pipeline, 2)) == (None, ["prod"])


def test_update_cannot_steal_either(sagemaker, pipeline):
    """The same rule for the aliases of UpdatePipeline; no version is made."""
    move(sagemaker, pipeline, 1, add=["prod"])
    with refused("ValidationException", "prod"):
        sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO, PipelineVersionAliases=["prod"])
    assert ids(sagemaker, pipeline) == [1]


def test_two_pipelines_may_use_one_alias(sagemaker, pipeline):
    """[M] Unique within the pipeline, not within the account."""
    move(sagemaker, pipeline, 1, add=["prod"])
    create(sagemaker, name="q", text=ONE, PipelineVersionAliases=["prod"])
    assert aliases(sagemaker, "q", 1) == aliases(sagemaker, pipeline, 1) == ["prod"]


@pytest.mark.parametrize("add, remove", [
    (["same"], ["same"]),   # in both lists
    (["twice", "twice"], []),
    (["123"], []),          # digits only would look like a version id
])
def test_refused_alias_operations(sagemaker, pipeline, add, remove):
    """In both lists, twice in one, digits only: refused by name, nothing done."""
    with refused("ValidationException", (add or remove)[0]):
        move(sagemaker, pipeline, 1, add=add, remove=remove)
    assert aliases(sagemaker, pipeline, 1) is None


def test_digits_only_is_refused_at_create_too(sagemaker):
    """The pattern allows it, the documentation does not."""
    with refused("ValidationException", "42"):
        create(sagemaker, name="p", text=ONE, PipelineVersionAliases=["42"])


def test_ten_aliases_and_not_one_more(sagemaker, pipeline):
    """[M] At most 10 a version, counted after the update, so that a swap at ten works."""
    move(sagemaker, pipeline, 1, add=[f"a{number}" for number in range(10)])
    assert len(aliases(sagemaker, pipeline, 1)) == 10
    with refused("ValidationException"):
        move(sagemaker, pipeline, 1, add=["eleventh"])
    move(sagemaker, pipeline, 1, add=["eleventh"], remove=["a0"])
    assert len(aliases(sagemaker, pipeline, 1)) == 10
    assert "eleventh" in aliases(sagemaker, pipeline, 1)


def test_aliases_are_case_sensitive(sagemaker, pipeline):
    """Prod and prod are two aliases."""
    move(sagemaker, pipeline, 1, add=["prod", "Prod"])
    assert sorted(aliases(sagemaker, pipeline, 1)) == ["Prod", "prod"]


def test_describe_and_start_by_alias(sagemaker, pipeline):
    """An alias stands for its version, in Describe and in Start."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    move(sagemaker, pipeline, 1, add=["prod"])
    assert sagemaker.describe_pipeline(PipelineName=pipeline, PipelineVersionAlias="prod")["PipelineDefinition"] == ONE
    run = start(sagemaker, pipeline, PipelineVersionAlias="prod")
    assert execution(sagemaker, run)["PipelineVersionId"] == 1


def test_unknown_alias(sagemaker, pipeline):
    """[M] ResourceNotFound in all three operations that read by alias."""
    for call in (sagemaker.describe_pipeline, sagemaker.start_pipeline_execution, sagemaker.list_pipeline_executions):
        with refused("ResourceNotFound", "nope"):
            call(PipelineName=pipeline, PipelineVersionAlias="nope")


def test_id_and_alias_together_are_refused(sagemaker, pipeline):
    """[M] Not allowed together in Describe and Start, not even if they agree."""
    move(sagemaker, pipeline, 1, add=["prod"])
    for call in (sagemaker.describe_pipeline, sagemaker.start_pipeline_execution):
        with refused("ValidationException"):
            call(PipelineName=pipeline, PipelineVersionAlias="prod", PipelineVersionId=1)


def test_executions_show_the_aliases_of_now(sagemaker, pipeline):
    """[M] Computed when read: moving an alias changes what old executions show, and what a list by alias finds."""
    sagemaker.update_pipeline(PipelineName=pipeline, PipelineDefinition=TWO)
    move(sagemaker, pipeline, 1, add=["prod"])
    old = start(sagemaker, pipeline, PipelineVersionAlias="prod")
    new = start(sagemaker, pipeline)
    by_alias = sagemaker.list_pipeline_executions(PipelineName=pipeline, PipelineVersionAlias="prod")
    assert [found["PipelineExecutionArn"] for found in by_alias["PipelineExecutionSummaries"]] == [old]
    assert execution(sagemaker, old)["PipelineVersionAliases"] == ["prod"]
    assert by_alias["PipelineExecutionSummaries"][0]["PipelineVersionAliases"] == ["prod"]

    move(sagemaker, pipeline, 1, remove=["prod"])
    move(sagemaker, pipeline, 2, add=["prod"])
    by_alias = sagemaker.list_pipeline_executions(PipelineName=pipeline, PipelineVersionAlias="prod")
    assert [found["PipelineExecutionArn"] for found in by_alias["PipelineExecutionSummaries"]] == [new]
    assert "PipelineVersionAliases" not in execution(sagemaker, old)
    assert execution(sagemaker, new)["PipelineVersionAliases"] == ["prod"]


def test_versions_of_a_managed_pipeline_cannot_be_changed(sagemaker):
    """The pattern of PipelineArn admits the account `aws`, but there are no managed pipelines."""
    with refused("ResourceNotFound"):
        sagemaker.update_pipeline_version(
            PipelineArn="arn:aws:sagemaker:us-east-1:aws:pipeline/managed", PipelineVersionId=1, PipelineVersionDisplayName="x")


def test_role_at_start_is_for_managed_pipelines_only(sagemaker, pipeline):
    """[M] RoleArn at start is not allowed for one's own pipeline."""
    with refused("ValidationException") as caught:
        start(sagemaker, pipeline, RoleArn=ROLE)
    assert "rolearn" in message(caught).lower()


def test_role_of_an_execution_is_not_shown(sagemaker):
    """[M] DescribePipelineExecution.RoleArn is returned only for managed pipelines."""
    assert "RoleArn" not in execution(sagemaker, launch(sagemaker, function("A")))
