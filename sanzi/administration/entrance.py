"""Coming in and going out, with the trace each leaves."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest
from django.utils.timezone import localdate

from sanzi.access import lockout, signin
from sanzi.access.address import address_of, is_this_machine
from sanzi.access.middleware import SESSION_POST
from sanzi.access.models import Person, Post
from sanzi.kernel.refusals import Missing, Refusal
from sanzi.web.pages import person_of

from .actions import accounts


def admit(request: HttpRequest, *, username: str, password: str, now: datetime) -> Refusal | None:
    """Sign in; the reason if not, for the form to show."""
    try:
        person = signin.sign_in(request, username=username, password=password, now=now)
    except (signin.WrongPassword, signin.TooLong, lockout.Locked) as refusal:
        # A locked account's attempts are not looked at and leave no trace: they would flood it.
        if isinstance(refusal, signin.WrongPassword):
            address = address_of(request)
            accounts.note_wrong_password(by=None, username=username, address=address, now=now)
        return refusal
    accounts.note_sign_in(by=person, now=now)
    return None


def offers_demo(request: HttpRequest) -> bool:
    """Whether this visitor may come in as a demonstration person: `sanzi demo`, at this machine."""
    return bool(settings.DEMO) and is_this_machine(request)


def admit_as(request: HttpRequest, post_id: int, now: datetime) -> Person:
    """Come in as the holder of a demonstration post. Raises Missing anywhere but in the demo."""
    post = Post.objects.filter(pk=post_id, person__is_system=False, person__is_active=True)
    held = post.held_on(localdate(now)).select_related("person").first()
    if held is None or not offers_demo(request):
        raise Missing("signin.demo", "没有这个演示岗位")
    signin.enter(request, held.person, now)
    request.session[SESSION_POST] = held.pk
    accounts.note_sign_in(by=held.person, now=now)
    return held.person


def leave(request: HttpRequest, now: datetime) -> None:
    """Sign out; the session is gone from the server, not only from the browser."""
    if request.user.is_authenticated:
        accounts.note_sign_out(by=person_of(request), now=now)
    logout(request)


def change_password(request: HttpRequest, *, old: str, new: str, now: datetime) -> Refusal | None:
    """Choose a new password and keep this session; the reason if not, for the form to show.

    The old password is guessed at no faster here than at the entrance.
    """
    person, address = person_of(request), address_of(request)
    try:
        lockout.count_as_wrong(person.username, address, now)
        accounts.change_own_password(by=person, old=old, new=new, now=now)
    except Refusal as refusal:
        return refusal
    lockout.forget(person.username, address)
    update_session_auth_hash(request, person)
    return None
