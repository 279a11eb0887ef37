from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    """Issues of the newspaper: their pages and placements."""

    name = "issues"
    verbose_name = _("Issues")
