"""The papers of netting as data: slips, agreements, a summary, and those of private debts.

The wording is this project's own; an office puts its own template in its place (文书模板).
"""

from sanzi.letters.blocks import (
    Facts,
    Note,
    Paragraph,
    Salutation,
    Seal,
    Signature,
    Signatures,
    Ticks,
)
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.lists import Cell, Listed

_OWNER = "netting:proposal"
_AMOUNTS = (
    Cell("before", "冲抵前", "money"),
    Cell("cancelled", "冲抵", "money"),
    Cell("after", "冲抵后", "money"),
)
_PARTS = Listed("items", "冲抵明细", Cell("role", "关系"), Cell("other", "对方"), *_AMOUNTS)
_DEBTS = Listed(
    "items", "冲抵明细", Cell("debtor", "欠款方"), Cell("creditor", "被欠方"), *_AMOUNTS
)
_CIRCLES = Listed("circles", "冲抵圈", Cell("chain", "欠款关系"), Cell("each", "每方少欠", "money"))
_NAME = Cell("name", "名称", heading="当事方")
_CONSENT = Cell("consent", "同意方式")
_SIGNING = Listed(
    "signers", "签署各方", _NAME, _CONSENT,
    Cell("sign", "签名", required=False, heading="签名（盖章、按指印）"),
)  # fmt: skip
_AGREED = Listed(
    "signers", "签署各方", _NAME,
    Cell("amount", "少欠少收", "money", heading="少欠、少收各（元）"), _CONSENT,
)  # fmt: skip

SLIP = LetterForm(
    code="netting.slip",
    title="冲抵通知暨同意书",
    series="CZ",
    size=14,
    owner=_OWNER,
    is_town_owned=True,
    reply="netting:answer",
    fields=(
        Field("as_of", "截至", "date"),
        Field("relieved", "冲抵金额", "money"),
        Field("digest", "校验"),
        _PARTS.field,
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "经核对截至{as_of}的债权债务，您（贵单位）与有关各方的欠款形成首尾相接的圈。"
            "拟就相同数额一并冲抵：您应付的少付人民币{relieved}元（大写：{relieved:大写}），"
            "应收的同时少收相同数额，净额不变，不增加任何新的债务。"
        ),
        _PARTS.table(),
        Note(
            "冲抵须有关各方全部书面同意，并且有关债权没有被查封、冻结、质押；任何一方都可以不同意，"
            "不同意不影响原有的债权债务（民法典第五百四十五条、第五百四十六条、第五百五十一条）。"
        ),
        Ticks("请选择：", ("同意按上表冲抵", "不同意")),
        Signatures((Signature("当事方"),)),
        Seal(),
    ),
)  # fmt: skip

AGREEMENT = LetterForm(
    code="netting.agreement",
    title="多方债权债务冲抵协议",
    series="CZX",
    size=14,
    owner=_OWNER,
    is_town_owned=True,
    fields=(
        Field("as_of", "截至", "date"),
        Field("total", "冲抵总额", "money"),
        Field("parties", "当事方", "number"),
        _CIRCLES.field,
        _SIGNING.field,
    ),
    blocks=(
        Paragraph(
            "签署各方共{parties}方，截至{as_of}相互间的欠款首尾相接。各方同意下列欠款一并冲抵，"
            "总额人民币{total}元（大写：{total:大写}），箭头前的一方欠后一方："
        ),
        _CIRCLES.table(),
        Paragraph(
            "各方应收与应付同额减少，净额不变，未冲抵的部分按原约定履行。各方保证上列债权没有转让、"
            "质押，没有被查封、冻结；不含农户的承包、流转收益和补偿、补贴。"
        ),
        _SIGNING.table(),
        Signatures((Signature("见证单位"),)),
        Seal(),
    ),
)  # fmt: skip

SUMMARY = LetterForm(
    code="netting.summary",
    title="冲转结果汇总表",
    series="CZH",
    size=14,
    owner=_OWNER,
    is_town_owned=True,
    fields=(
        Field("as_of", "截至", "date"),
        Field("total", "冲抵总额", "money"),
        Field("parties", "当事方", "number"),
        _CIRCLES.field,
        _DEBTS.field,
        _AGREED.field,
    ),
    blocks=(
        Paragraph(
            "截至{as_of}，下列{parties}方相互间的欠款形成首尾相接的圈，经各方同意一并冲抵，"
            "总额人民币{total}元（大写：{total:大写}）。"
        ),
        _CIRCLES.table(),
        Paragraph("冲抵后各笔债权债务的余额如下，未冲抵的部分按原约定履行："),
        _DEBTS.table(),
        Paragraph("各方应收与应付同额减少，净额不变；不含农户的承包、流转收益和补偿、补贴。"),
        _AGREED.table(),
        Signatures((Signature("经办人"), Signature("复核人"))),
        Seal(),
    ),
)  # fmt: skip

_PRIVATE = (
    Field("number", "欠款编号", required=False),
    Field("debtor", "欠款方"),
    Field("creditor", "被欠方"),
)

DECLARED = LetterForm(
    code="netting.debt",
    title="欠款确认书",
    series="QK",
    size=14,
    owner="netting:debt",
    reply="netting:debt-answer",
    fields=(
        *_PRIVATE,
        Field("teller", "申报方"),
        Field("amount", "欠款金额", "money"),
        Field("formed_on", "形成日期", "date"),
        Field("due_on", "归还日期", "date", required=False),
        Field("words", "事由"),
        Field("evidence", "凭据"),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "{teller}申报：{debtor}欠{creditor}人民币{amount}元（大写：{amount:大写}），事由为{words}。"
            "为参加多方债权债务冲抵，请您（贵单位）核对并确认。"
        ),
        Facts(
            (
                ("欠款方", "{debtor}"), ("被欠方", "{creditor}"), ("形成日期", "{formed_on}"),
                ("约定归还日期", "{due_on}"), ("凭据", "{evidence}"),
            ),
            columns=1,
        ),
        Note(
            "确认只说明这笔欠款存在和金额属实，不等于同意冲抵；冲抵前还会另行征求各方同意。"
            "不认可的请注明，不认可的不参加冲抵。"
        ),
        Ticks("请选择：", ("确认属实", "不认可")),
        Signatures((Signature("确认人"),)),
        Seal(),
    ),
)  # fmt: skip

RECEIPT = LetterForm(
    code="netting.receipt",
    title="欠款冲抵凭证",
    series="CZP",
    size=14,
    owner=_OWNER,
    is_town_owned=True,
    fields=(
        *_PRIVATE,
        Field("netting", "冲转编号"),
        Field("before", "冲抵前", "money"),
        Field("cancelled", "冲抵", "money"),
        Field("after", "冲抵后", "money"),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "{debtor}欠{creditor}的欠款（编号{number}），经各方同意，已随多方冲抵（{netting}）减少人民币"
            "{cancelled}元（大写：{cancelled:大写}）。冲抵前为{before}元，冲抵后尚欠{after}元，"
            "未冲抵的部分按原约定履行。"
        ),
        Note("请双方在各自保存的借据、欠条上注明已冲抵的金额；全部冲抵的，借据、欠条收回或作废。"),
        Seal(),
    ),
)  # fmt: skip

FORMS = (SLIP, AGREEMENT, SUMMARY, DECLARED, RECEIPT)
