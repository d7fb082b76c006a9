"""Who may ask for a report, see its page and have its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.shared.reports.kinds import ReportKind, ReportRefusedError, named

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from portal.models import Report, User


def may_ask_internal(user: User | AnonymousUser, kind: ReportKind) -> bool:
    """Whether `user` may ask for the version with content that is not public."""
    return bool(kind.internal_permissions) and is_reader(user) and user.has_perms(kind.internal_permissions)


def is_reader(user: User | AnonymousUser) -> bool:
    """Staff who may look through reports."""
    return user.is_active and user.is_staff and user.has_perm("portal.view_report")


def may_see(report: Report, user: User | AnonymousUser, *, at: datetime) -> bool:
    """Whether `user` may open the page of `report`: what it is called, how far it is, why it failed."""
    if report.is_public:
        return is_reader(user) or _fingerprint(report, at=at) is not None
    return _may_see_internal(report, user)


def may_have(report: Report, user: User | AnonymousUser, *, at: datetime) -> bool:
    """Whether the file of `report` may be handed to `user`.

    A public report goes to everybody as long as its content is what the public may read now; afterwards only to staff.
    """
    if report.is_public:
        return is_reader(user) or is_current(report, at=at)
    return _may_see_internal(report, user)


def is_current(report: Report, *, at: datetime) -> bool:
    """Whether the same request would give the same content at the moment `at`."""
    return _fingerprint(report, at=at) == report.fingerprint


def _may_see_internal(report: Report, user: User | AnonymousUser) -> bool:
    try:
        kind = named(report.kind)
    except ReportRefusedError:
        return False
    # Who asked may have lost the right since; the right counts, not the memory of it.
    if not (user.is_active and user.is_staff and user.has_perms(kind.internal_permissions)):
        return False
    return report.asked_by_id == user.pk or may_ask_internal(user, kind)


def _fingerprint(report: Report, *, at: datetime) -> str | None:
    try:
        kind = named(report.kind)
        options = kind.clean_options(report.options)
        return kind.sum_up(options, is_public=report.is_public, at=at)
    except ReportRefusedError:
        return None
