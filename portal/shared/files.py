"""What may be uploaded, and where it is stored."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.db.models.fields.files import FieldFile

MEGABYTE = 1024 * 1024
MAX_DOCUMENT_BYTES = 30 * MEGABYTE
MAX_IMAGE_BYTES = 10 * MEGABYTE

# First bytes by which a file of this kind is known; an Office file is a zip archive.
_SIGNATURES = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".pptx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".csv": (),
    ".txt": (),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
DOCUMENT_KINDS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt"]
IMAGE_KINDS = ["png", "jpg", "jpeg", "webp"]


def check_signature(file: FieldFile) -> None:
    """Refuse a file whose content is not what its ending says."""
    expected = _SIGNATURES.get(PurePath(file.name or "").suffix.lower(), ())
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if expected and not head.startswith(expected):
        raise ValidationError("Der Inhalt der Datei passt nicht zu ihrer Endung.", code="signature")


def check_document_size(file: FieldFile) -> None:
    """Refuse documents above 30 MB."""
    _check_size(file, MAX_DOCUMENT_BYTES)


def check_image_size(file: FieldFile) -> None:
    """Refuse images above 10 MB."""
    _check_size(file, MAX_IMAGE_BYTES)


def _check_size(file: FieldFile, most: int) -> None:
    if file.size > most:
        raise ValidationError(
            f"Die Datei ist {file.size / MEGABYTE:.1f} MB groß; erlaubt sind {most // MEGABYTE} MB.".replace(
                ".", ",", 1
            ),
            code="size",
        )


def document_path(_row: Model, name: str) -> str:
    """Below `dokumente/`, in a folder nobody can guess, under the name the person gave."""
    return f"dokumente/{uuid4().hex}/{name}"


def image_path(_row: Model, name: str) -> str:
    """Below `bilder/`, in a folder nobody can guess."""
    return f"bilder/{uuid4().hex}/{name}"


document_validators: list[Callable[[Any], None]] = [
    FileExtensionValidator(DOCUMENT_KINDS),
    check_document_size,
    check_signature,
]
image_validators: list[Callable[[Any], None]] = [FileExtensionValidator(IMAGE_KINDS), check_image_size, check_signature]
