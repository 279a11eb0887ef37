"""People of a newsroom, and its forms as somebody at a browser would fill them in."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bulletin.roles import Role, grant


def make_login(role: str | None = None, username: str = "", **fields: Any) -> User:
    """Make a login that may enter the newsroom, in a role (a group's name), or in none."""
    login = User.objects.create_user(
        username or role or "nobody", password="长夜灯火 1", is_staff=True, **fields
    )
    if role:
        if not Group.objects.exists():
            # Tests that a browser takes part in empty every table when they end.
            grant()
        login.groups.add(Group.objects.get(name=Role(role).value))
    return login


def client_of(login: User) -> Client:
    """Return a browser that has logged in."""
    client = Client()
    client.force_login(login)
    return client


def picture(name: str = "照片.jpg", kind: str = "JPEG") -> SimpleUploadedFile:
    """Return a small picture as a browser uploads it."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#b5121b").save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def as_shown(response: Any) -> dict[str, Any]:
    """Return what a browser would send if the form on an admin page were saved as it is shown."""
    sent: dict[str, Any] = {}
    shown = [response.context["adminform"].form]
    for rows in response.context["inline_admin_formsets"]:
        shown += [rows.formset.management_form, *rows.formset.forms]
    for form in shown:
        for field in form:
            sent |= _sent_by(field)
    return sent


def _sent_by(field: forms.BoundField) -> dict[str, Any]:
    """What one field of a form sends; an unticked box and an empty choice of many send nothing."""
    value, name = field.value(), field.html_name
    widget = getattr(field.field.widget, "widget", field.field.widget)
    if isinstance(widget, forms.MultiWidget):
        parts = enumerate(zip(widget.widgets, widget.decompress(value), strict=True))
        return {f"{name}_{n}": part.format_value(one) or "" for n, (part, one) in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: "on"} if value else {}
    if isinstance(widget, forms.FileInput):
        return {}
    if getattr(widget, "allow_multiple_selected", False):
        return {name: [getattr(one, "pk", one) for one in value]} if value else {}
    return {name: "" if value is None else widget.format_value(value) or ""}


def with_row(sent: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """Return a form's data with one more row under it."""
    number = int(sent[f"{prefix}-TOTAL_FORMS"])
    added = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**sent, f"{prefix}-TOTAL_FORMS": number + 1, **added}


def errors_of(response: Any) -> dict[str, list[str]]:
    """Return an admin page's messages by field; rows as "prefix-number-field", "" for no field."""
    found: dict[str, list[str]] = {}
    everything = [response.context["adminform"].form]
    for rows in response.context["inline_admin_formsets"]:
        everything += rows.formset.forms
        if rows.formset.non_form_errors():
            found[rows.formset.prefix] = list(rows.formset.non_form_errors())
    for form in everything:
        for name, messages in form.errors.items():
            key = form.add_prefix(name) if name in form.fields else form.prefix or ""
            found[key] = [str(message) for message in messages]
    return found
