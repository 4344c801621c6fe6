"""What villagers asked: the clock, and the town's answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now

from sanzi.disclosure.actions.questions import answer as give_answer
from sanzi.disclosure.forms import AnswerForm
from sanzi.disclosure.models import Question
from sanzi.orgs.tree import names_of
from sanzi.web.frame import place
from sanzi.web.pager import Pager
from sanzi.web.pages import onward, page, person_of, show

_QUESTIONS = 50


@page("books.view")
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of a region: the unanswered first, the most urgent on top."""
    here = place(request)
    mine = Question.objects.visible_to(person_of(request)).within(here.code)
    only = request.GET.get("only", "waiting")
    if only != "all":
        mine = mine.filter(answer=None)
    pager = Pager.over(
        mine.select_related("answer").order_by("answer__at", "due_on", "pk"),
        request.GET,
        size=_QUESTIONS,
    )
    today = localdate()
    names = names_of({question.village for question in pager.rows})
    context = {
        "title": "群众提问",
        "pager": pager,
        "only": only,
        "rows": [(q, names.get(q.village, q.village), (q.due_on - today).days) for q in pager.rows],
    }
    return show(request, "disclosure/questions.html", context)


@page("disclosure.publish", methods=("GET", "POST"))
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one question, once."""
    person = person_of(request)
    mine = Question.objects.visible_to(person).select_related("answer", "publication")
    found = get_object_or_404(mine, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        give_answer(question_id=pk, by=person, now=now(), **form.cleaned_data)
        messages.success(request, "已答复；提问的人凭地址可以看到")
        return onward(request, "disclosure:questions")
    context = {
        "title": "答复群众提问",
        "question": found,
        "given": getattr(found, "answer", None),
        "village": names_of([found.village]).get(found.village, found.village),
        "form": form,
        "left": (found.due_on - localdate()).days,
    }
    return show(request, "disclosure/answer.html", context, status=422 if form.errors else 200)
