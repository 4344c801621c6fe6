"""Papers hung on things: writing shared by actions, and what other features may read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model, QuerySet

from sanzi.access.models import Person
from sanzi.journal.recorder import key
from sanzi.kernel.refusals import Missing

from .kinds import UnfitPaper, kind_of
from .models import Document
from .store import keep

PAPERS_MAX = 1000


class Upload(Protocol):
    """What a form hands in: Django's UploadedFile, or anything like it."""

    name: str | None
    size: int | None
    file: Any

    def chunks(self) -> Iterable[bytes]: ...


def papers_on(thing: Model | str) -> QuerySet[Document]:
    """The papers on a thing, in the order they came. The caller has been scoped to the thing."""
    return Document.objects.filter(on=key(thing), removed_at=None).order_by("pk")


def papers_on_each(things: Sequence[Model]) -> dict[Any, list[Document]]:
    """The papers on each of these things, by their primary key; one query."""
    found: dict[Any, list[Document]] = {thing.pk: [] for thing in things}
    named = {key(thing): thing.pk for thing in things}
    for paper in Document.objects.filter(on__in=named, removed_at=None).order_by("pk"):
        found[named[paper.on]].append(paper)
    return found


def hashes_on(thing: Model | str) -> list[str]:
    """Their SHA-256, for the voucher's hash."""
    return list(papers_on(thing).values_list("sha256", flat=True))


def attach(
    thing: Model | str, files: Sequence[Upload], *, village: str = "", by: Person, now: datetime
) -> list[Document]:
    """Hang files on a thing of a village; a paper already there is not hung twice.

    Runs inside an action, which records it. Raises UnfitPaper for a file of no allowed kind or
    size; then none is hung.
    """
    assert transaction.get_connection().in_atomic_block, "papers are hung inside an action"
    held = set(hashes_on(thing))
    if len(held) + len(files) > PAPERS_MAX:
        raise UnfitPaper(
            "paper.count", f"一件事项最多 {PAPERS_MAX} 份附件，已有 {len(held)} 份", 413
        )
    village = village or str(getattr(thing, "village", ""))
    assert village, "a paper belongs to a village"
    kinds = [kind_of(f.file, f.size or 0, shown_name(f.name or "")) for f in files]
    hung = []
    for file, kind in zip(files, kinds, strict=True):
        sha256, size = keep(file.chunks())
        if sha256 in held:
            continue
        held.add(sha256)
        hung.append(
            Document.objects.create(
                village=village,
                sha256=sha256,
                name=_named(shown_name(file.name or ""), kind.ending),
                media_type=kind.media_type,
                size=size,
                on=key(thing),
                added_by=by,
                added_at=now,
            )
        )
    return hung


def take_off(thing: Model | str, document_id: int, *, now: datetime) -> Document:
    """Take one paper off a thing; row and bytes stay. Raises Missing."""
    assert transaction.get_connection().in_atomic_block, "papers are taken off inside an action"
    paper = papers_on(thing).filter(pk=document_id).first()
    if paper is None:
        raise Missing("paper.missing", "没有找到这份附件，可能已经移除，请刷新查看")
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])
    return paper


def shown_name(name: str) -> str:
    """A file name fit to show: no folders, control characters or direction marks; 120 at most."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[-120:] or "附件"


def _named(name: str, ending: str) -> str:
    """The name with the ending its bytes deserve."""
    if name.lower().endswith(ending) or (ending == ".jpg" and name.lower().endswith(".jpeg")):
        return name
    return f"{name}{ending}"
