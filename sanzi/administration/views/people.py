"""People and posts: found, appointed, shut out and let in again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from sanzi.access.lockout import is_locked
from sanzi.access.models import Person, Post
from sanzi.administration.actions import accounts
from sanzi.administration.actions import people as actions
from sanzi.administration.forms import EndForm, PeopleQuery, PersonForm, PostForm, ReasonForm
from sanzi.administration.paging import Pages
from sanzi.administration.queries import found_people, history_of, with_posts
from sanzi.administration.words import line
from sanzi.kernel.refusals import Missing
from sanzi.web.frame import place
from sanzi.web.pages import View, onward, page, person_of, show


@page("people.view")
def people(request: HttpRequest) -> HttpResponse:
    here, form = place(request), PeopleQuery(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = found_people(Person.objects.visible_to(person_of(request)), here.code, asked)
    pages = Pages(with_posts(found), request.GET)
    context = {
        "title": "人员与岗位",
        "form": form,
        "here": here,
        "pages": pages,
        "today": localdate(),
        "may_manage": person_of(request).can("people.manage"),
    }
    return show(request, "administration/people.html", context)


@page("people.manage", methods=("GET", "POST"))
def new_person(request: HttpRequest) -> HttpResponse:
    here = place(request)
    form = PersonForm(request.POST or None, initial={"region": here.code})
    if form.is_valid():
        person, password = actions.add_person(by=person_of(request), now=now(), **form.cleaned_data)
        return _show_password(request, person, password)
    return show(request, "administration/new_person.html", {"title": "新增人员", "form": form})


@page("people.view")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _show_person(request, pk)


@page("people.manage", methods=("POST",))
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    form = PostForm(request.POST)
    if not form.is_valid():
        return _show_person(request, pk, post_form=form, status=422)
    post = actions.give_post(person_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    messages.success(request, f"已任：{post}")
    return onward(request, "administration:person", pk=pk)


@page("people.manage", methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    post = Post.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if post is None:
        raise Missing("posts.missing", "没有找到这个岗位，或不在您的辖区内")
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show_person(request, post.person_id, end_form=form, status=422)
    actions.end_post(post_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
    messages.success(request, f"已记离任：{post}")
    return onward(request, "administration:person", pk=post.person_id)


@page("security.manage", methods=("POST",))
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show_person(request, pk, reason_form=form, status=422)
    found, password = accounts.reset_password(
        person_id=pk, by=person_of(request), now=now(), **form.cleaned_data
    )
    return _show_password(request, found, password)


def _decided(done: str, act: Callable[..., Person]) -> View:
    """A page that takes a reason, does one thing to an account and goes back to the person."""

    @page("security.manage", methods=("POST",))
    def decided(request: HttpRequest, pk: int) -> HttpResponse:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _show_person(request, pk, reason_form=form, status=422)
        found = act(person_id=pk, by=person_of(request), now=now(), **form.cleaned_data)
        messages.success(request, f"{done}：{found.name}")
        return onward(request, "administration:person", pk=pk)

    return decided


deactivate = _decided("已停用账号", accounts.deactivate)
activate = _decided("已恢复账号", accounts.activate)
unlock = _decided("已解锁账号", accounts.unlock)


def _show_password(request: HttpRequest, found: Person, password: str) -> HttpResponse:
    context = {"title": "一次性密码", "person": found, "password": password}
    return show(request, "administration/one_time_password.html", context)


def _show_person(request: HttpRequest, pk: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    found = with_posts(Person.objects.visible_to(person_of(request))).filter(pk=pk).first()
    if found is None:
        raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
    latest = next(iter(found.all_posts.all()), None)
    context = {
        "title": found.name,
        "person": found,
        "today": localdate(),
        "is_locked": is_locked(found.username, now()),
        "history": [line(entry) for entry in history_of(found)],
        "is_oneself": found.pk == person_of(request).pk,
        "may_manage": person_of(request).can("people.manage"),
        "may_secure": person_of(request).can("security.manage"),
        "post_form": PostForm(initial={"region": latest.region.code if latest else ""}),
        "end_form": EndForm(),
        "reason_form": ReasonForm(),
        **forms,
    }
    return show(request, "administration/person.html", context, status=status)
