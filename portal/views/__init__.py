"""The portal's own pages: those that join departments, standing text, news, places, and what machines ask for."""

from portal.views.machines import health, media, robots_txt, security_txt
from portal.views.pages import NewsDetail, NewsList, PageDetail, bad_request, home
from portal.views.places import MunicipalityDetail, MunicipalityList

__all__ = [
    "MunicipalityDetail",
    "MunicipalityList",
    "NewsDetail",
    "NewsList",
    "PageDetail",
    "bad_request",
    "health",
    "home",
    "media",
    "robots_txt",
    "security_txt",
]
