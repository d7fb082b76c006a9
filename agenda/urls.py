"""Addresses below /agenda/."""

from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ist-stand/", views.assessment, name="assessment"),
    path("ist-stand/<slug:slug>/", views.FieldDetail.as_view(), name="field_detail"),
    path("befunde/", views.FindingList.as_view(), name="finding_list"),
    path("befunde/<slug:slug>/", views.FindingDetail.as_view(), name="finding_detail"),
    path("herausforderungen/", views.ChallengeList.as_view(), name="challenge_list"),
    path("herausforderungen/<slug:slug>/", views.ChallengeDetail.as_view(), name="challenge_detail"),
    path("massnahmen/", views.PackageList.as_view(), name="package_list"),
    path("massnahmen/<slug:slug>/", views.PackageDetail.as_view(), name="package_detail"),
    path("projekte/", views.ProjectList.as_view(), name="project_list"),
    path("projekte/<slug:slug>/", views.ProjectDetail.as_view(), name="project_detail"),
]
