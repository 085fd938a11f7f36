"""Writes workbooks as Excel 97 kept them (XLS), for tests: compound file and BIFF8 records."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(*rows: list[object], name: str = "Liste") -> bytes:
    """Return an XLS of these rows."""
    bound = struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + name.encode("utf-16-le")
    globals_length = len(_record(0x0809, bytes(16))) + 4 + len(bound) + 4
    bound = struct.pack("<I", globals_length) + bound[4:]
    stream = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    stream += _record(0x0085, bound) + _record(0x000A, b"")
    stream += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, (int, float)):
                stream += _record(0x0203, place + struct.pack("<d", value))
            elif value:
                text = str(value)
                label = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
                stream += _record(0x0204, place + label)
    return _compound(stream + _record(0x000A, b""))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """Return a compound file whose only stream is the workbook."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\x00")
    count = len(stream) // SECTOR
    fat = [FAT, END, *range(3, count + 2), END]
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    return header + table + directory.ljust(SECTOR, b"\x00") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    return (
        written.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
