"""Uploads: what a file says it is must be true, and size has a limit a person understands."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.models import Document, Image
from portal.shared import files

PDF = b"%PDF-1.7 ..."


def faults(name: str, content: bytes) -> list[str]:
    document = Document(title="Bericht", source="Amt", file=SimpleUploadedFile(name, content))
    try:
        document.clean_fields(exclude=["owner"])
    except ValidationError as error:
        return error.message_dict["file"]
    return []


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("b.docx", b"PK\x03\x04..."), ("c.csv", b"a;b")])
def test_true_files_are_taken(name, content):
    assert faults(name, content) == []


def test_content_must_fit_the_ending():
    assert faults("a.pdf", b"MZ program") == ["Der Inhalt der Datei passt nicht zu ihrer Endung."]


def test_unknown_endings_are_refused():
    assert "exe" in faults("a.exe", b"MZ")[0]


def test_size_has_a_limit(monkeypatch):
    monkeypatch.setattr(files, "MAX_DOCUMENT_BYTES", files.MEGABYTE)
    assert faults("a.pdf", PDF + b"x" * int(1.5 * files.MEGABYTE)) == ["Die Datei ist 1,5 MB groß; erlaubt sind 1 MB."]


def test_images_have_their_own_limit(monkeypatch):
    monkeypatch.setattr(files, "MAX_IMAGE_BYTES", 2)
    with pytest.raises(ValidationError, match="erlaubt sind 0 MB"):
        files.check_image_size(SimpleUploadedFile("a.png", b"\x89PNG"))


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"alt_text": " ", "source": "Amt"}, {"alt_text": "Ein Feld", "source": ""}])
def test_image_without_words_is_refused(fields):
    image = Image.objects.create(title="Bild", alt_text="Ein Feld", source="Amt")
    image.alt_text, image.source = fields["alt_text"], fields["source"]
    with pytest.raises(ValidationError, match="braucht einen Alternativtext und eine Quelle"):
        image.validate_constraints()


def test_paths_cannot_be_guessed_and_keep_the_name():
    first, second = files.document_path(None, "Bericht.pdf"), files.document_path(None, "Bericht.pdf")
    assert first != second
    assert first.endswith("/Bericht.pdf")
    assert files.image_path(None, "a.png").startswith("bilder/")
