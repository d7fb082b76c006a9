"""The outbox: a mail is a row in the same transaction as the act that causes it, and goes out only if that holds."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from portal.models import OutgoingMail
from portal.shared.refusal import RefusedError

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from portal.models import User

logger = logging.getLogger(__name__)

# After each try that failed; when they are used up the mail is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
# A sweep ends after this many mails; the next one goes on, and other work gets its turn.
MOST_PER_SWEEP = 200
SUBJECT_LENGTH = 200


class MailRefusedError(RefusedError):
    """The mail cannot be put (back) into the outbox."""


def write(  # noqa: PLR0913  a mail has these parts; all are keywords
    *, key: str, to: str, subject: str, text: str, at: datetime, reply_to: str = ""
) -> OutgoingMail:
    """Put a mail into the outbox; call it inside the transaction of the act that causes it.

    `key` names occasion and recipient: a second mail with the same key is not written, the first one is returned.
    """
    mail, _ = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": one_line(to),
            "subject": one_line(subject)[:SUBJECT_LENGTH],
            "text": text,
            "reply_to": one_line(reply_to),
            "created_at": at,
            "next_try_at": at,
        },
    )
    return mail


@transaction.atomic
def resend(mail: OutgoingMail, *, by: User | None, at: datetime) -> OutgoingMail:
    """Put a mail that was sent or given up back into the queue, with all its tries before it."""
    locked = OutgoingMail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    if locked.state == OutgoingMail.State.QUEUED:
        raise MailRefusedError("Diese Mail wartet schon auf den Versand.")
    logger.info("Mail %s is sent again, asked for by %s", locked.pk, by.pk if by else "the portal")
    locked.state, locked.attempts, locked.last_error = OutgoingMail.State.QUEUED, 0, ""
    locked.next_try_at, locked.sent_at = at, None
    locked.save()
    return locked


def deliver(*, at: datetime) -> int:
    """Send all mails that are due; say how many a server accepted.

    Each mail has a transaction of its own that holds its row while the server is asked, and other workers skip held
    rows: no mail is sent twice by two workers. One double remains, and no outbox on SMTP can rule it out: if this
    process dies after the server has accepted the mail and before the commit, the mail is sent again. The steady
    `Message-ID` lets the recipient's server recognise it.
    """
    sent = 0
    for _ in range(MOST_PER_SWEEP):
        outcome = _deliver_next(at)
        if outcome is None:
            break
        sent += outcome
    return sent


@transaction.atomic
def _deliver_next(at: datetime) -> bool | None:
    """Try the mail that waits longest; None when there is none."""
    mail = OutgoingMail.objects.due(at).select_for_update(skip_locked=True, no_key=True).first()
    if mail is None:
        return None
    mail.attempts += 1
    try:
        _send(mail, get_connection())
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("Mail %s was not accepted: %s", mail.pk, error)
        _note_failure(mail, error, at=at)
        return False
    mail.state, mail.sent_at, mail.next_try_at, mail.last_error = OutgoingMail.State.SENT, at, None, ""
    mail.save()
    return True


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    EmailMessage(
        subject=one_line(mail.subject),
        body=mail.text,
        to=[one_line(mail.to)],
        reply_to=[one_line(mail.reply_to)] if mail.reply_to else None,
        headers={
            "Message-ID": f"<portal-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S%f}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    ).send()


def _note_failure(mail: OutgoingMail, error: Exception, *, at: datetime) -> None:
    mail.last_error = describe(error)
    if is_permanent(error) or mail.attempts > len(WAITS):
        mail.state, mail.next_try_at = OutgoingMail.State.GIVEN_UP, None
    else:
        mail.next_try_at = at + WAITS[mail.attempts - 1]
    mail.save()


def is_permanent(error: Exception) -> bool:
    """Whether trying again is pointless: the server refuses this recipient or this mail for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)  # an address or header no server would take


def describe(error: Exception) -> str:
    """What the server said, in one paragraph for the administration."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_decoded(reason)}" for code, reason in error.recipients.values())
        return f"Empfänger abgelehnt: {said}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Vom Mailserver abgelehnt: {error.smtp_code} {_decoded(error.smtp_error)}"
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return f"Mailserver nicht erreichbar: {error}"
    return f"Versand nicht möglich: {error}"


def one_line(text: str) -> str:
    """Text for a header: line breaks and other control characters become spaces, so that no header can be added."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _decoded(reason: bytes | str) -> str:
    return reason.decode(errors="replace") if isinstance(reason, bytes) else reason
