"""Places: the 25 municipalities of the county, their associations and their population by date."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from portal.shared.history import kept_history
from portal.shared.sorting import german_sort_key


class MunicipalAssociation(models.Model):
    """A Verbandsgemeinde: member municipalities with one common administration."""

    key = models.CharField(
        "Schlüssel",
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^\d{9}$", "Der Schlüssel hat neun Ziffern.")],
        help_text="Die ersten neun Stellen des Regionalschlüssels (ARS).",
    )
    name = models.CharField("Name", max_length=100, unique=True)
    sort_key = german_sort_key("name")

    class Meta:
        verbose_name = "Verbandsgemeinde"
        verbose_name_plural = "Verbandsgemeinden"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return f"Verbandsgemeinde {self.name}"


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities and what is counted in them."""

    def with_population(self) -> Self:
        """Annotate `inhabitants` and `counted_on` with the newest count of each municipality."""
        newest = MunicipalityPopulation.objects.filter(municipality=OuterRef("pk")).order_by("-counted_on")
        return self.annotate(
            inhabitants=Subquery(newest.values("inhabitants")[:1]),
            counted_on=Subquery(newest.values("counted_on")[:1]),
        )


class Municipality(models.Model):
    """A Gemeinde of Landkreis Stendal, by its official key."""

    class Kind(models.TextChoices):
        """How a municipality is administered."""

        UNITARY = "unitary", "Einheitsgemeinde"
        MEMBER = "member", "Mitgliedsgemeinde einer Verbandsgemeinde"

    class Designation(models.TextChoices):
        """What a municipality may call itself."""

        MUNICIPALITY = "gemeinde", "Gemeinde"
        TOWN = "stadt", "Stadt"
        HANSEATIC = "hansestadt", "Hansestadt"

    ags = models.CharField(
        "amtlicher Gemeindeschlüssel (AGS)",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{8}$", "Der AGS hat acht Ziffern.")],
    )
    ars = models.CharField("Regionalschlüssel (ARS)", max_length=12, unique=True)
    name = models.CharField("Name", max_length=100)
    slug = models.SlugField("Adresse", max_length=100, unique=True)
    designation = models.CharField("Bezeichnung", max_length=10, choices=Designation.choices)
    kind = models.CharField("Art", max_length=7, choices=Kind.choices)
    association = models.ForeignKey(
        MunicipalAssociation,
        verbose_name="Verbandsgemeinde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="municipalities",
    )
    is_county_seat = models.BooleanField("Kreisstadt", default=False)
    postcode = models.CharField("Postleitzahl der Verwaltung", max_length=5, blank=True)
    area_km2 = models.DecimalField("Fläche in km²", max_digits=7, decimal_places=2)
    website = models.URLField("Internetseite", blank=True)
    geometry = models.JSONField("Grenze", help_text="GeoJSON-Geometrie (Polygon oder MultiPolygon) in WGS 84.")
    label_longitude = models.DecimalField("Länge der Beschriftung", max_digits=7, decimal_places=4)
    label_latitude = models.DecimalField("Breite der Beschriftung", max_digits=7, decimal_places=4)
    source = models.TextField("Quelle der Angaben")
    sort_key = german_sort_key("name")

    objects = MunicipalityQuerySet.as_manager()
    history = kept_history(excluded_fields=["sort_key", "geometry"])

    class Meta:
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="portal_municipality_ags_in_county",
                condition=Q(ags__regex=r"^15090\d{3}$"),
                violation_error_message="Der AGS muss mit 15090 (Landkreis Stendal) beginnen und acht Ziffern haben.",
            ),
            models.CheckConstraint(
                name="portal_municipality_member_has_association",
                condition=Q(kind="member", association__isnull=False) | Q(kind="unitary", association=None),
                violation_error_message="Genau die Mitgliedsgemeinden gehören zu einer Verbandsgemeinde.",
            ),
            models.CheckConstraint(
                name="portal_municipality_area_positive",
                condition=Q(area_km2__gt=0),
                violation_error_message="Die Fläche muss größer als null sein.",
            ),
            models.UniqueConstraint(
                fields=["is_county_seat"],
                condition=Q(is_county_seat=True),
                name="portal_municipality_one_county_seat",
                violation_error_message="Es gibt nur eine Kreisstadt.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The municipality's page."""
        return reverse("municipality_detail", args=[self.slug])

    @property
    def full_name(self) -> str:
        """Name with its designation, as in „Hansestadt Stendal“."""
        return f"{self.get_designation_display()} {self.name}"


class MunicipalityPopulation(models.Model):
    """Inhabitants of a municipality on one day; counts before and after the census of 2022 are different series."""

    municipality = models.ForeignKey(
        Municipality, verbose_name="Gemeinde", on_delete=models.CASCADE, related_name="populations"
    )
    counted_on = models.DateField("Stichtag")
    inhabitants = models.PositiveIntegerField("Einwohnerinnen und Einwohner")
    source = models.CharField("Quelle", max_length=300)

    class Meta:
        verbose_name = "Bevölkerungszahl"
        verbose_name_plural = "Bevölkerungszahlen"
        ordering = ["municipality", "-counted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "counted_on"],
                name="portal_municipalitypopulation_once_a_day",
                violation_error_message="Für diesen Stichtag gibt es schon eine Zahl.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inhabitants} am {self.counted_on:%d.%m.%Y}"
