"""The papers of a contract's life: supplement, contract signed anew, notices of termination and to
vacate, reminder before the last day.

Clauses required of a contract are those of 民法典第470条 and, for land, 农村土地承包法第22条 and
第40条: parties, object with place and area, use, term, price and how it is paid, rights and duties,
breach, disputes. The words are ours and may be replaced by an office's own template.
"""

from sanzi.letters.blocks import (
    Facts,
    Heading,
    Note,
    Paragraph,
    Salutation,
    Seal,
    Signature,
    Signatures,
)  # fmt: skip
from sanzi.letters.form import Field, LetterForm
from sanzi.letters.lists import Cell, Listed

OWNER = "cleanup:contract"

# Who and what; every paper of a contract says these the same way.
_CONTRACT = (
    Field("contract_number", "合同编号"),
    Field("contract_title", "合同名称"),
    Field("contractor", "承包方"),
    Field("signed_on", "原签订日期", "date", required=False),
)
_PARTIES = (
    Field("contractor_id", "承包方证件号", personal=True, required=False),
    Field("contractor_phone", "承包方电话", personal=True, required=False),
    Field("representative", "发包方代表人", required=False),
)
_OBJECT = (
    Field("object_number", "标的编号", required=False),
    Field("location", "坐落", required=False),
    Field("boundaries", "四至", required=False),
    Field("area", "面积", "area", required=False),
    Field("use", "用途", required=False),
)
_BASIS = (Field("basis", "依据"),)
_CHANGES = Listed(
    "changes", "变更条款",
    Cell("term", "条款"), Cell("before", "原约定", width=3), Cell("after", "变更后", width=3),
)  # fmt: skip
_DUES = Listed(
    "dues", "付款计划",
    Cell("due_on", "应付日期", "date", 3), Cell("period", "期间", width=4),
    Cell("amount", "金额", "money", 3), required=False,
)  # fmt: skip
_SIGNED = Signatures(
    (
        Signature("甲方（发包方）", ("盖章", "代表人签字", "日期")),
        Signature("乙方（承包方）", ("签字（盖章、按指印）", "联系电话", "日期")),
        Signature("见证人", ("签字", "日期")),
        Signature("乡镇备案", ("备案编号", "盖章", "日期")),
    )
)

SUPPLEMENT = LetterForm(
    code="contracts.supplement",
    title="补充协议",
    series="BC",
    size=14,
    owner=OWNER,
    fields=(
        *_CONTRACT,
        *_PARTIES,
        *_BASIS,
        Field("effective_on", "生效日期", "date"),
        _CHANGES.field,
        Field("yearly", "年价款", "money", required=False),
        Field("carried", "并入旧欠", "money", required=False),
        Field("extra", "其他约定", required=False),
    ),
    blocks=(
        Facts(
            (
                ("合同编号", "{contract_number}"), ("合同名称", "{contract_title}"),
                ("甲方（发包方）", "{issuer}"), ("代表人", "{representative}"),
                ("乙方（承包方）", "{contractor}"), ("证件号", "{contractor_id}"),
            ),
            columns=2,
        ),
        Paragraph(
            "甲乙双方于{signed_on}签订上述合同。现依据{basis}，经双方协商一致，"
            "对原合同作如下补充和变更，自{effective_on}起生效。"
        ),
        Heading("一、变更的条款"),
        _CHANGES.table(),
        Heading("二、价款", when="yearly"),
        Paragraph(
            "变更后每年应交价款为人民币{yearly}元（大写：{yearly:大写}），按原合同约定的账户和"
            "时间交付；甲方收款后出具统一收据。", when="yearly",
        ),
        Paragraph(
            "双方确认，上述价款中包含乙方以前所欠人民币{carried}元（大写：{carried:大写}），"
            "该旧欠自本协议生效起按本协议履行，不再另行计收。", when="carried",
        ),
        Heading("三、其他"),
        Paragraph("{extra}", when="extra"),
        Paragraph(
            "本协议未涉及的条款，仍按原合同履行；本协议与原合同不一致的，以本协议为准。"
            "本协议一式四份，甲乙双方、村档案、乡镇各存一份，自双方签字盖章、乡镇备案后存档。"
        ),
        _SIGNED,
    ),
)  # fmt: skip

RESIGNED = LetterForm(
    code="contracts.resigned",
    title="承包（租赁）合同书",
    series="CQ",
    size=14,
    owner=OWNER,
    fields=(
        *_CONTRACT,
        *_PARTIES,
        *_OBJECT,
        *_BASIS,
        Field("starts_on", "起始日期", "date"),
        Field("ends_on", "终止日期", "date"),
        Field("yearly", "年价款", "money"),
        Field("total", "总价款", "money", required=False),
        Field("payment", "付款方式"),
        Field("account", "收款账户", required=False),
        Field("carried", "并入旧欠", "money", required=False),
        _DUES.field,
        Field("extra", "其他约定", required=False),
    ),
    blocks=(
        Facts(
            (
                ("甲方（发包方）", "{issuer}"), ("代表人", "{representative}"),
                ("乙方（承包方）", "{contractor}"), ("证件号", "{contractor_id}"),
                ("原合同编号", "{contract_number}"), ("原签订日期", "{signed_on}"),
            ),
            columns=2,
        ),
        Paragraph(
            "甲乙双方依据{basis}，遵循自愿、公平原则，就下列集体资源（资产）重新签订本合同。"
            "原合同自本合同生效之日起由本合同替代。"
        ),
        Heading("一、标的"),
        Facts(
            (
                ("编号", "{object_number}"), ("面积（亩）", "{area}"),
                ("坐落", "{location}"), ("四至", "{boundaries}"), ("用途", "{use}"),
            )
        ),
        Paragraph("乙方按约定用途使用，不得改变土地用途，不得闲置荒芜，未经甲方书面同意不得转包、转租。"),
        Heading("二、期限"),
        Paragraph("自{starts_on}起至{ends_on}止。期满即行终止；续签须重新履行民主议定程序。"),
        Heading("三、价款和付款"),
        Paragraph("每年价款为人民币{yearly}元（大写：{yearly:大写}）。{payment}"),
        Paragraph("合同期价款合计人民币{total}元（大写：{total:大写}）。", when="total"),
        Paragraph(
            "其中包含乙方以前所欠人民币{carried}元（大写：{carried:大写}），"
            "自本合同生效起按本合同履行，不再另行计收。", when="carried",
        ),
        _DUES.table(when="dues"),
        Paragraph("收款账户：{account}。不收取现金以外无收据的款项。", when="account"),
        Heading("四、双方的权利和义务"),
        Paragraph(
            "甲方保证标的权属清楚，按期交付，不干预乙方依法自主经营；乙方按期付款，保护标的，"
            "配合甲方对面积、用途的核查。标的被依法征收占用的，补偿按法律规定和投入归属处理。"
        ),
        Heading("五、违约责任"),
        Paragraph(
            "乙方逾期付款的，甲方书面催告并给予合理期限；期满仍不付的，甲方可以解除合同并追收价款。"
            "任何一方违反约定造成损失的，依法赔偿。"
        ),
        Heading("六、争议解决"),
        Paragraph(
            "协商不成的，可以请村、乡镇调解；涉及农村土地承包经营的，可以申请仲裁或者向人民法院起诉。"
        ),
        Heading("七、其他"),
        Paragraph("{extra}", when="extra"),
        Paragraph(
            "本合同一式四份，甲乙双方、村档案、乡镇各存一份，双方签字盖章并经乡镇备案后存档。"
        ),
        _SIGNED,
    ),
)  # fmt: skip

TERMINATION = LetterForm(
    code="contracts.termination",
    title="解除合同通知书",
    series="JC",
    owner=OWNER,
    fields=(
        *_CONTRACT,
        *_BASIS,
        Field("ground", "解除事由"),
        Field("law", "法律依据"),
        Field("owed", "尚欠价款", "money", required=False),
        Field("settle_on", "结清期限", "date", required=False),
        Field("contact", "联系人和电话", required=False),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "您与{issuer}于{signed_on}签订的《{contract_title}》（编号{contract_number}），"
            "因{ground}，依据{law}和{basis}，现通知您解除该合同。"
        ),
        Paragraph("本通知送达您时，合同解除。"),
        Paragraph(
            "截至{dated}，您尚欠价款人民币{owed}元（大写：{owed:大写}），请于{settle_on}前结清；"
            "合同解除不影响上述款项的追收。", when="owed",
        ),
        Paragraph("请在收到本通知后与我方办理结算和移交。联系人：{contact}。"),
        Note("对解除有异议的，可以依法请求人民法院或者仲裁机构确认解除行为的效力。"),
        Seal(),
    ),
)  # fmt: skip

VACATE = LetterForm(
    code="contracts.vacate",
    title="腾退（收回）通知书",
    series="TT",
    owner=OWNER,
    fields=(
        *_CONTRACT,
        *_OBJECT,
        *_BASIS,
        Field("ended_on", "合同终止日期", "date"),
        Field("vacate_on", "腾退期限", "date"),
        Field("fee", "每日占用费", "money", required=False),
        Field("contact", "联系人和电话", required=False),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "《{contract_title}》（编号{contract_number}）已于{ended_on}终止。"
            "我方不同意继续使用，本通知即为对继续使用的书面异议，合同不因您的占用转为不定期。"
        ),
        Facts((("标的编号", "{object_number}"), ("坐落", "{location}"), ("面积（亩）", "{area}"))),
        Paragraph("依据{basis}，请于{vacate_on}前腾退并与我方办理清点移交，地上附着物自行处理。"),
        Paragraph(
            "逾期不腾退的，自次日起按每日人民币{fee}元（大写：{fee:大写}）计收占用费，直至移交之日。",
            when="fee",
        ),
        Paragraph("如有困难或者异议，请在上述期限内书面提出。联系人：{contact}。"),
        Note("家庭承包的耕地、林地、草地不适用本通知；不得以欠款为由收回农户承包地。"),
        Seal(),
    ),
)  # fmt: skip

EXPIRY = LetterForm(
    code="contracts.expiry",
    title="合同到期提醒函",
    series="DQ",
    owner=OWNER,
    fields=(
        *_CONTRACT,
        Field("ends_on", "终止日期", "date"),
        Field("location", "坐落", required=False),
        Field("area", "面积", "area", required=False),
        Field("owed", "未交价款", "money", required=False),
        Field("reply_on", "答复期限", "date"),
        Field("contact", "联系人和电话", required=False),
    ),
    blocks=(
        Salutation(),
        Paragraph(
            "您承包（租赁）的《{contract_title}》（编号{contract_number}）将于{ends_on}到期。"
        ),
        Facts((("坐落", "{location}"), ("面积（亩）", "{area}"), ("终止日期", "{ends_on}"))),
        Paragraph(
            "经核对，您还有人民币{owed}元（大写：{owed:大写}）价款未交，请在到期前交清。",
            when="owed",
        ),
        Paragraph(
            "到期后由集体收回，并按民主议定程序决定自用、重新发包或者续签。如您有意继续承包，"
            "请于{reply_on}前书面提出；是否优先，以原合同和发包公告写明的为准。"
        ),
        Paragraph("联系人：{contact}。"),
        Seal(),
    ),
)  # fmt: skip

FORMS = (SUPPLEMENT, RESIGNED, TERMINATION, VACATE, EXPIRY)
BY_CODE = {form.code: form for form in FORMS}
