"""What SDK v2 searches for."""

import pytest

from support.definitions import ROLE


@pytest.fixture
def made(abalone):
    """A pipeline with one execution, and the rows of its steps by name."""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    return {row["StepName"]: row for row in pipeline.start().list_steps()}


@pytest.fixture
def plain(boto_session):
    """A session that calls at once, instead of keeping arguments for steps."""
    import sagemaker
    return sagemaker.Session(boto_session=boto_session, default_bucket="example-bucket")


def test_session_search_page_by_page(abalone, plain):
    """Session.search takes the parts of a request one by one and leaves paging to its caller. [S]"""
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    arns = [pipeline.start().arn for _ in range(3)]
    only = {"Filters": [{"Name": "PipelineExecutionStatus", "Operator": "Equals", "Value": "Succeeded"}]}
    ask = {"resource": "PipelineExecution", "search_expression": only, "sort_by": "CreationTime", "sort_order": "Ascending",
           "max_results": 2}
    first = plain.search(**ask)
    second = plain.search(**ask, next_token=first["NextToken"])
    found = first["Results"] + second["Results"]
    assert [result["PipelineExecution"]["PipelineExecutionArn"] for result in found] == arns
    assert "NextToken" not in second


def test_is_there_a_group(made, plain):
    """Before it registers a model, the SDK asks Search whether the group is there (create_model_package_from_containers). [S]"""
    group = made["AbaloneRegisterModel-RegisterModel"]["Metadata"]["RegisterModel"]["Arn"].split("/")[-2]

    def groups(name):
        only = {"Filters": [{"Name": "ModelPackageGroupName", "Value": name, "Operator": "Equals"}]}
        return plain.search(resource="ModelPackageGroup", search_expression=only)["Results"]
    assert [result["ModelPackageGroup"]["ModelPackageGroupName"].lower() for result in groups(group)] == [group]
    assert groups("no-such-group") == []


RECORDS = {"Pipeline": "pipeline", "PipelineVersion": "pipeline_version", "PipelineExecution": "pipeline_execution",
           "TrainingJob": "training_job", "ModelPackage": "model_package", "ModelPackageGroup": "model_package_group"}


def test_records_fit_the_shapes_of_sagemaker_core(made, boto_session):
    """FeatureStore.search of sagemaker-core, which SDK v2 brings, parses a record of any resource into classes. [S]"""
    from sagemaker_core.main.resources import FeatureStore
    for resource, name in RECORDS.items():
        found = FeatureStore.search(resource=resource, session=boto_session, region="us-east-1")
        [result] = found.results
        assert getattr(result, name).creation_time
        assert found.total_hits.value == 1


def test_experiment_analytics_find_no_trial_component(plain):
    """ExperimentAnalytics searches for trial components, which a pipeline here makes none of: an empty table, no refusal. [S]"""
    from sagemaker.analytics import ExperimentAnalytics
    only = {"Filters": [{"Name": "Source.SourceArn", "Operator": "Contains", "Value": "training-job"}]}
    table = ExperimentAnalytics(experiment_name="abalone", search_expression=only, sagemaker_session=plain).dataframe()
    assert table.empty
