"""The kinds of skill villages ask for and experts have, by the article's three fields.

The fields are the source's (农业农村、文化旅游、规划住建 and others); the list under them is this
house's example and may grow: a code is for good.
"""

FIELDS: dict[str, str] = {
    "rural": "农业农村",
    "culture": "文化旅游",
    "building": "规划住建",
    "other": "其他（省校合作等）",
}

SKILLS: dict[str, tuple[str, str]] = {
    "crops": ("种植技术", "rural"),
    "livestock": ("养殖技术", "rural"),
    "processing": ("农产品加工", "rural"),
    "assets": ("集体资产运营", "rural"),
    "sales": ("电商营销", "rural"),
    "tourism": ("乡村旅游", "culture"),
    "heritage": ("文化创意", "culture"),
    "planning": ("村庄规划", "building"),
    "works": ("工程建设", "building"),
    "ecology": ("生态环境", "building"),
    "law": ("合同法务", "other"),
    "accounts": ("财务管理", "other"),
}


def title_of(skill: str) -> str:
    """A skill in words; a code no longer listed is its own name."""
    return SKILLS[skill][0] if skill in SKILLS else skill
