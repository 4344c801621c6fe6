"""Every test shares one small world; its data folder is thrown away afterwards."""

import os
import tempfile

# Before settings are read: tests never touch an installation's own data.
os.environ["SANZI_DATA"] = tempfile.mkdtemp(prefix="sanzi-test-")

pytest_plugins = ["tests.world"]
