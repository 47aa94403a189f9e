"""Makes something like a phone's photograph of a paper on a table: askew, lit from one side, with a phone's metadata."""

from dataclasses import dataclass
from pathlib import Path

import numpy
from PIL import ExifTags, Image, ImageFilter

SIZE = (4000, 3000)


@dataclass(frozen=True)
class Shot:
    """How one photograph is taken."""

    seed: int
    # Degrees that the paper lies askew, and how far the far edge is narrower than the near one.
    askew: float
    tilt: float
    # EXIF: how the phone was held (1 upright, 3 upside down, 6 and 8 on its sides), and when.
    orientation: int
    taken: str


SHOTS = {
    "invoice": Shot(1, askew=-1.6, tilt=0.030, orientation=6, taken="2026:09:08 11:58:12"),
    "fee-list": Shot(2, askew=1.1, tilt=0.024, orientation=1, taken="2026:09:08 11:58:41"),
    "discharge-summary": Shot(3, askew=-0.8, tilt=0.035, orientation=8, taken="2026:09:08 11:59:20"),
    "prescription": Shot(4, askew=2.0, tilt=0.028, orientation=3, taken="2026:09:15 19:31:05"),
}

# How the picture must be turned before it is stored, so that the orientation turns it back.
STORED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def photograph(paper: Path, to: Path, shot: Shot) -> None:
    """Photographs a paper."""
    chance = numpy.random.Generator(numpy.random.PCG64(shot.seed))
    sheet = Image.open(paper).convert("RGB")
    width, height = SIZE if sheet.width > sheet.height else SIZE[::-1]
    picture = lay_down(sheet, table(width, height, chance), shot)
    picture = develop(picture, chance)
    if STORED[shot.orientation] is not None:
        picture = picture.transpose(STORED[shot.orientation])
    picture.save(to, "JPEG", quality=94, subsampling=2, exif=metadata(shot), xmp=XMP, comment=COMMENT)


def table(width: int, height: int, chance: numpy.random.Generator) -> Image.Image:
    """A wooden table: long grain, made of stretched noise of several lengths."""
    grain = numpy.zeros((height, width), numpy.float32)
    for rows, columns, weight in ((60, 3, 10.0), (240, 6, 7.0), (900, 12, 5.0)):
        noise = chance.normal(0, 1, (rows, columns)).astype(numpy.float32)
        grain += weight * numpy.asarray(Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC))
    wood = numpy.array([148, 110, 76], numpy.float32) + grain[..., None] * numpy.array([1.0, 0.85, 0.7], numpy.float32)
    return Image.fromarray(numpy.clip(wood, 0, 255).astype(numpy.uint8))


def lay_down(sheet: Image.Image, on: Image.Image, shot: Shot) -> Image.Image:
    """Lays the sheet on the table, askew and seen at a slant, with the shadow of its edge."""
    width, height = on.size
    scale = min(width / sheet.width, height / sheet.height) * 0.9
    half_w, half_h = sheet.width * scale / 2, sheet.height * scale / 2
    corners = []
    for x, y in ((-half_w, -half_h), (-half_w, half_h), (half_w, half_h), (half_w, -half_h)):
        angle = numpy.radians(shot.askew)
        turned = x * numpy.cos(angle) - y * numpy.sin(angle), x * numpy.sin(angle) + y * numpy.cos(angle)
        slant = 1 + shot.tilt * turned[1] / half_h
        corners.append((width / 2 + turned[0] * slant, height / 2 + turned[1] * slant))
    seen = perspective(corners, sheet.size)
    laid = sheet.transform(on.size, Image.Transform.PERSPECTIVE, seen, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(on.size, Image.Transform.PERSPECTIVE, seen, Image.Resampling.BILINEAR)
    shadow = Image.new("L", on.size, 0)
    shadow.paste(mask.point(lambda level: level * 6 // 10), (26, 34))
    dark = Image.composite(Image.new("RGB", on.size, (38, 26, 18)), on, shadow.filter(ImageFilter.GaussianBlur(24)))
    return Image.composite(laid, dark, mask)


def perspective(corners: list[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    """The eight numbers that lead from a place in the picture to the place on the sheet."""
    sheet = [(0, 0), (0, size[1]), (size[0], size[1]), (size[0], 0)]
    left, right = [], []
    for (x, y), (u, v) in zip(corners, sheet):
        left += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return numpy.linalg.solve(numpy.array(left), numpy.array(right)).tolist()


def develop(picture: Image.Image, chance: numpy.random.Generator) -> Image.Image:
    """Light from the upper left, the shadow of a hand below, a lens that is soft, a sensor that is noisy."""
    width, height = picture.size
    across, down = numpy.linspace(-1, 1, width, dtype=numpy.float32), numpy.linspace(-1, 1, height, dtype=numpy.float32)[:, None]
    light = 1.02 - 0.09 * across - 0.07 * down - 0.10 * (across**2 + down**2)
    hand = 0.22 * numpy.exp(-(((across - 0.55) / 0.5) ** 2) - ((down - 1.1) / 0.45) ** 2)
    soft = numpy.asarray(picture.filter(ImageFilter.GaussianBlur(0.8)), numpy.float32)
    lit = soft * (light - hand)[..., None] * numpy.array([1.0, 0.985, 0.94], numpy.float32)
    grey = chance.normal(0, 4.6, (height, width, 1)).astype(numpy.float32)
    return Image.fromarray(numpy.clip(lit + grey, 0, 255).astype(numpy.uint8))


# What a phone writes beside the picture, and what must never leave it: each of these is looked for by tests.
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">canary-xmp</dc:creator></x:xmpmeta>'
COMMENT = "canary-comment"


def metadata(shot: Shot) -> Image.Exif:
    """EXIF with the phone, the moment, and the place: the hospital's gate."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Model] = "canary-model"
    exif[ExifTags.Base.Orientation] = shot.orientation
    exif[ExifTags.Base.DateTime] = shot.taken
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.DateTimeOriginal: shot.taken, ExifTags.Base.ISOSpeedRatings: 125, ExifTags.Base.FNumber: 1.8}
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (29.0, 18.0, 24.5),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (120.0, 4.0, 30.4),
        }
    )
    return exif
