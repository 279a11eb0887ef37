from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Stories: sections, contributors, bylines, photos, tags."""

    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        """Let what search holds of stories follow the names of places, at once or aside."""
        from articles.search import indexing  # noqa: PLC0415 - models are there only now
        from communities import naming, workers  # noqa: PLC0415

        naming.follow(indexing.follow_names)
        workers.beside_requests(indexing.catch_up)
