"""Makes a screenshot small: a PNG of at most 64 colours, a third of the bytes."""

import struct
import sys
import zlib
from collections import Counter

COLOURS = 64


def chunks(data):
    """The chunks of a PNG file, as pairs of type and contents."""
    place = 8
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind, data[place + 8:place + 8 + length]
        place += 12 + length


def paeth(left, above, corner):
    """The neighbour that is nearest to left + above - corner (PNG specification, 9.4)."""
    estimate = left + above - corner
    return min((left, above, corner), key=lambda value: abs(estimate - value))


def rows(data, width, channels):
    """The rows of a picture of 8 bits a channel, without their filters."""
    stride = width * channels
    before = bytearray(stride)
    for start in range(0, len(data), stride + 1):
        kind, row = data[start], bytearray(data[start + 1:start + 1 + stride])
        for index in range(stride) if kind else ():
            left = row[index - channels] if index >= channels else 0
            corner = before[index - channels] if index >= channels else 0
            above = before[index]
            guess = (0, left, above, (left + above) // 2, 0)[kind] if kind < 4 else paeth(
                left, above, corner)
            row[index] = (row[index] + guess) & 255
        yield bytes(row)
        before = row


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def distance(first, second):
    """The square of the distance of two colours."""
    return sum((a - b) ** 2 for a, b in zip(first, second))


def palette_of(count):
    """The most frequent colours, without those that are all but one that is more frequent."""
    palette = []
    for pixel, _ in count.most_common():
        if len(palette) < COLOURS and all(distance(pixel, other) > 500 for other in palette):
            palette.append(pixel)
    return palette


def small(data):
    """The same picture with a palette of its own."""
    parts = list(chunks(data))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", dict(parts)[b"IHDR"])
    if depth != 8 or colour not in (2, 6) or interlaced:
        raise ValueError("only 8 bits of red, green and blue, row by row")
    channels = 3 if colour == 2 else 4
    packed = zlib.decompress(b"".join(part for kind, part in parts if kind == b"IDAT"))
    picture = [
        [row[place:place + 3] for place in range(0, len(row), channels)]
        for row in rows(packed, width, channels)]
    count = Counter(pixel for row in picture for pixel in row)
    palette = palette_of(count)

    def nearest(pixel):
        return min(range(len(palette)), key=lambda index: distance(pixel, palette[index]))

    index = {pixel: nearest(pixel) for pixel in count}
    lines = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in picture)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, part) for kind, part in (
            (b"IHDR", header), (b"PLTE", b"".join(palette)),
            (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")))


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            made = small(file.read())
        with open(path, "wb") as file:
            file.write(made)
