"""Operations at the desk: failed reports start again, mails are sent again, and only those who may do it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.models import Image, OutgoingMail, Report
from portal.shared import outbox, richtext
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def run(client, model: str, action: str, row):
    data = {"action": action, "_selected_action": [row.pk]}
    return client.post(reverse(f"admin:portal_{model}_changelist"), data, follow=True).content.decode()


@pytest.fixture
def report():
    page = make.PageFactory(public=True)
    return Report.objects.create(
        kind="seite",
        options={"seite": page.slug},
        title="Seite",
        fingerprint="alt",
        asked_at=NOON,
        heard_at=NOON,
        state="failed",
        error="Speicher voll",
    )


def test_failed_report_starts_again(staff, report):
    page = run(staff("Administration"), "report", "restart_selected", report)
    assert "wird noch einmal erstellt" in page
    report.refresh_from_db()
    assert report.state == "queued"


def test_reader_has_no_actions(staff, report):
    run(staff("Redaktion"), "report", "restart_selected", report)
    report.refresh_from_db()
    assert report.state == "failed"


def test_mail_is_sent_again_and_a_sent_one_says_why_not(staff):
    mail = outbox.write(key="k", to="a@example.org", subject="Hallo", text="Text", at=NOON)
    OutgoingMail.objects.update(state="given_up", next_try_at=None, last_error="abgelehnt")
    page = run(staff("Administration"), "outgoingmail", "resend_selected", mail)
    assert "wird noch einmal versandt" in page
    assert OutgoingMail.objects.get().state == "queued"
    page = run(staff("Administration"), "outgoingmail", "resend_selected", mail)
    assert "Hallo" in page
    assert OutgoingMail.objects.count() == 1


def test_picture_shown_in_a_text_is_not_deleted(staff):
    image = make.ImageFactory()
    page = make.PageFactory(body=f"<p>{richtext.image_token(image)}</p>")
    client = staff("Digitalisierungsbeauftragte")
    url = reverse("admin:portal_image_delete", args=[image.pk])
    assert f"Seite „{page}“ zeigt das Bild" in client.get(url).content.decode()
    client.post(url, {"post": "yes"})
    assert Image.objects.count() == 1
    page.body = "<p>Ohne Bild</p>"
    page.save()
    client.post(url, {"post": "yes"})
    assert Image.objects.count() == 0
