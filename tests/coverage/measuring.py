"""``pytest -p tests.coverage.measuring``: note which lines and branches this process reaches.

A plugin by name is imported before the first line of the site is, in every process of xdist.
Processes that tests fork or kill add nothing and break nothing.
"""

import os

import pytest
import slipcover

from .report import OMITTED, SOURCES, keep

OWNER = os.getpid()
# Taking probes out again saves less than it costs, and holds up a test for a second or more.
NEVER = 2**30
# Files that no process imports are the report's business: no source here.
slips = slipcover.Slipcover(branch=True, d_miss_threshold=NEVER)
slipcover.ImportManager(slips, slipcover.FileMatcher(SOURCES, OMITTED)).__enter__()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    if os.getpid() == OWNER:
        keep(slips.get_coverage())
