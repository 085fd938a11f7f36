"""The register as a file: tables for a spreadsheet, labels for envelopes."""

from coordinator.registry.exports.files import (
    FORMATS,
    TooLongForExcel,
    as_file,
    filename,
)
from coordinator.registry.exports.labels import SHEETS, Labels, labels
from coordinator.registry.exports.lines import COLUMNS, counted, headings, lines_of, loaded

__all__ = [
    "COLUMNS",
    "FORMATS",
    "SHEETS",
    "Labels",
    "TooLongForExcel",
    "as_file",
    "counted",
    "filename",
    "headings",
    "labels",
    "lines_of",
    "loaded",
]
