"""boto3 against the real program."""

pytest_plugins = ["support.plugin", "support.outside"]

import json

import pytest


def pytest_collection_modifyitems(items):
    """What is slow begins first: at the end, with several processes, all the others would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def scripted(start_server, tmp_path, account):
    """scripted({step: response}, *flags) -> (server, client): the pipeline `p` follows that script by default."""
    def begin(script, *flags, responses=None):
        path = tmp_path / "scenarios.json"
        path.write_text(json.dumps({
            "Pipelines": {"p": {"Default": "Case", "TestCases": {"Case": script}}},
            "MockedResponses": responses or {}}))
        server = start_server("--scenarios", path, *flags)
        return server, server.client(account)
    return begin
