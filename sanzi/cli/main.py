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

    _books(verbs)

    verb = _verb(verbs, "warn", "按预警规则评估各村：新的立事项，没有了的自动消除", _warn)
    verb.add_argument("--region", default="", metavar="CODE", help="只评估这个区划，默认全部")
    _as_of(verb)
    _json(verb)

    verb = _verb(
        verbs, "dispatch", "生成到期的调度表存档（可放进定时任务；同一期只生成一次）", _dispatch
    )
    verb.add_argument("--region", required=True, metavar="CODE", help="乡镇、县或市的区划代码")
    verb.add_argument(
        "--kind", required=True, choices=("daily", "biweekly"), help="日调度、双周调度"
    )
    verb.add_argument("--on", type=_day, metavar="DATE", help="截止日；不写则按安排取最近一期")
    verb.add_argument("--below", action="store_true", help="连同下级县、乡镇的表，同一时点生成")
    _json(verb)

    verb = _verb(verbs, "limitation", "一笔债权的诉讼时效到哪一天（不需要数据库）", _limitation)
    verb.add_argument("file", type=Path, metavar="FILE.json")
    verb.add_argument("--text", action="store_true", help="用句子说明，不用 JSON")

    verb = _verb(verbs, "net", "找出三角债的圈并算出最多能冲转多少（不需要数据库）", _net)
    verb.add_argument("file", type=Path, metavar="FILE.csv")
    verb.add_argument("--max-length", type=_length, metavar="K", help="每圈最多几方，至少 2")
    verb.add_argument(
        "--prefer", default="", choices=("age", "villagers", "limitation"),
        help="冲转额相同时谁优先：账龄长、村民、临近时效",
    )  # fmt: skip
    verb.add_argument("--max-signers", type=_signers, metavar="N", help="最多请几方签字，至少 2")
    verb.add_argument(
        "--fewest-signatures", action="store_true", help="连在一起的各方合签一份协议，每方只签一次"
    )
    verb.add_argument(
        "--only", type=Path, metavar="NAMES.txt", help="只在这些同意的各方之间，一行一个名称"
    )
    verb.add_argument(
        "--within-county", action="store_true",
        help="只用双方同县的欠款（文件要有 debtor_county、creditor_county 两列）",
    )  # fmt: skip
    verb.add_argument("--relief", default="", metavar="AMOUNT", help="投入这么多元资金还能清多少")
    _json(verb)

    _verb(verbs, "remind", "发出今日催办：逾期任务按督办级次提醒，每人每天最多一次", _remind)

    verb = _verb(verbs, "serve", "启动网站", _serve)
    verb.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")

    verb = _verb(verbs, "demo", "载入示例乡镇和城市并启动网站（仅本机可访问）", _demo)
    verb.add_argument("--port", type=int, default=8000)
    verb.add_argument("--load-only", action="store_true", help="只载入示例，不启动网站")
    return parser


def _books(verbs) -> None:  # type: ignore[no-untyped-def]
    group = verbs.add_parser("books", help="账套：导入凭证、余额、导出、查验")
    books = group.add_subparsers(title="命令", required=True, metavar="命令")

    verb = _verb(books, "import", "导入其他软件的凭证：全部写入，或一张也不写", _books_import)
    verb.add_argument("file", type=Path, metavar="FILE.csv")
    _which_set(verb)
    verb.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    _json(verb)

    verb = _verb(
        books, "balance", "科目余额：一个账套的末级科目，或一个区划的一级科目", _books_balance
    )
    _which_set(verb)
    _as_of(verb)
    _json(verb)

    verb = _verb(books, "export", "导出一个账套的全部凭证，供其他软件复核", _books_export)
    _which_set(verb)
    verb.add_argument("--format", required=True, choices=("beancount", "hledger", "csv"))
    verb.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    verb = _verb(
        books, "verify", "由凭证重算每一页账、每个凭证号、每个校验值和平衡关系", _books_verify
    )
    verb.add_argument("--region", default="", metavar="CODE", help="只查这个区划的账套")
    _json(verb)


def _which_set(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--region", required=True, metavar="CODE", help="区划代码")
    verb.add_argument("--set", default="", metavar="NAME", help="账套名称；只有一个账套时可不写")
    verb.add_argument("--scheme", default="", choices=("2023", "2004"), help="会计制度")


def _verb(verbs, name, description, run):  # type: ignore[no-untyped-def]
    verb = verbs.add_parser(name, help=description, description=description)
    verb.set_defaults(run=run)
    return verb


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期应写成 2022-12-31，当前为“{text}”") from None


def _length(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 2 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"每圈的方数应在 2 到 100 之间，当前为“{text}”")
    return int(text)


def _signers(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 2 <= int(text) <= 10**7:
        raise argparse.ArgumentTypeError(f"签字的各方至少 2 方，当前为“{text}”")
    return int(text)


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


def _books_import(options: argparse.Namespace) -> int:
    from . import books

    return books.import_file(
        options.file,
        options.region,
        options.set,
        options.scheme,
        dry_run=options.dry_run,
        as_json=options.json,
    )


def _books_balance(options: argparse.Namespace) -> int:
    from . import books

    return books.balance(
        options.region, options.set, options.scheme, options.as_of, as_json=options.json
    )


def _books_export(options: argparse.Namespace) -> int:
    from . import books

    return books.export(options.region, options.set, options.scheme, options.format, options.output)


def _books_verify(options: argparse.Namespace) -> int:
    from . import books

    return books.verify(options.region, as_json=options.json)


def _dispatch(options: argparse.Namespace) -> int:
    from . import dispatching

    return dispatching.run(
        options.region, options.kind, options.on, below=options.below, as_json=options.json
    )


def _warn(options: argparse.Namespace) -> int:
    from . import warn

    return warn.run(options.region, options.as_of, as_json=options.json)


def _limitation(options: argparse.Namespace) -> int:
    from . import limitation

    return limitation.run(options.file, as_text=options.text)


def _net(options: argparse.Namespace) -> int:
    from . import net

    asked = net.Asked(
        longest=options.max_length,
        prefer=options.prefer,
        signers=options.max_signers,
        is_one_paper=options.fewest_signatures,
        only=options.only,
        within_county=options.within_county,
        relief=options.relief,
    )
    return net.run(options.file, asked, as_json=options.json)


def _remind(options: argparse.Namespace) -> int:
    from . import remind

    return remind.run()


def _serve(options: argparse.Namespace) -> int:
    from . import site

    return site.serve(options.bind)


def _demo(options: argparse.Namespace) -> int:
    from . import site

    return site.demo(options.port, load_only=options.load_only)


if __name__ == "__main__":
    sys.exit(main())
