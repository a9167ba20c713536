"""A canvas whose frame is known before anything is drawn on it."""

from layouts.drawing.canvas import Canvas
from layouts.drawing.geometry import Frame
from layouts.words import text


class Sheet(Canvas):
    """A canvas that tells how large its plot is: ``frame`` has the room around it and its size."""

    def __init__(self, frame: Frame, **layout: object) -> None:
        """Start empty, with a layout."""
        super().__init__(**layout)
        self.frame = frame
        self.description = f"{frame.finding}{text.stop()}{frame.under}"
