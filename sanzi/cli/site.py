"""`sanzi serve` and `sanzi demo`: the site, started from one command."""

import os
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .start import start

THREADS = 16
# PostgreSQL takes several writers; the embedded database has one, so one process serves it.
PROCESSES_POSTGRESQL = 2


def serve(bind: str) -> int:
    """Serve until stopped. On first run three administrators are made and shown once."""
    start()
    _show_first_administrators()
    print(f"网站已启动：http://{bind}/ （按 Ctrl+C 停止）", flush=True)
    _run(bind)
    return 0


def demo(port: int, *, load_only: bool) -> int:
    """Load the demo places once, then serve them to this machine alone."""
    # Before settings are read: the sign-in page then offers the demo's people.
    os.environ["SANZI_DEMO"] = "1"
    start()
    from .demo import load

    load(examples(), tell=lambda words: print(words, flush=True))
    if load_only:
        return 0
    _show_first_administrators()
    print(f"演示站点：http://127.0.0.1:{port}/ （按 Ctrl+C 停止）", flush=True)
    _run(f"127.0.0.1:{port}", opened=_open_browser)
    return 0


def examples() -> Path:
    """The folder of example workbooks: beside the code in a checkout."""
    folder = Path(__file__).resolve().parents[2] / "examples"
    if not folder.is_dir():
        sys.exit("没有找到 examples 文件夹：演示数据随源代码提供，请在源代码目录中运行")
    return folder


def _show_first_administrators() -> None:
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.administration.actions.people import appoint_first_administrators

    made = appoint_first_administrators(by=system_person("system_setup"), now=now())
    for person, password in made:
        print(f"首次运行：{person.name} {person.username}，一次性密码 {password}（首次登录须修改）")


def _open_browser(server: Any) -> None:
    """Open the site for a person at a terminal; a script gets the address and no window."""
    if sys.stdout.isatty():
        webbrowser.open(f"http://{server.address[0][0]}:{server.address[0][1]}/")


def _run(bind: str, opened: Callable[[Any], None] | None = None) -> None:
    from django.db import connection
    from gunicorn.app.base import BaseApplication

    on_postgresql = connection.vendor == "postgresql"
    connection.close()
    options: dict[str, Any] = {
        "bind": bind,
        "worker_class": "gthread",
        "threads": THREADS,
        "workers": PROCESSES_POSTGRESQL if on_postgresql else 1,
        "timeout": 120,
        "loglevel": "warning",
        "limit_request_line": 8190,
    }
    if opened is not None:
        options["when_ready"] = opened

    class Site(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., Any]:
            from sanzi.config.wsgi import application

            return application

    Site().run()
