"""The two steps that have a form of their own: a meeting, and a posting."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.kernel.refusals import Blocked, Invalid, Missing
from sanzi.resolutions import notice, quorum
from sanzi.resolutions.actions import meetings, posting
from sanzi.resolutions.course import Course, course_of
from sanzi.resolutions.forms import MeetingForm, PostingForm
from sanzi.resolutions.matters import BY_CODE
from sanzi.resolutions.queries import norms_for
from sanzi.resolutions.stages import Sitting
from sanzi.resolutions.workflow import POSTINGS, SITTINGS
from sanzi.web.pages import onward, page, person_of, show

from .scoped import find, show_resolution


@page("resolutions.record", methods=("GET", "POST"))
def meeting(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The minutes of one sitting; one that lacks its votes is refused with the article."""
    course = _course(request, pk, step, SITTINGS)
    sitting, body = Sitting(step), course.resolution.body
    needs_notice = sitting == Sitting.DECIDE and bool(notice.notice_rule(body, localdate()))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MeetingForm(*posted, step=sitting, needs_notice=needs_notice)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            meetings.hold(
                resolution_id=pk, step=step, minutes=form.told, files=form.sheaves,
                as_failed=form.cleaned_data["as_failed"], by=person_of(request), now=now(),
            )  # fmt: skip
        except Invalid as invalid:
            form.add_error(None, invalid.message)
        except Blocked as blocked:
            refusal = blocked
        else:
            return onward(request, "resolutions:resolution", pk)
    if refusal and refusal.code != "resolution.vote":
        return show_resolution(request, find(request, pk), refusal=refusal)
    context = {
        "title": f"登记{sitting.label}",
        "resolution": course.resolution,
        "form": form,
        "refusal": refusal,
        "rule": _rule(course, sitting),
        "norms": norms_for(course.resolution.village, course.today),
        "is_party": sitting == Sitting.REVIEW,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return show(request, "resolutions/meeting.html", context, status=status)


@page("resolutions.record", methods=("GET", "POST"))
def post_up(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """What hangs on the board, from when to when."""
    course = _course(request, pk, step, POSTINGS)
    norms = norms_for(course.resolution.village, course.today)
    given = {
        "to_on": notice.end_of_publicity(course.today, norms.publicity_days),
        "words": course.resolution.motion,
    }
    is_posted = request.method == "POST"
    form = PostingForm(
        request.POST if is_posted else None, request.FILES if is_posted else None, initial=given
    )
    if request.method == "POST" and form.is_valid():
        try:
            posting.publish(
                resolution_id=pk, step=step, by=person_of(request), now=now(), **form.cleaned_data
            )
        except Invalid as invalid:
            form.add_error(None, invalid.message)
        except Blocked as blocked:
            return show_resolution(request, find(request, pk), refusal=blocked)
        else:
            return onward(request, "resolutions:resolution", pk)
    context = {
        "title": f"登记{course.flow[step].label}",
        "resolution": course.resolution,
        "form": form,
        "norms": norms,
    }
    return show(request, "resolutions/posting.html", context, status=422 if form.errors else 200)


def _course(request: HttpRequest, pk: int, step: str, known: frozenset[str]) -> Course:
    resolution = find(request, pk)
    course = course_of(resolution, person_of(request), localdate())
    if step not in known or step not in {s.name for s in course.flow.steps}:
        raise Missing("resolution.step", "这项决议没有这个环节")
    return course


def _rule(course: Course, sitting: Sitting) -> str:
    """What the law of today asks of this meeting, in a sentence; empty where none was read."""
    if sitting != Sitting.DECIDE:
        return ""
    resolution, today = course.resolution, course.today
    verdict = quorum.bar(BY_CODE[resolution.matter].kind, resolution.body, today)
    words = quorum.asked(BY_CODE[resolution.matter].kind, resolution.body, today)
    rule = notice.notice_rule(resolution.body, today)
    ahead = f"；提前{rule.days}天通知" if rule else ""
    return f"{words}{ahead}（{verdict.law}）" if words else ""
