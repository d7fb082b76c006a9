"""Sign-in: accounts are made by the administration, never by visitors; mails go through the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from portal.shared import outbox

if TYPE_CHECKING:
    from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closes registration and hands mails to the outbox; everything else is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature; closed for all
        """Nobody makes an account for themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write what allauth wants to say; a worker delivers it, so a slow mail server tells nothing about accounts."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        outbox.write(
            # Each wish is a mail of its own: whoever asks for a new link needs a new link.
            key=f"{template_prefix.rpartition('/')[2]}:{uuid4()}",
            to=email,
            subject=message.subject,
            text=str(message.body),
            at=timezone.now(),
        )
