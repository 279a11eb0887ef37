"""Stories in the admin, one module for each model with work of its own."""

from . import article, duties, mistakes, people, sections, terms

__all__ = ["article", "duties", "mistakes", "people", "sections", "terms"]
