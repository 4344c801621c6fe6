"""The contest, round or participant a page is about, within what this person may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sanzi.access.models import Person
from sanzi.access.scope import covers
from sanzi.contests.models import Contest, Entry, Round
from sanzi.kernel.refusals import Missing
from sanzi.web.pages import person_of


def contest_of(request: HttpRequest, pk: int) -> Contest:
    found: Contest = get_object_or_404(Contest.objects.visible_to(person_of(request)), pk=pk)
    return found


def round_of(request: HttpRequest, pk: int) -> Round:
    mine = Round.objects.visible_to(person_of(request)).select_related("contest")
    found: Round = get_object_or_404(mine, pk=pk)
    return found


def entry_of(request: HttpRequest, pk: int) -> Entry:
    mine = Entry.objects.visible_to(person_of(request)).select_related("round__contest")
    found: Entry = get_object_or_404(mine, pk=pk)
    return found


def runs(person: Person, contest: Contest) -> bool:
    """Whether this person organises the contest."""
    return person.can("contests.run") and covers(person, contest.region)


def organised_round(request: HttpRequest, pk: int) -> Round:
    """A round of a contest this person organises; 404 for everybody else."""
    held = round_of(request, pk)
    if not covers(person_of(request), held.contest.region):
        raise Missing("scope.missing", "没有找到该记录")
    return held
