"""How addresses name the two forms of a feed."""

from django.urls import register_converter


class FeedForm:
    """A feed's form in an address: rss, atom."""

    regex = "rss|atom"

    def to_python(self, value: str) -> str:
        """Return the form."""
        return value

    to_url = to_python


register_converter(FeedForm, "form")
