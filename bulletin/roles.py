"""Who may do what in the newsroom: roles as groups of permissions.

The table is read by the migration that makes the groups and by the sample newsroom. Every role
lists all it may do; nothing is inherited, so that a line can be checked at a glance.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role; its value is the group's name."""

    CORRESPONDENT = "correspondent", _("correspondent")
    REPORTER = "reporter", _("reporter")
    FIRST_REVIEWER = "first_reviewer", _("first reviewer")
    SECOND_REVIEWER = "second_reviewer", _("second reviewer")
    FINAL_REVIEWER = "final_reviewer", _("final reviewer")
    ISSUE_EDITOR = "issue_editor", _("issue editor")
    COMMUNITY_MANAGER = "community_manager", _("community manager")
    ADMINISTRATOR = "administrator", _("administrator")


def role_label(name: str) -> str:
    """Return a group's name as people say it; a group that is no role keeps the one it has."""
    return str(Role(name).label) if name in Role.values else name


VIEW_PLACES = (
    "communities.see_every_place",
    "communities.view_community",
    "communities.view_servicestation",
    "communities.view_activity",
)
FILE_STORIES = (
    *VIEW_PLACES,
    "articles.view_section",
    "articles.view_contributor",
    "articles.view_tag",
    "articles.add_article",
    "articles.change_article",
    "articles.view_article",
    *(
        f"articles.{verb}_{model}"
        for model in ("byline", "photo")
        for verb in ("add", "change", "delete", "view")
    ),
    "articles.add_tag",
    # Of the stories one has filed; the contact stays with those who answer.
    "articles.view_mistakereport",
)
EDIT_STORIES = (*FILE_STORIES, "articles.edit_any_article", "articles.add_contributor")
REVIEW_STORIES = (*EDIT_STORIES, "articles.view_term", "articles.view_review")
# What is wrong in print is noted by those who answer for it, and never deleted.
ANSWER_READERS = ("articles.change_mistakereport",)
NOTE_ERRORS = ("issues.view_prooferror", "issues.add_prooferror")
MANAGE_PLACES = tuple(
    f"communities.{verb}_{model}"
    for model in (
        "servicestation",
        "openinghours",
        "specialday",
        "stationservice",
        "stationphoto",
        "contactperson",
        "activity",
        "changeddate",
    )
    for verb in ("add", "change", "delete", "view")
)

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.CORRESPONDENT: FILE_STORIES,
    Role.REPORTER: (*FILE_STORIES, "articles.add_contributor"),
    Role.FIRST_REVIEWER: (*REVIEW_STORIES, "articles.review_first"),
    Role.SECOND_REVIEWER: (*REVIEW_STORIES, "articles.review_second"),
    # Approving is one right, publishing another; a person may have two roles.
    Role.FINAL_REVIEWER: (
        *REVIEW_STORIES,
        "articles.review_final",
        "articles.withdraw_article",
        "articles.change_contributor",
        *(f"articles.{verb}_term" for verb in ("add", "change", "delete")),
        *NOTE_ERRORS,
        *ANSWER_READERS,
    ),
    Role.ISSUE_EDITOR: (
        *EDIT_STORIES,
        "articles.view_review",
        "articles.publish_article",
        "articles.withdraw_article",
        "articles.change_contributor",
        "issues.schedule_issue",
        *NOTE_ERRORS,
        *ANSWER_READERS,
        *(
            f"issues.{verb}_{model}"
            for model in (
                *("issue", "page", "placement", "presssheet", "pagearea"),
                *("pattern", "patternpage"),
            )
            for verb in ("add", "change", "delete", "view")
        ),
    ),
    # Sees and keeps the places given to this person alone (`Community.managers`).
    Role.COMMUNITY_MANAGER: (
        "communities.view_community",
        *MANAGE_PLACES,
        "communities.change_community",
        "communities.view_stationkind",
        "communities.view_amenity",
        "communities.view_service",
        "communities.view_holiday",
    ),
    # Everything: an administrator is a superuser of the newsroom's own tables and of its logins.
    Role.ADMINISTRATOR: (),
}
NEWSROOM_APPS = ("auth", "communities", "articles", "issues")


def grant(using: str = "default") -> None:
    """Make the groups and give each exactly the permissions the table says.

    Called by migrations, so it makes the permissions itself: Django would only do so after the
    last migration. A permission that does not exist yet is left to the later migration that
    brings it.
    """
    for label in NEWSROOM_APPS:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    every = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using)
        .filter(content_type__app_label__in=NEWSROOM_APPS)
        .select_related("content_type")
    }
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=role.value)
        wanted = every.values() if role == Role.ADMINISTRATOR else map(every.get, names)
        group.permissions.set([permission for permission in wanted if permission is not None])
