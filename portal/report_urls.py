"""Addresses of reports below /berichte/."""

from django.urls import path

from portal import report_views as views

urlpatterns = [
    path("intern/<slug:kind>/", views.report_request_internal, name="report_request_internal"),
    path("<uuid:public_id>/", views.report_detail, name="report_detail"),
    path("<uuid:public_id>/datei/", views.report_download, name="report_download"),
    path("<uuid:public_id>/neu/", views.report_again, name="report_again"),
    path("<uuid:public_id>/neu/intern/", views.report_again_internal, name="report_again_internal"),
    path("<slug:kind>/", views.report_request, name="report_request"),
]
