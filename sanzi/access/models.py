"""People and the posts (岗位) they hold: who, as what, where, from when to when."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from sanzi.kernel.refusals import Forbidden, Missing
from sanzi.orgs.models import Region

from .passwords import spelt
from .roles import ROLES


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, person: "Person") -> Self:
        """The people who hold or held a post in this person's region; no system users."""
        code = person.region_code
        if code is None:
            return self.none()
        people = self.filter(is_system=False)
        # A subquery: a join would repeat whoever holds two posts.
        posts = Post.objects.filter(region__code__startswith=code)
        return people.filter(pk__in=posts.values("person")) if code else people

    def claim(self, pk: int, by: "Person") -> "Person":
        """Lock a person whose every present post lies in `by`'s region. Raises Missing, Forbidden.

        Nobody administers themselves.
        """
        person = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if person is None:
            raise Missing("people.missing", "没有找到这个人，或不在您的辖区内")
        if person.pk == by.pk:
            raise Forbidden("people.oneself", "不能管理自己的账号和岗位，请由另一位管理员办理")
        if not all(post.region.code.startswith(by.region_code or "") for post in person.posts):
            raise Forbidden(
                "people.elsewhere", f"{person.name}还在其他辖区任职，请由上级管理员办理"
            )
        return person


PersonManager = BaseUserManager.from_queryset(PersonQuerySet)


class Person(AbstractBaseUser):
    """Someone who signs in, or a named system user that commands and jobs run as."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    is_system = models.BooleanField(default=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    # The post this request is acted from; None until one is chosen.
    _acting: "Post | None" = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(must_change_password=False),
                name="a_system_user_has_no_password_to_change",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and spelt(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and spelt(raw_password))

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: another password, or another post, ends it.

        The posts are read for every request anyway, so this asks nothing more of the database.
        """
        posts = ";".join(f"{post.pk}.{post.role}.{post.region_id}" for post in self.posts)
        bound = f"{self.password}|{posts}"
        return salted_hmac("sanzi.access.session", bound, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return iter(())

    @cached_property
    def posts(self) -> list["Post"]:
        """The posts held today, with their regions; one query for each loading of the person."""
        return list(
            Post.objects.filter(person=self)
            .held_on(localdate())
            .select_related("region")
            .order_by("pk")
        )

    @property
    def post(self) -> "Post | None":
        """The post acted from: the one chosen for this session, or else the first held today."""
        if not self.is_active:
            return None
        return self._acting or next(iter(self.posts), None)

    def act_from(self, post_id: int | None) -> None:
        """Act from this post if it is held today; otherwise from the first."""
        self._acting = next((post for post in self.posts if post.pk == post_id), None)

    @property
    def region_code(self) -> str | None:
        """Trimmed code of the region acted in; "" is the nation, None is nowhere."""
        return self.post.region.code if self.post else None

    @property
    def permissions(self) -> frozenset[str]:
        """What the post acted from may do; nothing without one."""
        return ROLES[self.post.role].may if self.post else frozenset()

    def can(self, permission: str) -> bool:
        """Whether the post acted from holds this permission."""
        return permission in self.permissions


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> Self:
        """Posts whose term contains the day."""
        return self.filter(from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gte=day))

    def visible_to(self, person: Person) -> Self:
        """Posts in this person's region."""
        code = person.region_code
        return self.none() if code is None else self.filter(region__code__startswith=code)

    def claim(self, pk: int, by: Person) -> "Post":
        """Lock a post in `by`'s region. Raises Missing."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            raise Missing("posts.missing", "没有找到这个岗位，或不在您的辖区内")
        return found


def role_choices() -> list[tuple[str, str]]:
    """The roles as a form offers them; asked when needed, so that a new role is no migration."""
    return [(code, role.title) for code, role in ROLES.items()]


class Post(models.Model):
    """One post held by one person in one region, from a day to a day (both included)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="all_posts")
    role = models.CharField("岗位", max_length=30, choices=role_choices)
    region = models.ForeignKey(Region, models.PROTECT)
    from_on = models.DateField("任职日期")
    to_on = models.DateField("离任日期", null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="post_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region.name} {self.role_title}"

    @property
    def role_title(self) -> str:
        return ROLES[self.role].title


class FailedSignIn(models.Model):
    """Wrong passwords of one account from one address, until one is right or time passes."""

    username = models.CharField(max_length=40)
    address = models.GenericIPAddressField()
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "username", "address", name="one_counter_per_account_and_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.username}@{self.address} {self.count}"
