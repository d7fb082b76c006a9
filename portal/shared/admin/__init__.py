"""The staff's desk: what every model's administration does alike.

A department subclasses `ContentAdmin` (history, rules as sentences, limits of a unit) or `PublicationAdmin`
(also publish, withdraw, submit, preview), and `Part` for rows that belong to another row.
"""

from portal.shared.admin.content import ContentAdmin, EditedElsewhereAdmin, Part
from portal.shared.admin.publication import PublicationAdmin

__all__ = ["ContentAdmin", "EditedElsewhereAdmin", "Part", "PublicationAdmin"]
