"""The shared words of the portal: people, places, topics, pages, files, reports and mail."""

from portal.models.mail import OutgoingMail
from portal.models.media import Document, Image
from portal.models.organisation import Organisation, OrganisationUnit
from portal.models.pages import News, Page
from portal.models.people import User
from portal.models.places import MunicipalAssociation, Municipality, MunicipalityPopulation
from portal.models.reports import Report
from portal.models.topics import Topic

__all__ = [
    "Document",
    "Image",
    "MunicipalAssociation",
    "Municipality",
    "MunicipalityPopulation",
    "News",
    "Organisation",
    "OrganisationUnit",
    "OutgoingMail",
    "Page",
    "Report",
    "Topic",
    "User",
]
