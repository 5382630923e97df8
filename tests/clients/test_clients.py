"""Clients that are not boto3 read the same answers: one paginated search with a filter, one refusal."""

FILTER = '{"Filters": [{"Name": "PipelineName", "Operator": "In", "Value": "first,second"}]}'


def test_the_cli_searches_page_by_page(aws, made):
    """`aws sagemaker search` follows NextToken by itself, as its paginator in the model says."""
    assert aws("search", "--resource", "Pipeline", "--search-expression", FILTER, "--page-size", "1",
               "--query", "Results[].Pipeline.PipelineName") == made
    found = aws("search", "--resource", "PipelineExecution", "--query", "Results[].PipelineExecution")
    assert [record["PipelineExecutionStatus"] for record in found] == ["Succeeded"]


def test_the_sdk_for_javascript_searches_page_by_page(node, made):
    """`paginateSearch` reads timestamps, tags and TotalHits, and the refusal by its name."""
    found = node("search.mjs")
    assert found["names"] == made
    assert found["hits"] == {"Value": 2, "Relation": "EqualTo"}
    assert found["created"] is True
    assert found["refusal"].startswith("ValidationException: 'Nonsense' is no property")
