"""Public addresses in German; departments bring their own below their path."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from portal import views
from portal.sitemaps import SECTIONS

urlpatterns = [
    path("", views.home, name="home"),
    path("gemeinden/", views.MunicipalityList.as_view(), name="municipality_list"),
    path("gemeinden/<slug:slug>/", views.MunicipalityDetail.as_view(), name="municipality_detail"),
    path("aktuelles/", views.NewsList.as_view(), name="news_list"),
    path("aktuelles/<slug:slug>/", views.NewsDetail.as_view(), name="news_detail"),
    path("agenda/", include("agenda.urls")),
    path("berichte/", include("portal.report_urls")),
    path("gesundheit/", views.health, name="health"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": SECTIONS}, name="sitemap"),
    path("konto/", include("allauth.urls")),
    path("verwaltung/", admin.site.urls),
    path("medien/<path:path>", views.media, name="media"),
    # Last: standing pages live directly below the root.
    path("<slug:slug>/", views.PageDetail.as_view(), name="page_detail"),
]
handler400 = "portal.views.bad_request"
