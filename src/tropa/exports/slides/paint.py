"""Slides by python-pptx: title, table or chart, fine print. Lengths in points."""

from __future__ import annotations

from typing import Any, BinaryIO

from tropa.exports.drawing.style import ACCENT, INK, INK2, LINE2
from tropa.exports.extra import extra
from tropa.exports.sheet import Sheet
from tropa.exports.slides.charts import Chart, Series, valleys
from tropa.exports.slides.paging import PAD_X, PAD_Y, Cell, Row, Table, Text
from tropa.exports.typeface import plain, shorten, wrap
from tropa.exports.words import Words

WIDTH, HEIGHT = 960.0, 540.0
MARGIN, TOP = 30.0, 62.0
FONT = "Arial"
_TITLE, _FINE = 22.0, 8.0
_EDGE = 6350
"""Half a point in the units of the format."""
_NO_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The table style "No Style, Table Grid" of the format."""


def _rgb(colour: str) -> Any:
    return extra("pptx.dml.color").RGBColor.from_string(colour.lstrip("#").upper())


def _edge(properties: Any) -> None:
    """Thin quiet lines around a cell: those of the table style are black and thick."""
    from lxml import etree  # comes with python-pptx

    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for place, side in enumerate(("lnL", "lnR", "lnT", "lnB")):
        line = etree.Element(f"{{{main}}}{side}", {"w": str(_EDGE), "cap": "flat", "cmpd": "sng", "algn": "ctr"})
        fill = etree.SubElement(line, f"{{{main}}}solidFill")
        etree.SubElement(fill, f"{{{main}}}srgbClr", {"val": LINE2.lstrip("#").upper()})
        properties.insert(place, line)


class Slides:
    """A deck in the making.

    Args:
        title: of the map.
        fine: fine print of every slide.
        language: of the texts.
    """

    def __init__(self, title: str, fine: str, language: str) -> None:
        extra("pptx")
        from pptx import Presentation
        from pptx.util import Pt

        self._pt = Pt
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        self._deck.core_properties.title = title[:255]
        self._deck.core_properties.author = ""
        self._deck.core_properties.language = language
        self.title, self.fine, self.language = title, fine, language

    def save(self, data: BinaryIO) -> None:
        self._deck.save(data)

    def _slide(self, title: str) -> Any:
        """A slide with its title in the place for titles, so that it stands in the outline."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = (
            self._pt(value) for value in (MARGIN, 16, WIDTH - 2 * MARGIN, 40)
        )
        said = plain(title).replace("\n", " ")
        size = _TITLE
        while size > 14 and len(wrap(said, WIDTH - 2 * MARGIN - 4, size, True)) > 1:
            size -= 1
        frame = self._frame(head.text_frame)
        self._say(frame.paragraphs[0], Text(shorten(said, WIDTH - 2 * MARGIN - 4, size, True), True, INK, size))
        self._box(
            slide, MARGIN, HEIGHT - 22, WIDTH - 2 * MARGIN - 40, 14, [Text(self._fine(), colour=INK2, size=_FINE)]
        )
        number = str(len(self._deck.slides))
        self._box(slide, WIDTH - MARGIN - 36, HEIGHT - 22, 36, 14, [Text(number, colour=INK2, size=_FINE)], right=True)
        return slide

    def _fine(self) -> str:
        return shorten(f"{self.title}  ·  {self.fine}", (WIDTH - 2 * MARGIN - 44) * 0.97, _FINE)

    def _frame(self, frame: Any) -> Any:
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _say(self, paragraph: Any, text: Text, right: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN

        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = plain(text.text)
        font = run.font
        font.size, font.bold, font.name = self._pt(text.size), text.bold, FONT
        font.color.rgb = _rgb(text.colour or INK)
        # What has no letters is else as tall as the format's own size, and pushes a table off its slide.
        paragraph._p.get_or_add_endParaRPr().set("sz", str(round(text.size * 100)))

    def _box(self, slide: Any, x: float, y: float, w: float, h: float, texts: list[Text], right: bool = False) -> None:
        box = slide.shapes.add_textbox(*(self._pt(value) for value in (x, y, w, h)))
        frame = self._frame(box.text_frame)
        for place, text in enumerate(texts):
            self._say(frame.paragraphs[0] if place == 0 else frame.add_paragraph(), text, right)

    def front(self, sheet: Sheet, words: Words) -> None:
        """The first slide: what the map is and the numbers that are read first."""
        slide = self._slide(sheet.title)
        width = WIDTH - 2 * MARGIN
        about = " · ".join(
            part for part in (sheet.company if sheet.company != sheet.title else "", sheet.subtitle) if part
        )
        lines = wrap(plain(about), width * 0.96, 13, most=3)
        self._box(slide, MARGIN, TOP, width, 18 * len(lines), [Text("\n".join(lines), colour=INK2, size=13)])
        y = TOP + 18 * len(lines) + 18
        across = 4
        for place, tile in enumerate(sheet.tiles[:12]):
            x = MARGIN + (place % across) * width / across
            top = y + (place // across) * 92
            room = width / across - 16
            texts = [
                Text(shorten(tile.label, room * 0.95, 11), colour=INK2, size=11),
                Text(shorten(tile.value, room * 0.95, 26, True), True, INK2 if tile.few else ACCENT, 26),
                Text(shorten(tile.more, room * 0.95, 10), colour=INK2, size=10),
            ]
            self._box(slide, x, top, room, 76, texts)
        y += -(-len(sheet.tiles[:12]) // across) * 92
        notes = (*sheet.context, *sheet.notes)
        kept = [line for note in notes for line in wrap(plain(note), width * 0.96, 10, most=2)]
        room_left = int((HEIGHT - 30 - y) // 13)
        if kept[:room_left]:
            texts = [Text(line, colour=INK2, size=10) for line in kept[:room_left]]
            self._box(slide, MARGIN, y, width, 13 * len(texts), texts)

    def table(self, title: str, table: Table) -> None:
        """A slide with one table."""
        slide = self._slide(title)
        rows = [*table.head, *table.rows]
        shape = slide.shapes.add_table(
            len(rows), len(table.widths), *(self._pt(value) for value in (MARGIN, TOP, sum(table.widths), table.height))
        )
        shape.name = plain(title)[:100]
        drawn = shape.table
        drawn._tbl.tblPr[-1].text = _NO_STYLE
        drawn.horz_banding = False
        for place, width in enumerate(table.widths):
            drawn.columns[place].width = self._pt(width)
        for number, row in enumerate(rows):
            drawn.rows[number].height = self._pt(row.height)
            self._row(drawn, number, row)

    def _row(self, drawn: Any, number: int, row: Row) -> None:
        place = 0
        for cell in row.cells:
            target = drawn.cell(number, place)
            if cell.across > 1:
                target.merge(drawn.cell(number, place + cell.across - 1))
            self._cell(target, cell)
            place += cell.across

    def _cell(self, target: Any, cell: Cell) -> None:

        target.margin_left = target.margin_right = self._pt(PAD_X)
        target.margin_top = target.margin_bottom = self._pt(PAD_Y)
        if cell.fill:
            target.fill.solid()
            target.fill.fore_color.rgb = _rgb(cell.fill)
        else:
            target.fill.background()
        frame = target.text_frame
        frame.word_wrap = True
        for place, text in enumerate(cell.texts or (Text(""),)):
            self._say(frame.paragraphs[0] if place == 0 else frame.add_paragraph(), text)
        _edge(target._tc.get_or_add_tcPr())

    def chart(self, title: str, chart: Chart) -> None:
        """A slide with one native chart."""
        from pptx.enum.chart import XL_CHART_TYPE

        slide = self._slide(title)
        data = extra("pptx.chart.data").CategoryChartData(number_format=chart.number_format)
        data.categories = [name or " " for name in chart.categories]
        for series in chart.series:
            data.add_series(series.name, series.values)
        kind = XL_CHART_TYPE.BAR_CLUSTERED if chart.bars else XL_CHART_TYPE.LINE_MARKERS
        place = (self._pt(value) for value in (MARGIN, TOP, WIDTH - 2 * MARGIN, HEIGHT - TOP - 34))
        shape = slide.shapes.add_chart(kind, *place, data)
        shape.name = plain(title)[:100]
        self._dress(shape.chart, chart)

    def _dress(self, drawn: Any, chart: Chart) -> None:
        from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION

        drawn.font.size, drawn.font.name = self._pt(10), FONT
        drawn.has_title = False
        drawn.has_legend = not chart.bars
        if drawn.has_legend:
            drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        axis = drawn.value_axis
        axis.minimum_scale, axis.maximum_scale = chart.low, chart.high or 1
        axis.has_major_gridlines = not chart.bars
        axis.visible = not chart.bars
        names = drawn.category_axis
        names.reverse_order = chart.bars
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.format.line.color.rgb = _rgb(LINE2)
        if chart.bars:
            drawn.plots[0].gap_width = 40
        for series, told in zip(drawn.plots[0].series, chart.series, strict=True):
            colour = _rgb(told.colour)
            if chart.bars:
                series.format.fill.solid()
                series.format.fill.fore_color.rgb = colour
            else:
                self._line(series, told)
            if told.labels:
                labels = series.data_labels
                labels.show_value, labels.number_format, labels.number_format_is_linked = (
                    True,
                    chart.number_format,
                    False,
                )
                labels.font.size = self._pt(9)
                if not chart.bars:
                    self._beside(series, told)
        if not chart.bars:
            axis.major_gridlines.format.line.color.rgb = _rgb(LINE2)
            axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.number_format, False

    def _line(self, series: Any, told: Series) -> None:
        from pptx.enum.chart import XL_MARKER_STYLE
        from pptx.enum.dml import MSO_LINE

        colour = _rgb(told.colour)
        series.smooth = False
        series.format.line.color.rgb = colour
        series.format.line.width = self._pt(told.thick)
        if told.dash:
            series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.CIRCLE if told.points else XL_MARKER_STYLE.NONE
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour

    def _beside(self, series: Any, told: Series) -> None:
        """Numbers of a line stand above their points, and below where the line comes down to one and goes up again."""
        from pptx.enum.chart import XL_LABEL_POSITION

        series.data_labels.position = XL_LABEL_POSITION.ABOVE
        for place in valleys(told.values):
            label = series.points[place].data_label
            label.font.size = self._pt(9)
            label.position = XL_LABEL_POSITION.BELOW
