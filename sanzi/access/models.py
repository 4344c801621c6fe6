"""People and the posts (岗位) they hold: who, as what, where, from when to when."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from sanzi.orgs.models import Region

from .roles import ROLES


class Person(AbstractBaseUser):
    """Someone who signs in, or a named system user that commands and jobs run as."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    is_system = models.BooleanField(default=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects: ClassVar[BaseUserManager["Person"]] = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ("name",)

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

    def can(self, permission: str) -> bool:
        """Whether the post acted from holds this permission."""
        return self.post is not None and permission in ROLES[self.post.role].may


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> "PostQuerySet":
        """Posts whose term contains the day."""
        return self.filter(from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gte=day))


class Post(models.Model):
    """One post held by one person in one region, from a day to a day (both included)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="all_posts")
    role = models.CharField("岗位", max_length=30, choices=[(k, r.title) for k, r in ROLES.items()])
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
