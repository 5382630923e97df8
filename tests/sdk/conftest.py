"""boto3 against the real program."""

pytest_plugins = ["support.plugin"]
