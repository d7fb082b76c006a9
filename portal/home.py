"""The portal's own entries of the navigation."""

from portal.shared import home

home.register(home.Department(order=80, label="Gemeinden", url_name="municipality_list"))
home.register(home.Department(order=90, label="Aktuelles", url_name="news_list"))
