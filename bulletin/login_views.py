"""The pages of a login: the password, the code after it, and setting the second step up."""

from __future__ import annotations

import time
from typing import Any, cast

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import login as keep_verified

from bulletin import second_step

# What is kept between password and code, and for how many seconds.
PENDING = "login_waits_for_code"
PATIENCE = 600


class PasswordView(LoginView):
    """The first step; whoever has set up a second is sent on to it, and not logged in yet."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, or ask for the code."""
        user = form.get_user()
        if not second_step.is_set_up(user):
            return super().form_valid(form)
        self.request.session[PENDING] = {
            "user": user.pk,
            "backend": user.backend,
            "hash": user.get_session_auth_hash(),
            "next": self.get_success_url(),
            "at": time.time(),
        }
        return redirect("admin:second_step")


class CodeForm(forms.Form):
    """A code; phones offer their digits for it."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter the code.")},
    )


class OwnPasswordForm(forms.Form):
    """The password once more, before something is changed that keeps others out."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def ask_for_code(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Ask for the code of somebody whose password was right, and log them in."""
    pending = request.session.get(PENDING)
    if not pending or not 0 <= time.time() - pending["at"] <= PATIENCE:
        request.session.pop(PENDING, None)
        return redirect("admin:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(pk=pending["user"], is_active=True, is_staff=True).first()
        if user is None or user.get_session_auth_hash() != pending["hash"]:
            del request.session[PENDING]
            return redirect("admin:login")
        answer = second_step.check(user, form.cleaned_data["code"])
        if answer.device is not None:
            del request.session[PENDING]
            # Django-otp keeps with the session what the code was good for.
            user.otp_device = answer.device  # type: ignore[attr-defined]
            login(request, user, backend=pending["backend"])
            return HttpResponseRedirect(pending["next"])
        form.add_error("code", _wrong(answer))
    return TemplateResponse(request, "admin/second_step.html", {**context, "form": form})


def set_up(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Set up the second step of one's own login; change it where there is one."""
    user = cast(User, request.user)
    if second_step.is_set_up(user):
        if second_step.is_missing(request):
            # This login is older than the second step, or came without it.
            logout(request)
            return redirect("admin:login")
        return _change(request, user, context)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_step.confirm(user, "".join(form.cleaned_data["code"].split()))
        if codes is not None:
            keep_verified(request, second_step.device_of(user))
            return render(request, "admin/backup_codes.html", {**context, "codes": codes})
        form.add_error("code", _("This is not the code that the phone shows now."))
    device = second_step.begun(user)
    # With paper of its own, or a phone could not read it by dark.
    picture = segno.make(device.config_url, error="m").svg_data_uri(
        scale=5, border=4, light="white"
    )
    return TemplateResponse(
        request,
        "admin/second_step_setup.html",
        {
            **context,
            "form": form,
            "picture": picture,
            "secret": second_step.secret_of(device),
            "is_required": second_step.is_required_of(user),
        },
    )


def remove_from(request: HttpRequest, pk: int, context: dict[str, Any]) -> HttpResponse:
    """Take the second step off somebody's login, whose phone is lost."""
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        second_step.remove(person, by=cast(User, request.user))
        messages.success(request, _("The second step was removed; the password is enough now."))
        return redirect("admin:auth_user_change", pk)
    return TemplateResponse(request, "admin/second_step_remove.html", {**context, "person": person})


def _change(request: HttpRequest, user: User, context: dict[str, Any]) -> HttpResponse:
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # By way of the backends, so that guesses are counted here too.
        known = authenticate(
            request, username=user.get_username(), password=form.cleaned_data["password"]
        )
        if known is None:
            form.add_error("password", _("This is not your password."))
        elif "remove" in request.POST:
            second_step.remove(user, by=user)
            messages.success(request, _("The second step was removed; the password is enough now."))
            return redirect("admin:index")
        else:
            codes = second_step.renew_codes(user)
            return render(request, "admin/backup_codes.html", {**context, "codes": codes})
    left = second_step.codes_left(user)
    return TemplateResponse(
        request, "admin/second_step_change.html", {**context, "form": form, "codes_left": left}
    )


def _wrong(answer: second_step.Answer) -> str:
    if answer.wait_until is None:
        return _("This code is wrong or has been used already. Wait for the phone’s next one.")
    hour = time_format(timezone.localtime(answer.wait_until), "H:i:s")
    return _("Too many wrong codes. Codes are looked at again at %(hour)s.") % {"hour": hour}
