"""What a line of a sheet may stand for, under each kind of region; the first is the form's own."""

LEVELS: dict[str, tuple[str, ...]] = {
    "nation": ("province", "city"),
    "province": ("city", "county"),
    "city": ("town", "county", "village"),
    "county": ("town", "village"),
    "town": ("village",),
    "village": ("village",),
}
LEVEL_WORDS = {
    "village": "村",
    "town": "乡镇",
    "county": "县（区）",
    "city": "市",
    "province": "省",
}
# Who makes sheets of its own, and what its own form adds up: a city its counties, …
BELOW = {"town": "village", "county": "town", "city": "county"}
MAKERS = tuple(BELOW)
