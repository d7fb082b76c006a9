"""The outbox against a real mail server: accepted, put off, refused for good, not there; and two workers at once."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Barrier

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from portal.models import OutgoingMail
from portal.shared import outbox
from portal.shared.tasks import deliver_mail
from tests.factories import NOON, UserFactory
from tests.races import together

pytestmark = pytest.mark.machine


class MailServer:
    """A mail server's side of the conversation; `answer` decides about recipients, `data_answer` about mails."""

    def __init__(self):
        self.answer = "250 OK"
        self.data_answer = "250 OK"
        self.unknown: set[str] = set()
        self.accepted: list[EmailMessage] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        if address in self.unknown:
            return "550 Unbekannt"
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        if self.data_answer.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.data_answer


@contextmanager
def listening(handler, port):
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture
def port(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return free


@pytest.fixture
def server(port):
    handler = MailServer()
    with listening(handler, port):
        yield handler


def write(key="anlass-1", **fields):
    values = {"to": "anna@example.org", "subject": "Ihre Anmeldung", "text": "Guten Tag, schön!", "at": NOON}
    return outbox.write(key=key, **values | fields)


@pytest.mark.django_db
def test_write_is_part_of_the_act_that_causes_it():
    def act():
        with transaction.atomic():
            write()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_write_twice_with_one_key_is_one_mail():
    first = write()
    assert write(subject="anders") == first
    assert OutgoingMail.objects.get().subject == "Ihre Anmeldung"


@pytest.mark.django_db
def test_deliver_sends_what_is_due_once(server):
    mail = write(reply_to="amt@example.org")
    write(key="später", at=NOON + timedelta(hours=1))
    assert outbox.deliver(at=NOON) == 1
    assert outbox.deliver(at=NOON) == 0
    (message,) = server.accepted
    assert (message["To"], message["Subject"], message["Reply-To"]) == (
        "anna@example.org",
        "Ihre Anmeldung",
        "amt@example.org",
    )
    assert message.get_content().strip() == "Guten Tag, schön!"
    assert message["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts) == ("sent", NOON, 1)


@pytest.mark.django_db
def test_deliver_puts_off_with_growing_waits_and_then_gives_up(server):
    server.answer = "451 Bitte später"
    mail = write()
    at = NOON
    waits = []
    for _ in range(len(outbox.WAITS)):
        assert outbox.deliver(at=at) == 0
        mail.refresh_from_db()
        waits.append(mail.next_try_at - at)
        at = mail.next_try_at
    assert tuple(waits) == outbox.WAITS
    outbox.deliver(at=at)
    mail.refresh_from_db()
    assert (mail.state, mail.next_try_at, mail.attempts) == ("given_up", None, 7)
    assert mail.last_error == "Empfänger abgelehnt: 451 Bitte später"


@pytest.mark.django_db
def test_deliver_sends_later_what_was_put_off(server):
    server.data_answer = "452 voll"
    mail = write()
    outbox.deliver(at=NOON)
    mail.refresh_from_db()
    assert mail.last_error == "Vom Mailserver abgelehnt: 452 voll"
    server.data_answer = "250 OK"
    assert outbox.deliver(at=NOON) == 0
    assert outbox.deliver(at=NOON + outbox.WAITS[0]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["answer", "data_answer"])
def test_deliver_gives_up_at_once_when_refused_for_good(server, part):
    setattr(server, part, "550 Unbekannt")
    mail = write()
    outbox.deliver(at=NOON)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("given_up", 1)
    assert "550 Unbekannt" in mail.last_error


@pytest.mark.django_db
def test_deliver_waits_when_no_server_answers(port):
    mail = write()
    assert outbox.deliver(at=NOON) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.next_try_at) == ("queued", NOON + outbox.WAITS[0])
    assert mail.last_error.startswith("Mailserver nicht erreichbar")


@pytest.mark.django_db
def test_one_refused_mail_does_not_hold_up_the_next(server):
    server.unknown = {"weg@example.org"}
    write(to="weg@example.org")
    write(key="anlass-2")
    assert outbox.deliver(at=NOON) == 1
    assert OutgoingMail.objects.get(key="anlass-1").state == "given_up"


@pytest.mark.django_db
def test_no_header_can_be_smuggled_in(server):
    write(subject="Hallo\r\nBcc: alle@example.org", reply_to="a@example.org\nBcc: x@example.org")
    outbox.deliver(at=NOON)
    stored = OutgoingMail.objects.get()
    assert stored.subject == "Hallo Bcc: alle@example.org"
    assert [message["Bcc"] for message in server.accepted] in ([None], [])


@pytest.mark.django_db
def test_long_subject_is_cut_to_the_column():
    assert len(write(subject="x" * 500).subject) == outbox.SUBJECT_LENGTH


@pytest.mark.django_db
def test_resend_sends_a_given_up_mail_again(server):
    server.answer = "550 Unbekannt"
    mail = write()
    outbox.deliver(at=NOON)
    server.answer = "250 OK"
    outbox.resend(mail, by=UserFactory(), at=NOON + timedelta(days=1))
    assert outbox.deliver(at=NOON + timedelta(days=1)) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == ("sent", 1, "")


@pytest.mark.django_db
def test_resend_refuses_a_mail_that_waits():
    with pytest.raises(outbox.MailRefusedError, match="wartet schon"):
        outbox.resend(write(), by=None, at=NOON)


@pytest.mark.django_db
def test_task_delivers_by_its_own_clock(server):
    write()
    assert deliver_mail() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_deliver_each_mail_once(server):
    for number in range(10):
        write(key=f"anlass-{number}", to=f"person{number}@example.org")
    sent = together([lambda: outbox.deliver(at=NOON)] * 2)
    assert sum(sent) == 10
    assert sorted(message["To"] for message in server.accepted) == [f"person{n}@example.org" for n in range(10)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_workers_send_a_mail_twice(server):
    """The control: the same steps without holding the row must fail, else the test above proves nothing."""
    write()
    both_have_read = Barrier(2)

    def deliver_without_lock():
        mail = OutgoingMail.objects.due(NOON).get()
        both_have_read.wait(timeout=5)
        outbox._send(mail, outbox.get_connection())
        OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=NOON, next_try_at=None)

    together([deliver_without_lock] * 2)
    assert len(server.accepted) == 2
