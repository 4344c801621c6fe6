"""The books of the matrix's villages: one of everything a books page can be about, in each village.

Made through the same actions as the pages, by people of the nation who then play no part.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from sanzi.access.models import Person, Post
from sanzi.accounting.actions import files
from sanzi.accounting.actions.sets import add_account, add_dimension, open_book
from sanzi.accounting.entry import credit, debit
from sanzi.accounting.interchange.reading import read_vouchers
from sanzi.accounting.models import Account, Book, Period
from sanzi.agency.actions import entering, steps
from sanzi.agency.actions.unfinished import put_by
from sanzi.bank.actions import accounts as bank_accounts
from sanzi.bank.actions import statements
from sanzi.bank.checking import read_for
from sanzi.bank.models import BankLine
from sanzi.budgets.actions import drafts
from sanzi.disclosure.actions.questions import ask
from sanzi.disclosure.actions.sheets import hide_word, publish, review
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.span import span_of
from sanzi.documents.models import Document
from sanzi.letters.actions.letters import compose
from sanzi.letters.actions.runs import begin_run
from sanzi.letters.actions.serving import serve
from sanzi.letters.models import OfficeTemplate
from sanzi.orgs.models import Collective, Region

from .rows import canary

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PERIOD, YEAR, SPAN = 202601, 2026, "202601"
KEEPERS = {
    "maker": "agency_accountant",
    "checker": "agency_chief",
    "poster": "agency_chief",
    "teller": "agency_cashier",
    "reporter": "village_accountant",
    "overseer": "village_supervisor",
    "clerk": "town_clerk",
}
# What a books page can be about; `code` is the village itself, on the public board.
KINDS = (
    "book", "organisation", "account", "voucher", "reported", "submitted", "verified", "note",
    "template", "bank-account", "bank-line", "bank-item", "statement", "budget", "voucher-file",
    "publication", "question", "word", "code", "paper", "letter", "token", "run", "service",
    "office-template", "unfinished",
)  # fmt: skip

Ledgers = dict[str, dict[str, Any]]


def keep_books(villages: dict[str, Any], folder: Path) -> Ledgers:
    """A set with something of everything for each village; keys by kind and village."""
    people = _keepers()
    found: Ledgers = {kind: {} for kind in KINDS}
    for code in villages:
        for kind, key in _one(code, people, folder).items():
            found[kind][code] = key
    return found


def _keepers() -> dict[str, Person]:
    nation = Region.objects.get(code="")
    people = {}
    for name, role in KEEPERS.items():
        person = Person.objects.create(username=f"keeper-{name}", name=f"账{name}")
        Post.objects.create(person=person, role=role, region=nation, from_on=date(2020, 1, 1))
        people[name] = person
    return people


def _one(code: str, people: dict[str, Person], folder: Path) -> dict[str, Any]:
    """One village's books: canaries in every word somebody can type."""
    maker, teller = people["maker"], people["teller"]

    def word(what: str) -> str:
        return f"账{canary(code, what)}"

    organisation = _organisation(code)
    book = open_book(
        collective_id=organisation.pk, scheme="2023", begins=PERIOD, name=word("set"),
        by=maker, now=NOW,
    )  # fmt: skip
    make = {"book_id": book.pk, "by": maker, "now": NOW}
    account = add_account(parent="513", code="51301", name=word("acc"), **make)
    who = add_dimension(kind="counterparty", name=word("who"), **make)
    found: dict[str, Any] = {
        "book": book.pk, "organisation": organisation.pk, "account": account.pk, "code": code,
    }  # fmt: skip
    found |= _matters(book, who.pk, people, word)
    found["template"] = entering.save_template(
        name=word("tpl"),
        memo=word("memo"),
        lines=[{"account": "51301", "side": "debit", "amount": "", "memo": ""}],
        **make,
    ).pk
    found |= _bank(book, maker, teller, word, folder)
    found["unfinished"] = put_by(
        book_id=book.pk,
        once=uuid5(NAMESPACE_URL, code),
        sheet={"dated": "", "attachments": "", "rows": [[word("half"), "", "", "", ""]]},
        by=maker,
        now=NOW,
    ).pk
    found["voucher-file"] = _vouchers_file(book, people["poster"], word)
    found["budget"] = drafts.draft(book_id=book.pk, year=YEAR, by=maker, now=NOW).pk
    letter = compose(
        village=code, title=word("title"), addressee=word("reader"), body=word("body"),
        by=people["clerk"], now=NOW,
    )  # fmt: skip
    run = begin_run(
        letter_ids=[letter.pk], kind="pdf", base="http://testserver", by=people["clerk"], now=NOW
    )
    service = serve(
        letter_id=letter.pk, way="in_person", served_on=NOW.date(), receiver=word("receiver"),
        by=people["clerk"], now=NOW,
    )  # fmt: skip
    found |= {
        "letter": letter.pk, "token": letter.token, "run": run.pk, "service": service.pk,
        "office-template": _template(code).pk,
    }  # fmt: skip
    return found | _board(code, organisation, people, word)


def _template(code: str) -> OfficeTemplate:
    """One of the village's town, kept by whoever keeps them there."""
    town, clerk = code[:9], Person.objects.get(username=f"uploader-{code[:6]}")
    kept = OfficeTemplate.objects.filter(region=town).first()
    return kept or OfficeTemplate.objects.create(
        region=town, code="letters.general", version=1, added_by=clerk, added_at=NOW
    )


def _organisation(code: str) -> Collective:
    region = Region.objects.get(code=code)
    mine = Collective.objects.filter(region=region, kind="collective", valid_to=None)
    return mine.first() or Collective.objects.create(
        region=region, kind="collective", name=f"社{canary(code, 'org')}"
    )


def _matters(book: Book, who: int, people: dict[str, Person], word: Any) -> dict[str, Any]:
    """Matters at three stages, a note, and one that is posted."""
    found = {}
    scan = SimpleUploadedFile("票据.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n")
    for stage in ("reported", "submitted", "verified", "note"):
        files = [scan] if stage == "reported" else []
        draft = _report(book, people["reporter"], word(stage), files, is_note=stage == "note")
        if stage in ("submitted", "verified"):
            _step(draft, "submit", people["reporter"])
        if stage == "verified":
            _step(draft, "oversee", people["overseer"])
            _step(draft, "verify", people["checker"])
        found[stage] = draft.pk
    amount = Decimal("100.00")
    sides = [debit("51301", amount, memo=word("line")), credit("211", amount, counterparty=who)]
    matter = steps.begin(
        book_id=book.pk, flow="expense", dated=date(2026, 1, 20), memo=word("posted"),
        amount=amount, attachments=1, moves_money=False, by=people["maker"], now=NOW,
    )  # fmt: skip
    steps.prepare(
        draft_id=matter.pk, sides=sides, memo=word("posted"), dated=date(2026, 1, 20),
        attachments=1, by=people["maker"], now=NOW,
    )  # fmt: skip
    _step(matter, "review", people["checker"])
    steps.post_matters(draft_ids=[matter.pk], by=people["poster"], now=NOW)
    matter.refresh_from_db()
    paper = Document.objects.get(on=f"agency.draft:{found['reported']}")
    return {**found, "voucher": matter.voucher_id, "paper": paper.pk}


def _report(book: Book, by: Person, memo: str, files: list[Any], *, is_note: bool) -> Any:
    return steps.begin(
        book_id=book.pk, flow="expense", dated=date(2026, 1, 10), memo=memo,
        amount=Decimal("80.00"), payee=memo, attachments=1, moves_money=True, is_note=is_note,
        files=files, by=by, now=NOW,
    )  # fmt: skip


def _step(draft: Any, step: str, by: Person) -> None:
    steps.take_step(draft_id=draft.pk, step=step, by=by, now=NOW)


def _bank(book: Book, maker: Person, teller: Person, word: Any, folder: Path) -> dict[str, Any]:
    leaf = Account.objects.get(book=book, code="102")
    account = bank_accounts.register_account(
        book_id=book.pk, account_id=leaf.pk, holding_id=None, name=word("bank"), bank="示例银行",
        opened_on=date(2026, 1, 1), opening=Decimal("1000.00"), cash_limit=None,
        by=maker, now=NOW,
    )  # fmt: skip
    item = bank_accounts.add_opening_item(
        account_id=account.pk, knower="bank", dated=date(2025, 12, 30), amount=Decimal("5.00"),
        memo=word("item"), by=maker, now=NOW,
    )  # fmt: skip
    path = folder / "bank.csv"
    path.write_text(
        f"交易日期,摘要,收入,支出,余额,对方户名,流水号\n"
        f"2026-01-05,{word('flow')},50.00,,1050.00,{word('payer')},1\n",
        encoding="utf-8",
    )
    statement = statements.hand_in(
        account_id=account.pk, file=path, file_name="流水.csv",
        reading=read_for(account, path, {}), by=teller, now=NOW,
    )  # fmt: skip
    statements.bring_in(
        statement_id=statement.pk, reading=read_for(account, statement.file, statement.chosen),
        to_on=None, by=teller, now=NOW,
    )  # fmt: skip
    return {
        "bank-account": account.pk,
        "bank-item": item.pk,
        "statement": statement.pk,
        "bank-line": BankLine.objects.get(bank_account=account).pk,
    }


def _vouchers_file(book: Book, by: Person, word: Any) -> int:
    """A file of one voucher from other software, brought in."""
    content = (
        "date,voucher,summary,account,debit,credit,counterparty\n"
        f"2026-01-08,记-900,{word('told')},102,30.00,,\n"
        f"2026-01-08,记-900,{word('told')},113,,30.00,{word('owes')}\n"
    ).encode()
    reading = read_vouchers(content)
    kept = files.hand_in(
        reading=reading, content=content, file_name=f"{word('file')}.csv", region=book.village,
        name=book.name, scheme=book.scheme, by=by, now=NOW,
    )  # fmt: skip
    return files.bring_in(file_id=kept.pk, reading=reading, by=by, now=NOW).pk


def _board(
    code: str, organisation: Collective, people: dict[str, Person], word: Any
) -> dict[str, Any]:
    """What the public may read, and what somebody asked of it."""
    checker = people["checker"]
    hidden = hide_word(village=code, word=word("hid"), by=checker, now=NOW)
    span = span_of(SPAN)
    # Closed without its checklist: what a closing asks is the tests of yearend.
    Period.objects.filter(book__collective=organisation, period=PERIOD).update(state="closed")
    seen = draw_sheet(organisation, span).sha256
    review(
        organisation_id=organisation.pk, span=span, sha256=seen, agrees=True, words=word("opinion"),
        by=people["overseer"], now=NOW,
    )  # fmt: skip
    published = publish(
        organisation_id=organisation.pk, span=span, sha256=seen,
        reason="", by=checker, now=NOW,
    )  # fmt: skip
    question = ask(
        village=code, publication_id=published.pk, text=word("ask"), address=f"192.0.2.{code[-4:]}",
        by=None, now=NOW,
    )  # fmt: skip
    return {"publication": published.pk, "question": question.pk, "word": hidden.pk}
