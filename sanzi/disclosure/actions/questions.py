"""The question box: anybody asks, the town answers within the limit."""

import secrets
from datetime import datetime

from django.utils.timezone import localdate

from sanzi.access.guard import action
from sanzi.access.models import Person
from sanzi.disclosure.asking import TEXT_MAX, check_flood, checked, sender_of, village_called
from sanzi.disclosure.models import Answer, Question
from sanzi.disclosure.policy import policy
from sanzi.disclosure.queries import published
from sanzi.journal.recorder import record
from sanzi.kernel.calendar import add_working_days
from sanzi.kernel.refusals import Blocked, Invalid


@action("anyone")
def ask(
    *,
    village: str,
    publication_id: int | None,
    text: str,
    address: str,
    by: Person | None,
    now: datetime,
) -> Question:
    """Put a question to a village's box. Raises TooMany, Invalid, Missing."""
    region = village_called(village, lock=True)
    about = published(village, publication_id) if publication_id else None
    words = checked(text)
    rules = policy(village)
    sender = sender_of(address)
    check_flood(village, sender, rules.days("ask_limit"), now)
    made = Question.objects.create(
        village=region.code, token=secrets.token_urlsafe(16), publication=about, text=words,
        asked_at=now, due_on=add_working_days(localdate(now), rules.days("answer_days")),
        sender=sender,
    )  # fmt: skip
    # Who asked stays unknown, even where somebody is signed in.
    record(made, "disclosure.ask", by=None, at=now, label="群众提问")
    return made


@action("disclosure.publish")
def answer(*, question_id: int, text: str, is_public: bool, by: Person, now: datetime) -> Answer:
    """Answer a question once and for all; `is_public` puts both on the public page, masked."""
    question: Question = Question.objects.claim(question_id, by)
    if Answer.objects.visible_to(by).filter(question=question).exists():
        raise Blocked("answer.given", "这个问题已经答复，不能再改")
    text = text.strip()
    if not 2 <= len(text) <= TEXT_MAX * 4:
        raise Invalid("answer.text", f"请写明答复，2 到 {TEXT_MAX * 4} 个字")
    made = Answer.objects.create(
        village=question.village, question=question, text=text, is_public=is_public, by=by, at=now
    )
    record(made, "disclosure.answer", by=by, at=now, label="答复群众提问",
           public={"question": question.pk, "is_public": is_public})  # fmt: skip
    return made
