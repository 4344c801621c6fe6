"""What the environment says, typed; a wrong value fails loudly with the variable's name."""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadEnvironment(SystemExit):
    """The process cannot start; the message names the variable and says what to put there."""

    def __init__(self, variable: str, why: str) -> None:
        print(f"环境变量 {variable} 有误：{why}", file=sys.stderr)
        super().__init__(2)


def data_folder() -> Path:
    """`SANZI_DATA`: the folder of the embedded database, uploaded files and keys.

    Default: `sanzi-data` under the current folder. Created on first use, for its owner only.
    """
    given = os.environ.get("SANZI_DATA")
    if given is not None and not given.strip():
        raise BadEnvironment("SANZI_DATA", "值为空；请写数据文件夹的路径，或不要设置它")
    folder = Path(given or "sanzi-data").expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadEnvironment("SANZI_DATA", f"无法建立文件夹 {folder}（{error.strerror}）") from None
    if not os.access(folder, os.W_OK):
        raise BadEnvironment("SANZI_DATA", f"文件夹 {folder} 不可写")
    return folder


def _sqlite(folder: Path) -> dict[str, Any]:
    # FULL, not NORMAL: acknowledged work survives a power cut (domain/reliability.md 0.2).
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "sanzi.sqlite3",
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise BadEnvironment(
            "SANZI_DATABASE_URL", "应形如 postgresql://用户:密码@主机:端口/库名，当前值不是"
        )
    try:
        port = parts.port
    except ValueError:
        raise BadEnvironment("SANZI_DATABASE_URL", "端口不是数字") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
    }


def database() -> dict[str, Any]:
    """The embedded SQLite database, or PostgreSQL when `SANZI_DATABASE_URL` names one."""
    url = os.environ.get("SANZI_DATABASE_URL")
    if url is None:
        return _sqlite(data_folder())
    return _postgresql(url)


def keys() -> dict[str, str]:
    """The installation's secrets, made at random on first run and kept beside the data.

    `django` signs sessions; `seal` encrypts personal data; `hash` keys the search hashes. Losing
    the file loses the encrypted fields, so it belongs in every backup.
    """
    path = data_folder() / "keys.json"
    if not path.exists():
        made = {name: secrets.token_hex(32) for name in ("django", "seal", "hash")}
        draft = path.with_name(f"keys.{os.getpid()}.draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file)
        try:
            # A hard link fails if another process was first: its keys then stand.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    known: dict[str, str] = json.loads(path.read_text())
    if missing := {"django", "seal", "hash"} - known.keys():
        raise BadEnvironment(
            "SANZI_DATA", f"{path} 缺少 {'、'.join(sorted(missing))}，请从备份恢复"
        )
    return known


def hosts() -> list[str]:
    """`SANZI_HOSTS`: the names the site answers to, separated by commas; this machine always."""
    given = os.environ.get("SANZI_HOSTS", "")
    return ["localhost", "127.0.0.1", "[::1]", *(h.strip() for h in given.split(",") if h.strip())]


def public_address() -> str:
    """`SANZI_PUBLIC_ADDRESS`: how telephones reach the site, for QR codes: https://sanzi.example.cn.

    Empty: the address of whoever prints.
    """
    given = os.environ.get("SANZI_PUBLIC_ADDRESS", "").rstrip("/")
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query):
        raise BadEnvironment(
            "SANZI_PUBLIC_ADDRESS", f"应形如 https://sanzi.example.cn，当前为“{given}”"
        )
    return given


def flag(variable: str) -> bool:
    """A yes/no variable: `1` or `0`, nothing else."""
    given = os.environ.get(variable, "0")
    if given not in ("0", "1"):
        raise BadEnvironment(variable, f"只能是 0 或 1，当前为“{given}”")
    return given == "1"


def count(variable: str, most: int) -> int:
    """A small whole number, 0 when not set."""
    given = os.environ.get(variable, "0")
    if not given.isascii() or not given.isdigit() or int(given) > most:
        raise BadEnvironment(variable, f"应为 0 至 {most} 的整数，当前为“{given}”")
    return int(given)
