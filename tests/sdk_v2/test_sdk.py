"""The suite of support/sdk_suite.py, with SDK v2."""

from support.sdk_suite import *  # noqa: F403
