from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Places: the community tree and its service stations."""

    name = "communities"
    verbose_name = _("Communities and stations")
