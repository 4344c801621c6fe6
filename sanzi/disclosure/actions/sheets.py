"""What is done with a sheet: told, reviewed by 民主理财, published; never taken back."""

from datetime import datetime

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.disclosure.catalogue import item as item_of
from sanzi.disclosure.drawing import draw_sheet
from sanzi.disclosure.models import HiddenWord, Publication, Review, RuleValue, Statement
from sanzi.disclosure.organisations import organisation_of, village_of
from sanzi.disclosure.policy import standard
from sanzi.disclosure.publishing import (
    NOT_REVIEWED,
    check_closed,
    check_review,
    check_seen,
    check_version,
    standing,
)
from sanzi.disclosure.span import Span
from sanzi.journal.recorder import record
from sanzi.kernel.refusals import Blocked, Invalid, Missing

TEXT_MAX = 2000
WORDS_MAX = 500
REASON_MAX = 200


@action("books.report")
def tell(
    *, organisation_id: int, span: Span, item: str, text: str, by: Person, now: datetime
) -> Statement:
    """Fill in an item that is not in the books; an empty text takes the last one back."""
    organisation = organisation_of(organisation_id, by, lock=True)
    known = item_of(item)
    if known is None:
        raise Missing("disclosure.item", "没有这个公开项目")
    if not known.may_be_told:
        raise Invalid("disclosure.item", f"“{known.name}”从账簿或台账取数，不能手工填写")
    text = text.strip()
    if len(text) > TEXT_MAX:
        raise Invalid("disclosure.text", f"最多 {TEXT_MAX} 个字，现在 {len(text)} 个字")
    told = Statement.objects.create(
        village=village_of(organisation), organisation=organisation, first=span.first,
        last=span.last, item=item, text=text, by=by, at=now,
    )  # fmt: skip
    label = f"填报公开内容 {span.title} {known.title}"
    record(told, "disclosure.tell", by=by, at=now, label=label, private={"text": text})
    return told


@action("books.oversee")
def review(
    *,
    organisation_id: int,
    span: Span,
    sha256: str,
    agrees: bool,
    words: str,
    by: Person,
    now: datetime,
) -> Review:
    """民主理财: agree or object to exactly the sheet that was looked at."""
    organisation = organisation_of(organisation_id, by, lock=True)
    words = words.strip()[:WORDS_MAX]
    if not agrees and not words:
        raise Invalid("review.words", "不同意公开的，请写明意见")
    drawn = draw_sheet(organisation, span)
    check_seen(drawn, sha256)
    check_closed(drawn)
    said = Review.objects.create(
        village=village_of(organisation), organisation=organisation, first=span.first,
        last=span.last, sha256=sha256, agrees=agrees, words=words, by=by, at=now,
    )  # fmt: skip
    label = f"民主理财审核 {span.title}：{'同意' if agrees else '不同意'}"
    public = {"sha256": sha256, "agrees": agrees}
    record(said, "disclosure.review", by=by, at=now, label=label, public=public,
           private={"words": words})  # fmt: skip
    return said


@action("disclosure.publish")
def publish(
    *, organisation_id: int, span: Span, sha256: str, reason: str = "", by: Person, now: datetime
) -> Publication:
    """Freeze the sheet that was looked at and make it public; a correction is a new version.

    Raises Blocked when it changed meanwhile, a month is open, or 民主理财 has not agreed to it and
    the rule in force does not let it be marked instead.
    """
    organisation = organisation_of(organisation_id, by, lock=True)
    reason = reason.strip()[:REASON_MAX]
    drawn = draw_sheet(organisation, span)
    check_seen(drawn, sha256)
    check_closed(drawn)
    stands = standing(organisation, span, sha256)
    check_version(stands, drawn, reason)
    village = village_of(organisation)
    agreed = check_review(stands, village, by)
    version = stands.current.version + 1 if stands.current else 1
    made = Publication.objects.create(
        village=village, organisation=organisation, first=span.first, last=span.last,
        version=version, content=drawn.text, sha256=drawn.sha256, shown=drawn.shown,
        review=agreed, reason=reason if version > 1 else "", published_by=by, published_at=now,
    )  # fmt: skip
    marked = "" if agreed else f"（{NOT_REVIEWED}）"
    label = f"发布财务公开 {span.title} 第 {version} 版{marked}"
    public = {"sha256": drawn.sha256, "shown": drawn.shown, "version": version}
    record(made, "disclosure.publish", by=by, at=now, label=label, public=public)
    return made


@action("disclosure.publish")
def hide_word(*, village: str, word: str, by: Person, now: datetime) -> HiddenWord:
    """Never show this name or word on this village's sheets; what is published already stays."""
    if len(village) != 12 or not covers(by, village):
        raise Missing("scope.missing", "没有找到这个村")
    word = word.strip()
    if not 2 <= len(word) <= 60:
        raise Invalid("hidden.word", "请填写 2 到 60 个字的姓名或字样")
    if HiddenWord.objects.visible_to(by).filter(village=village, word=word, removed_at=None):
        raise Blocked("hidden.known", "这个字样已经在遮盖之列")
    made = HiddenWord.objects.create(village=village, word=word, added_by=by, added_at=now)
    record(made, "disclosure.hide", by=by, at=now, label="增加遮盖字样", private={"word": word})
    return made


@action("disclosure.publish")
def show_word(*, word_id: int, by: Person, now: datetime) -> HiddenWord:
    """Stop hiding a word."""
    word: HiddenWord = HiddenWord.objects.claim(word_id, by)
    if word.removed_at is not None:
        raise Blocked("hidden.removed", "这个字样已不再遮盖")
    word.removed_at = now
    word.save(update_fields=["removed_at"])
    record(word, "disclosure.show", by=by, at=now, label="取消遮盖字样",
           private={"word": word.word})  # fmt: skip
    return word


@action("disclosure.publish")
def set_rule(*, name: str, value: str, by: Person, now: datetime) -> RuleValue:
    """Set a rule of disclosure for the region of this post and all below it."""
    rule = standard().get(name)
    if rule is None:
        raise Missing("disclosure.rule", "没有这条规则")
    region = by.region_code or ""
    made = RuleValue.objects.create(
        region=region, name=name, value=rule.check(value), set_by=by, set_at=now
    )
    label = f"公开规则“{rule.title}”改为 {made.value}"
    public = {"region": region, "name": name, "value": made.value}
    record(made, "disclosure.rule", by=by, at=now, village=region, label=label, public=public)
    return made
