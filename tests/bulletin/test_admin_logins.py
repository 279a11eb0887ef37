"""Logins and roles in the admin: made on one page, and no way up for those below."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.admin import TOO_SHORT
from bulletin.roles import Role
from tests.newsroom import as_shown, client_of, errors_of, make_login

pytestmark = pytest.mark.django_db

ADD = reverse("admin:auth_user_add")
PASSWORD = "渡口添了十二盏灯"


@pytest.fixture
def administrator():
    return make_login("administrator")


@pytest.fixture
def superuser():
    return User.objects.create_superuser("root", password=PASSWORD)


def change(row):
    return reverse(f"admin:auth_{row._meta.model_name}_change", args=[row.pk])


def role(name):
    return Group.objects.get(name=name)


def test_login_with_name_and_role_is_made_on_one_page_and_can_enter(administrator, client):
    desk = client_of(administrator)
    sent = as_shown(desk.get(ADD)) | {
        "username": "ruan.qinghe",
        "first_name": "阮青禾",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [role("correspondent").pk],
    }
    response = desk.post(ADD, sent)
    assert response.status_code == 302, errors_of(response)
    login = {"username": "ruan.qinghe", "password": PASSWORD}
    assert client.post(reverse("admin:login"), login).status_code == 302
    page = client.get(reverse("admin:index")).content.decode()
    assert "阮青禾" in page
    assert reverse("admin:articles_article_add") in page


def test_passwords_that_differ_are_refused_at_the_field(administrator):
    desk = client_of(administrator)
    sent = as_shown(desk.get(ADD)) | {
        "username": "ruan",
        "password1": PASSWORD,
        "password2": "另一个密码一二三",
    }
    assert list(errors_of(desk.post(ADD, sent))) == ["password2"]
    assert not User.objects.filter(username="ruan").exists()


def test_short_password_is_refused_in_the_newsrooms_language(administrator):
    desk = client_of(administrator)
    sent = as_shown(desk.get(ADD)) | {"username": "ruan", "password1": "灯", "password2": "灯"}
    # The sentence Django's own Chinese lacks.
    assert str(TOO_SHORT % 8) in errors_of(desk.post(ADD, sent))["password2"]


def test_administrator_makes_no_superuser(administrator):
    login = make_login("reporter")
    desk = client_of(administrator)
    for target in (login, administrator):
        sent = as_shown(desk.get(change(target)))
        assert "is_superuser" not in sent
        every = list(Permission.objects.values_list("pk", flat=True))
        forged = {"is_superuser": "on", "user_permissions": every}
        assert desk.post(change(target), sent | forged).status_code == 302
        target.refresh_from_db()
        assert not target.is_superuser
        assert not target.user_permissions.exists()


def test_administrator_touches_no_superuser(administrator, superuser):
    desk = client_of(administrator)
    assert b'name="_save"' not in desk.get(change(superuser)).content
    assert desk.post(change(superuser), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert desk.get(password).status_code == 403
    assert desk.post(password, {"password1": "x", "password2": "x"}).status_code == 403
    delete = reverse("admin:auth_user_delete", args=[superuser.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    selected = {
        "action": "delete_selected",
        "_selected_action": [superuser.pk],
        "post": "yes",
    }
    desk.post(reverse("admin:auth_user_changelist"), selected)
    superuser.refresh_from_db()
    assert superuser.username == "root"
    assert superuser.check_password(PASSWORD)


def test_superuser_may_make_another(superuser):
    login = make_login("administrator")
    desk = client_of(superuser)
    sent = as_shown(desk.get(change(login))) | {"is_superuser": "on"}
    assert desk.post(change(login), sent).status_code == 302
    login.refresh_from_db()
    assert login.is_superuser


def test_new_password_is_set_and_the_old_one_is_gone(administrator, client):
    login = make_login("reporter")
    desk = client_of(administrator)
    address = reverse("admin:auth_user_password_change", args=[login.pk])
    assert address in desk.get(change(login)).content.decode()
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert desk.post(address, sent | {"password2": "别的"}).status_code == 200
    assert desk.post(address, sent | {"set-password": ""}).status_code == 302
    login.refresh_from_db()
    assert login.check_password(PASSWORD)


def test_saving_a_login_keeps_its_password_and_roles(administrator):
    login = make_login("reporter", first_name="旧名")
    before = login.password
    desk = client_of(administrator)
    sent = as_shown(desk.get(change(login))) | {"first_name": "新名"}
    assert desk.post(change(login), sent).status_code == 302
    login.refresh_from_db()
    assert (login.first_name, login.password) == ("新名", before)
    assert [group.name for group in login.groups.all()] == ["reporter"]


def test_roles_are_named_as_the_newsroom_names_them(administrator):
    desk = client_of(administrator)
    for address in (
        reverse("admin:auth_group_changelist"),
        reverse("admin:auth_user_changelist"),
        change(make_login("reporter", "ruan")),
    ):
        page = desk.get(address).content.decode()
        assert str(Role.REPORTER.label) in page
        assert ">reporter<" not in page
        assert str(Role.ISSUE_EDITOR.label) in page


def test_role_is_shown_and_neither_changed_nor_deleted_even_by_a_superuser(superuser):
    desk, group = client_of(superuser), role("correspondent")
    page = desk.get(change(group)).content.decode()
    assert b'name="_save"' not in page.encode()
    assert _("Can publish approved stories") not in page
    assert desk.post(change(group), {"name": "x", "permissions": []}).status_code == 403
    delete = reverse("admin:auth_group_delete", args=[group.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    assert group.permissions.exists()


def test_newsroom_may_add_a_group_of_its_own(administrator):
    desk = client_of(administrator)
    address = reverse("admin:auth_group_add")
    page = desk.get(address)
    content = page.content.decode()
    assert _("Can publish approved stories") in content
    assert "Can add" not in content
    view_issue = Permission.objects.get(codename="view_issue")
    sent = as_shown(page) | {"name": "印务", "permissions": [view_issue.pk]}
    assert desk.post(address, sent).status_code == 302
    assert list(Group.objects.get(name="印务").permissions.all()) == [view_issue]


def test_group_cannot_be_given_what_lies_outside_the_newsroom(administrator):
    outside = Permission.objects.exclude(
        content_type__app_label__in=("auth", "articles", "issues", "communities")
    ).first()
    desk = client_of(administrator)
    address = reverse("admin:auth_group_add")
    sent = as_shown(desk.get(address)) | {"name": "印务", "permissions": [outside.pk]}
    assert list(errors_of(desk.post(address, sent))) == ["permissions"]


def test_everybody_changes_their_own_password(client):
    login = make_login("correspondent")
    client.force_login(login)
    address = reverse("admin:password_change")
    assert client.get(address).status_code == 200
    sent = {"old_password": "长夜灯火 1", "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(address, sent, follow=True).status_code == 200
    login.refresh_from_db()
    assert login.check_password(PASSWORD)


def test_login_page_bears_the_papers_name_and_a_wrong_password_says_little(client, settings):
    make_login("reporter")
    page = client.get(reverse("admin:login")).content.decode()
    assert settings.SITE_NAME in page
    answers = [
        client.post(reverse("admin:login"), {"username": name, "password": "wrong"})
        for name in ("reporter", "nobody.here")
    ]
    told = [list(answer.context["form"].non_field_errors()) for answer in answers]
    assert told[0] == told[1] != []
