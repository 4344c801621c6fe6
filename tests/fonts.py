"""A fontconfig file that adds the Chinese type of a wheel to the machine's own.

Without it (`FONTCONFIG_FILE`) a browser on a machine without Chinese fonts draws empty boxes into
every screenshot.
"""

from pathlib import Path

import pylopdf_fonts_zh_cn

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def write(folder: Path) -> Path:
    """Write the file into a folder of its own and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    path = folder / "fonts.conf"
    path.write_text(CONFIGURATION.format(fonts=fonts, folder=folder))
    return path
