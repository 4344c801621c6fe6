"""The `sanzi` command: one function a verb, each importing only what it needs."""

import argparse
import sys
from datetime import date
from pathlib import Path

from sanzi.kernel.refusals import Refusal


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Answers 0 well, 1 with errors found, 2 when it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refusal as refusal:
        print(f"sanzi：{refusal.message}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"sanzi：{_trouble_with_file(error)}", file=sys.stderr)
        return 2


def _trouble_with_file(error: OSError) -> str:
    """What is wrong with a file a person named, in words."""
    words = {
        FileNotFoundError: "没有这个文件，请核对路径",
        IsADirectoryError: "这是文件夹，请写工作簿文件的路径",
        PermissionError: "没有权限读写这个文件",
    }
    return f"{error.filename}：{words.get(type(error), error.strerror)}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sanzi", description="清化收：把一个乡镇自己的工作簿变成清楚的三资台账和数据"
    )
    verbs = parser.add_subparsers(title="命令", required=True, metavar="命令")

    verb = _verb(verbs, "template", "写出空白工作簿（下拉选项、示例行、填写说明）", _template)
    verb.add_argument(
        "-o", "--output", type=Path, default=Path("三资清理工作簿.xlsx"), metavar="FILE"
    )

    verb = _verb(verbs, "check", "核对一个工作簿：问题、认定和数据（不需要数据库）", _check)
    verb.add_argument("file", type=Path, metavar="FILE")
    _as_of(verb)
    _json(verb)
    verb.add_argument("--annotate", type=Path, metavar="OUT", help="写出标注了问题的同一工作簿")

    verb = _verb(verbs, "import", "把工作簿写入台账：全部写入，或一行也不写", _import)
    verb.add_argument("file", type=Path, metavar="FILE")
    _json(verb)

    verb = _verb(verbs, "report", "一个区划的汇总数据和各村数据", _report)
    verb.add_argument("--region", required=True, metavar="CODE", help="区划代码，任何一级前缀均可")
    _as_of(verb)
    _json(verb)
    verb.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx")

    verb = _verb(verbs, "verify", "查验操作日志和汇总数据是否被动过", _verify)
    _json(verb)

    verb = _verb(verbs, "serve", "启动网站", _serve)
    verb.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")

    verb = _verb(verbs, "demo", "载入示例乡镇和城市并启动网站（仅本机可访问）", _demo)
    verb.add_argument("--port", type=int, default=8000)
    verb.add_argument("--load-only", action="store_true", help="只载入示例，不启动网站")
    return parser


def _verb(verbs, name, description, run):  # type: ignore[no-untyped-def]
    verb = verbs.add_parser(name, help=description, description=description)
    verb.set_defaults(run=run)
    return verb


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写成 2022-12-31，当前为“{text}”") from None


def _as_of(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--as-of", type=_day, metavar="DATE", help="截至日期，默认今天")


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="以 JSON 输出")


def _template(options: argparse.Namespace) -> int:
    from sanzi.intake.template import write_template

    write_template(options.output)
    print(f"已写出 {options.output}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from . import check

    return check.run(options.file, options.as_of, as_json=options.json, out=options.annotate)


def _import(options: argparse.Namespace) -> int:
    from . import registers

    return registers.import_file(options.file, as_json=options.json)


def _report(options: argparse.Namespace) -> int:
    from . import registers

    return registers.report(options.region, options.as_of, as_json=options.json, out=options.output)


def _verify(options: argparse.Namespace) -> int:
    from . import registers

    return registers.verify(as_json=options.json)


def _serve(options: argparse.Namespace) -> int:
    from . import site

    return site.serve(options.bind)


def _demo(options: argparse.Namespace) -> int:
    from . import site

    return site.demo(options.port, load_only=options.load_only)


if __name__ == "__main__":
    sys.exit(main())
