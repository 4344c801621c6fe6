"""Print runs: choose letters, watch, cancel, take the file."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from sanzi.journal.timeline import timeline
from sanzi.kernel import child
from sanzi.letters import printing, runner
from sanzi.letters.actions import runs as actions
from sanzi.letters.forms import RunForm
from sanzi.letters.models import Run
from sanzi.letters.registers import chosen_letters
from sanzi.web.frame import place
from sanzi.web.pages import onward, page, person_of, show

PER_PAGE = 20
# A child needs a moment until it holds its folder.
STARTING = timedelta(seconds=15)


@page("letters.issue", methods=("GET", "POST"))
def runs(request: HttpRequest) -> HttpResponse:
    """The runs so far; and a new one over what the register shows, narrowed as it is there."""
    here = place(request)
    chosen = chosen_letters(request)
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        run = actions.begin_run(
            letter_ids=list(chosen.values_list("pk", flat=True)),
            kind=form.cleaned_data["kind"],
            base=printing.base_of(request),
            by=person,
            now=now(),
        )
        runner.start(run, person.pk)
        return onward(request, "letters:run", run.pk)
    mine = Run.objects.visible_to(person_of(request)).select_related("asked_by")
    context = {
        "title": "批量打印",
        "form": form,
        "here": here,
        "count": chosen.count(),
        "query": request.GET.urlencode(),
        "runs": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
    }
    return show(request, "letters/runs.html", context, status=422 if form.errors else 200)


@page("letters.issue")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    context = {
        "title": f"批量打印 {found.count} 份文书",
        "run": found,
        **_state(found),
        "history": timeline(found, person_of(request)),
    }
    return show(request, "letters/run.html", context, part="letters/parts/run_state.html")


@page("letters.issue", methods=("POST",))
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    cancelled = actions.cancel_run(run_id=pk, by=person_of(request), now=now())
    child.ask_to_stop(cancelled.folder)
    return onward(request, "letters:run", pk)


@page("letters.issue", methods=("POST",))
def again(request: HttpRequest, pk: int) -> HttpResponse:
    begun = actions.restart_run(run_id=pk, by=person_of(request), now=now())
    runner.start(begun, person_of(request).pk)
    return onward(request, "letters:run", pk)


@page("letters.issue", methods=("POST",))
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file with personal values in clear; a POST, because each taking is kept."""
    found = actions.take_file(run_id=pk, by=person_of(request), now=now())
    name = f"文书{found.count}份-{found.asked_at:%Y%m%d}-{found.pk}{found.file.suffix}"
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)


def _one(request: HttpRequest, pk: int) -> Run:
    mine = Run.objects.visible_to(person_of(request)).select_related("asked_by")
    return get_object_or_404(mine, pk=pk)


def _state(found: Run) -> dict[str, Any]:
    is_running = found.state == Run.State.RUNNING
    is_alive = is_running and (
        child.is_working(found.folder) or now() - found.started_at < STARTING
    )
    return {
        "is_working": is_alive,
        "is_cut_short": is_running and not is_alive,
        "progress": child.progress_of(found.folder),
    }
