"""Rich text that staff write without HTML; whatever is pasted is cleaned on the server before it is stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from portal.shared import pasting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from portal.models import Image

# What running text may contain. Heading level 1 belongs to the page, colours and sizes to the design.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
# A picture stands in a paragraph of its own; anywhere else the token stays visible, so that the mistake is seen.
IMAGE = re.compile(r"<p>\s*\[\[bild:(\d{1,9})\]\]\s*</p>")
IMAGE_HINT = "Ein Bild fügen Sie in einer eigenen Zeile so ein: [[bild:12]]. Die Nummer steht beim Bild."


class RichTextField(ProseEditorField):
    """A ProseEditorField that also cleans what is saved without a form (imports, shell)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        # Worked from the last to the first.
        kwargs.setdefault("sanitize", [pasting.tidy, create_sanitizer, pasting.keep_emphasis])
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        html: str = self.sanitize(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, html)
        return html

    def formfield(self, **kwargs: Any) -> Any:
        """With the hint about pictures; not in `help_text`, where it would be part of every migration."""
        kwargs.setdefault("help_text", f"{self.help_text} {IMAGE_HINT}".strip())
        return super().formfield(**kwargs)


def image_token(image: Image) -> str:
    """What people write where the picture is to appear."""
    return f"[[bild:{image.pk}]]"


def image_ids(html: str) -> set[int]:
    """The pictures a text shows."""
    return {int(found) for found in IMAGE.findall(html)}


def with_images(html: str, show: Callable[[int], str]) -> str:
    """The text with each token replaced by what `show` makes of its number."""
    return IMAGE.sub(lambda token: show(int(token[1])), html)


def uses_of_image(image: Image) -> list[str]:
    """German names of all rows whose text shows this picture."""
    token = image_token(image)
    return [
        f"{model._meta.verbose_name} „{row}“"
        for model, names in _models_with_text()
        for row in model._default_manager.filter(_any_contains(names, token))
    ]


def _models_with_text() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]
        # Old versions may name any picture: they are restored by people, who then see what is missing.
        if names and not hasattr(model, "history_type"):
            yield model, names


def _any_contains(names: list[str], token: str) -> models.Q:
    condition = models.Q()
    for name in names:
        condition |= models.Q(**{f"{name}__contains": token})
    return condition
