"""Writes images.fixture.json: small files by Pillow and tifffile with the pixels that are in them, and resampled squares by Pillow.

    pip install pillow tifffile numpy imagecodecs
    python images.fixture.py
"""

import base64
import io
import json
import pathlib

import numpy
import PIL
import tifffile
from PIL import Image

random = numpy.random.default_rng(20160111)
grey8 = random.integers(0, 256, (5, 7), dtype=numpy.uint8)
grey16 = random.integers(0, 65536, (5, 7), dtype=numpy.uint16)
colour = random.integers(0, 256, (5, 7, 3), dtype=numpy.uint8)
marked = random.integers(0, 2, (5, 9), dtype=numpy.uint8)
floats = random.normal(0, 3, (5, 7)).astype(numpy.float32)
large = random.integers(0, 65536, (20, 33), dtype=numpy.uint16)


def png(image, **options):
    out = io.BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()


def tiff(data, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, data, **options)
    return out.getvalue()


def pillow_tiff(image, **options):
    out = io.BytesIO()
    image.save(out, "TIFF", **options)
    return out.getvalue()


files = {}


def add(name, content, *pages):
    files[name] = {
        "base64": base64.b64encode(content).decode(),
        "pages": [[round(float(value), 7) for value in page.ravel()] for page in pages],
        "height": pages[0].shape[0] if pages else 0,
        "width": pages[0].shape[1] if pages else 0,
    }


palette = Image.fromarray(colour).quantize(8)
mean = colour.astype(float).mean(2) / 255
add("grey8.png", png(Image.fromarray(grey8)), grey8 / 255)
add("grey16.png", png(Image.fromarray(grey16)), grey16 / 65535)
add("colour.png", png(Image.fromarray(colour)), mean)
add("transparent.png", png(Image.fromarray(numpy.dstack([colour, grey8]))), mean)
add("grey-alpha.png", png(Image.fromarray(numpy.dstack([grey8, grey8]), "LA")), grey8 / 255)
add("palette.png", png(palette), numpy.asarray(palette.convert("RGB")).astype(float).mean(2) / 255)
add("bits.png", png(Image.fromarray(marked * 255).convert("1")), marked)
add("grey8.tif", tiff(grey8), grey8 / 255)
add("grey16.tif", tiff(grey16), grey16 / 65535)
add("big-endian.tif", tiff(grey16, byteorder=">"), grey16 / 65535)
add("lzw.tif", tiff(grey16, compression="lzw"), grey16 / 65535)
add("deflate.tif", tiff(large, compression="zlib", predictor=True, rowsperstrip=6), large / 65535)
add("tiles.tif", tiff(large, tile=(16, 16)), large / 65535)
add("float.tif", tiff(floats), floats)
add("pages.tif", tiff(numpy.stack([grey8, 255 - grey8]), photometric="minisblack"), grey8 / 255, (255 - grey8) / 255)
add("white-is-zero.tif", tiff(grey8, photometric="miniswhite"), (255 - grey8) / 255)
add("colour.tif", tiff(colour, photometric="rgb"), mean)
add("bits.tif", tiff(marked.astype(bool)))
add("packbits.tif", pillow_tiff(Image.fromarray(grey8), compression="packbits"))

squares = []
for side, size in [(7, 3), (5, 9), (13, 28), (20, 7)]:
    square = random.random((side, side)).astype(numpy.float32)
    out = numpy.asarray(Image.fromarray(square, "F").resize((size, size), Image.BILINEAR))
    squares.append(
        {
            "side": side,
            "size": size,
            "pixels": [round(float(v), 7) for v in square.ravel()],
            "resampled": [round(float(v), 7) for v in out.ravel()],
        }
    )

versions = {"pillow": PIL.__version__, "tifffile": tifffile.__version__, "numpy": numpy.__version__}
text = json.dumps({"versions": versions, "files": files, "squares": squares}, separators=(",", ":"))
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
