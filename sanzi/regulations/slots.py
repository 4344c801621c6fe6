"""“1+10”: one head regulation and ten supporting ones.

The head and six of the ten are named in the published account of Zhongcun (domain/clean-up 6); the
other four are not named anywhere that was read, so they are empty slots an office fills in itself.
No text of any of them was read: every text is the office's own.
"""

HEAD = 0
SLOTS: dict[int, str] = {
    HEAD: "农村财务管理制度",
    1: "合同备案制度",
    2: "项目管理制度",
    3: "差旅补贴制度",
    4: "零工使用制度",
    5: "会计队伍制度",
    6: "财务公开制度",
    7: "",
    8: "",
    9: "",
    10: "",
}
UNNAMED = "待录入"


def place_of(ordinal: int) -> str:
    """Where a slot stands in the system, in words."""
    return "总制度" if ordinal == HEAD else f"配套制度之{ordinal}"
