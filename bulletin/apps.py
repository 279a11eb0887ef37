from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class BulletinConfig(AppConfig):
    """The project itself: home page, masthead, admin site, roles, the sample newsroom."""

    name = "bulletin"
    verbose_name = _("Bulletin")

    def ready(self) -> None:
        """Tell the apps below what stands on every page.

        And let the database notice what public pages are made of, whatever migrations do.
        """
        # Models are not loaded before.
        from bulletin import masthead  # noqa: PLC0415
        from bulletin.pagecache import changes  # noqa: PLC0415
        from communities import every_page  # noqa: PLC0415

        every_page.register(masthead.parts, masthead.shown)
        pre_migrate.connect(changes.take_away, sender=self)
        post_migrate.connect(changes.after_migrating, sender=self)


class BulletinAdminConfig(AdminConfig):
    """Django's admin on our own site."""

    default_site = "bulletin.admin_site.BulletinAdminSite"

    def ready(self) -> None:
        """Take out again what shows the secrets of second steps."""
        super().ready()
        for model in ("otp_totp.TOTPDevice", "otp_static.StaticDevice"):
            admin.site.unregister(apps.get_model(model))
