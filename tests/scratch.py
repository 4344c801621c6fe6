"""Loaded before anything else (`-p tests.scratch`): tests never touch an installation's data."""

import os
import tempfile

os.environ["SANZI_DATA"] = tempfile.mkdtemp(prefix="sanzi-test-")
