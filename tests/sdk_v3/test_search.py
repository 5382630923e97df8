"""What SDK v3 searches for. Of its resource classes none searches; its analytics and its experiments do."""

from support.definitions import ROLE


RECORDS = {"Pipeline": "pipeline", "PipelineVersion": "pipeline_version", "PipelineExecution": "pipeline_execution",
           "TrainingJob": "training_job", "ModelPackage": "model_package", "ModelPackageGroup": "model_package_group"}


def test_records_fit_the_shapes_of_core(abalone, session):
    """The session's client searches, and the classes that sagemaker.core generates from the model take every member. [S]"""
    from sagemaker.core import shapes
    from sagemaker.core.utils.code_injection.codec import transform
    pipeline = abalone()
    pipeline.upsert(role_arn=ROLE)
    pipeline.start()
    for resource, name in RECORDS.items():
        [result] = session.sagemaker_client.search(Resource=resource)["Results"]
        record = shapes.SearchRecord(**transform(result, "SearchRecord"))
        assert getattr(record, name).creation_time == result[resource]["CreationTime"]


def test_experiments_find_no_trial_component(session):
    """ExperimentAnalytics and _TrialComponent.search get an empty answer, for no pipeline here makes a trial component. [S]"""
    from sagemaker.core.analytics import ExperimentAnalytics
    from sagemaker.core.experiments.trial_component import _TrialComponent
    from sagemaker.core.utilities.search_expression import Filter, Operator, SearchExpression
    assert ExperimentAnalytics(experiment_name="abalone", sagemaker_session=session).dataframe().empty
    only = SearchExpression(filters=[Filter(name="Parents.TrialName", operator=Operator.EQUALS, value="trial")])
    assert list(_TrialComponent.search(search_expression=only, sagemaker_session=session)) == []
