"""Imports run one way; a foreign key named by a string is an import the linter cannot see."""

import pytest
from django.apps import apps

LAYERS = ["communities", "articles", "issues", "bulletin"]
# Libraries, by the beginning of their names.
OTHERS = ("axes", "csp", "django.", "django_otp", "taggit", "whitenoise")


@pytest.mark.parametrize("label", LAYERS)
def test_relations_never_point_up(label):
    below = LAYERS[: LAYERS.index(label) + 1]
    pointing_up = [
        f"{field} -> {field.related_model._meta.label}"
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model._meta.app_label in LAYERS
        and field.related_model._meta.app_label not in below
    ]
    assert pointing_up == []


def test_every_app_is_in_a_layer():
    ours = {config.label for config in apps.get_app_configs() if not config.name.startswith(OTHERS)}
    # The admin's configuration is a class of ours with Django's name.
    assert ours == set(LAYERS)
