"""Rich text that staff write without HTML; whatever is pasted is cleaned on the server before it is stored."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_prose_editor.fields import ProseEditorField

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


class RichTextField(ProseEditorField):
    """A ProseEditorField that also cleans what is saved without a form (imports, shell)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("config", {"extensions": EXTENSIONS})
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        html: str = self.sanitize(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, html)
        return html
