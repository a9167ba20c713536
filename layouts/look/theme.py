"""Colours, type and sizes: the one place where the look is decided."""

from dataclasses import dataclass, replace
from typing import Final

FONT: Final = (
    'Arial, "Helvetica Neue", "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Source Han Sans SC", sans-serif'
)
# the widths that pictures on the page have, in CSS pixels: each takes the widest that fits its place, so that
# readers whose windows differ by a little share an answer; the narrow ones are those of common phones
WIDTHS: Final = (240, 288, 328, 343, 358, 380, 398, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024, 1040)


@dataclass(frozen=True)
class Palette:
    """The colours of one theme: China vermillion, Russia blue, the rest grey."""

    ground: str
    panel: str
    ink: str
    ink2: str
    ink3: str
    rule: str
    edge: str
    china: str
    china_text: str
    china_faint: str
    russia: str
    russia_text: str
    russia_faint: str
    rest: str
    rest_faint: str
    fuels: tuple[str, str, str, str]
    holds: str
    otherwise: str
    fails: str
    untested: str

    def flow(self, flow: str) -> tuple[str, str, str]:
        """Return fill, faint fill and text of a flow: the colours of whose goods they are, of both together grey."""
        if flow == "export":
            return self.china, self.china_faint, self.china_text
        if flow == "import":
            return self.russia, self.russia_faint, self.russia_text
        return self.rest, self.rest_faint, self.ink


LIGHT: Final = Palette(
    ground="#FCFBF8",
    panel="#F4F1EA",
    ink="#1B1A17",
    ink2="#56524B",
    ink3="#6F6B63",
    rule="#E3DED3",
    edge="#C9C3B6",
    china="#D55E00",
    china_text="#B34E00",
    china_faint="#F3C3A1",
    russia="#0072B2",
    russia_text="#0069A5",
    russia_faint="#A6CFE8",
    rest="#958F83",
    rest_faint="#D5D0C5",
    fuels=("#0A4E7E", "#0072B3", "#4A9BCD", "#9CC9E5"),  # each colour once: see in_dark
    holds="#00704F",
    otherwise="#7F5B00",
    fails="#97356C",
    untested="#5B5750",
)
DARK: Final = Palette(
    ground="#14161A",
    panel="#1D2025",
    ink="#EFECE6",
    ink2="#B9B5AD",
    ink3="#989389",
    rule="#2C2F35",
    edge="#454950",
    china="#EC7A2D",
    china_text="#F39255",
    china_faint="#6B3D1E",
    russia="#3E9BD6",
    russia_text="#6CB6E6",
    russia_faint="#214A67",
    rest="#6E6B64",
    rest_faint="#3A3B3E",
    fuels=("#A9D6F2", "#58ACE0", "#2A7DB5", "#23608B"),
    holds="#4CC9A0",
    otherwise="#E0B24A",
    fails="#E58FBC",
    untested="#B9B5AD",
)
PAPER: Final = Palette(**{**vars(LIGHT), "ground": "#FFFFFF"})


@dataclass(frozen=True)
class Look:
    """How large a picture is and how large its words are, in CSS pixels."""

    width: int
    height: int
    palette: Palette
    margin: int
    title: int
    subtitle: int
    label: int
    axis: int
    source: int
    gutter: int
    printed: bool = False
    scale: float = 1.0  # pixels of a PNG to a CSS pixel
    dots: int = 0  # of a PNG to an inch on paper, 0 where it may have any size

    @property
    def narrow(self) -> bool:
        """True on a phone: labels move inside the plot."""
        return self.width < 640

    @property
    def fixed(self) -> bool:
        """True where its height is given whatever stands in it, as on a slide; a column of a page grows."""
        return self.printed and not self.narrow


PRINT: Final = Look(
    width=1200,
    height=675,
    palette=PAPER,
    margin=40,
    title=30,
    subtitle=17,
    label=15,
    axis=14,
    source=12,
    gutter=165,
    printed=True,
    scale=2.0,
)
# as for a post or a slide: 2400 pixels each way
SQUARE: Final = replace(PRINT, width=1080, height=1080, title=38, subtitle=19, scale=2400 / 1080)
# one column of a journal, 89 mm wide at 300 dots an inch: what is 11 here is 6.6 points there
COLUMN: Final = replace(
    PRINT,
    width=420,
    height=450,
    margin=10,
    title=16,
    subtitle=12,
    label=12,
    axis=11,
    source=9,
    gutter=46,
    scale=2.5,
    dots=300,
)
WIDE: Final = "wide"
SHAPES: Final = {WIDE: PRINT, "square": SQUARE, "paper": COLUMN}


def on_page(width: int, *, dark: bool = False) -> Look:
    """Return the look of a chart on the page, for the width it has there."""
    narrow = width < 640
    return Look(
        width=width,
        height=470 if narrow else 540,
        palette=DARK if dark else LIGHT,
        margin=0,
        title=18,
        subtitle=14,
        label=13,
        axis=12,
        source=12,
        gutter=46 if narrow else 150,
    )


def in_dark() -> dict[str, str]:
    """Return for each colour of the light page that of the dark one: a picture is drawn light and turned in place."""
    names = [name for name in vars(LIGHT) if name != "fuels"]
    pairs = {getattr(LIGHT, name): getattr(DARK, name) for name in names}
    return pairs | dict(zip(LIGHT.fuels, DARK.fuels, strict=True))
