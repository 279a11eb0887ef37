"""A picture whose size lies beside it in the row."""

from __future__ import annotations

from typing import Any

from django.db import models


class PictureField(models.ImageField):
    """An image field that looks at the size in the row before it makes a file of the picture.

    Django's does it the other way round for every row that is read, which a page of many pictures
    pays for. All else is Django's: migrations know it as an `ImageField`.
    """

    width_field: str | None
    height_field: str | None

    def update_dimension_fields(
        self, instance: models.Model, force: bool = False, *args: Any, **kwargs: Any
    ) -> None:
        """Measure a picture whose size is not known yet, or (`force`) has changed."""
        held = instance.__dict__
        is_known = held.get(self.width_field or "") and held.get(self.height_field or "")
        if force or (held.get(self.attname) and not is_known):
            super().update_dimension_fields(instance, force, *args, **kwargs)

    def deconstruct(self) -> Any:
        """Return what migrations write down: nothing in the database is different."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs
