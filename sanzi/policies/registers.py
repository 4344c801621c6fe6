"""The policies of villages as a register like any other."""

from django.urls import reverse

from sanzi.web.register import Register, RegisterColumn

from .models import ReliefPolicy

POLICIES = Register(
    slug="policies",
    title="清收优惠",
    noun="项优惠",
    rows=ReliefPolicy.objects.visible_to,
    columns=(
        RegisterColumn("name", "名称", searchable=True),
        RegisterColumn("village_name", "村", kind="village", width="narrow"),
        RegisterColumn("from_on", "施行日期", kind="date", width="narrow"),
        RegisterColumn("until_on", "截止日期", kind="date", width="narrow"),
        RegisterColumn("ended_at", "停止时间", kind="date", width="narrow"),
    ),
    url=lambda row: reverse("policies:policy", args=(row.pk,)),
    sort=("-from_on",),
    empty="成员大会或成员代表会议通过的清收优惠，登记后列在这里",
)
