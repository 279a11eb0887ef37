"""The roles as the migration makes them: what each may do, and above all what it may not."""

import pytest
from django.contrib.auth.models import Group, Permission

from bulletin.roles import PERMISSIONS, Role, grant, role_label
from tests.newsroom import make_login

pytestmark = pytest.mark.django_db

# One line a role: its stories, its people, its issues, its places, its logins.
EXPECTED = {
    "correspondent": {
        "articles": {
            *("add_article", "change_article", "view_article", "add_tag", "view_tag"),
            *("add_byline", "change_byline", "delete_byline", "view_byline"),
            *("add_photo", "change_photo", "delete_photo", "view_photo"),
            *("view_contributor", "view_section", "view_mistakereport"),
        },
        "communities": {
            *("see_every_place", "view_community", "view_servicestation", "view_activity")
        },
    },
    "community_manager": {
        "communities": {
            *("view_community", "change_community", "view_stationkind", "view_amenity"),
            *("add_servicestation", "change_servicestation"),
            *("delete_servicestation", "view_servicestation"),
            *("add_openinghours", "change_openinghours"),
            *("delete_openinghours", "view_openinghours"),
            *("view_holiday", "view_service"),
            *(
                f"{verb}_{model}"
                for verb in ("add", "change", "delete", "view")
                for model in (
                    *("specialday", "stationservice", "stationphoto", "contactperson"),
                    *("activity", "changeddate"),
                )
            ),
        },
    },
}
FILING = EXPECTED["correspondent"]["articles"]
PLACES = EXPECTED["correspondent"]["communities"]
ISSUES = {
    f"{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in (
        *("issue", "page", "placement", "presssheet", "pagearea"),
        *("pattern", "patternpage"),
    )
}
ERRORS = {"view_prooferror", "add_prooferror"}
DESK = FILING | {"edit_any_article", "add_contributor"}
REVIEWING = DESK | {"view_term", "view_review"}
TERMS = {f"{verb}_term" for verb in ("add", "change", "delete", "view")}
EXPECTED |= {
    "reporter": {"articles": FILING | {"add_contributor"}, "communities": PLACES},
    "first_reviewer": {"articles": REVIEWING | {"review_first"}, "communities": PLACES},
    "second_reviewer": {"articles": REVIEWING | {"review_second"}, "communities": PLACES},
    "final_reviewer": {
        "articles": REVIEWING
        | TERMS
        | {"review_final", "withdraw_article", "change_contributor", "change_mistakereport"},
        "communities": PLACES,
        "issues": ERRORS,
    },
    "issue_editor": {
        "articles": DESK
        | {"view_review", "publish_article", "withdraw_article", "change_contributor"}
        | {"change_mistakereport"},
        "communities": PLACES,
        "issues": ISSUES | ERRORS | {"schedule_issue"},
    },
}


def granted(role):
    found = {}
    for permission in Group.objects.get(name=role).permissions.select_related("content_type"):
        found.setdefault(permission.content_type.app_label, set()).add(permission.codename)
    return found


@pytest.mark.parametrize("role", EXPECTED)
def test_role_may_do_exactly_this(role):
    assert granted(role) == EXPECTED[role]


def test_administrator_may_do_everything_in_the_newsroom_and_nothing_outside():
    apps = ("auth", "communities", "articles", "issues")
    every = Permission.objects.filter(content_type__app_label__in=apps)
    assert set(Group.objects.get(name="administrator").permissions.all()) == set(every)


def test_every_role_is_a_group_and_every_group_a_role():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
    assert set(PERMISSIONS) == set(Role)


def test_no_role_but_the_administrator_touches_logins():
    others = Group.objects.exclude(name="administrator")
    assert not others.filter(permissions__content_type__app_label="auth").exists()


def test_no_login_of_a_role_is_a_superuser():
    assert not make_login("administrator").is_superuser


def test_every_name_in_the_table_is_a_permission():
    every = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.select_related("content_type")
    }
    assert {name for names in PERMISSIONS.values() for name in names} <= every


def test_granting_again_takes_away_what_was_added_by_hand():
    group = Group.objects.get(name="correspondent")
    group.permissions.add(Permission.objects.get(codename="publish_article"))
    grant()
    assert granted("correspondent") == EXPECTED["correspondent"]


def test_groups_that_are_no_roles_keep_name_and_permissions():
    group = Group.objects.create(name="印务")
    group.permissions.add(Permission.objects.get(codename="view_issue"))
    grant()
    assert granted("印务") == {"issues": {"view_issue"}}
    assert role_label("印务") == "印务"
    assert role_label("reporter") == str(Role.REPORTER.label)
