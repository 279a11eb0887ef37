"""Pictures uploaded before their story is saved: each waits for its uploader, and nobody else.

A loose picture lies under a name nobody can guess (128 random bits), so that a web server which
hands out the whole media folder gives none away; its uploader sees it through a view of the admin.
"""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from articles.models import LoosePicture, Photo, WorkingDraft
from communities.pictures import clean_picture

MOST_PICTURES = 100
# Once somebody has that many, those go first that are no longer needed after a day.
SPARE_AFTER = datetime.timedelta(days=1)
# A draft's fields that name a loose picture end with this.
FIELD = "-upload"


def keep(user: User, upload: UploadedFile, *, at: datetime.datetime | None = None) -> LoosePicture:
    """Clean an uploaded picture and keep it until its story is saved.

    Args:
        user: who uploads it; it is theirs alone.
        upload: the file as it arrived.
        at: the moment; now, if none is given.

    Raises:
        ValidationError: as `clean_picture`; code "too_many" when this person has too many already.

    """
    return store(user, clean_picture(upload), at=at)


def store(user: User, clean: ContentFile, *, at: datetime.datetime | None = None) -> LoosePicture:
    """Keep a picture that is clean already; arguments and refusals as `keep`."""
    moment = at or timezone.now()
    if user.loose_pictures.count() >= MOST_PICTURES:
        clear(moment - SPARE_AFTER, user=user)
    if user.loose_pictures.count() >= MOST_PICTURES:
        raise ValidationError(
            _("You have %(most)d pictures that belong to no saved story. Save the story first."),
            code="too_many",
            params={"most": MOST_PICTURES},
        )
    name = clean.name or ""
    picture = LoosePicture(user=user, name=name[-200:], at=moment)
    picture.image.save(get_random_string(22) + PurePosixPath(name).suffix, clean, save=False)
    picture.save()
    return picture


def found(user: User, pk: object) -> LoosePicture | None:
    """Return one of somebody's own loose pictures; None where it is gone or another's."""
    text = str(pk)
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    return LoosePicture.objects.filter(user=user, pk=int(text)).first()


def become_photo(picture: LoosePicture, photo: Photo) -> None:
    """Put a loose picture into a photo; the caller saves the photo, in the same transaction.

    The file is copied and the loose one removed when the transaction is through: one that is taken
    back leaves the loose picture as it was.

    Args:
        picture: it is gone afterwards.
        photo: an unsaved or changed photo whose story is known.

    """
    name = PurePosixPath(picture.name or picture.image.name or "")
    # Part of the name stays unguessable: the story may not be published for days.
    kept_as = f"{name.stem[:60] or 'photo'}-{get_random_string(8)}{name.suffix}"
    with picture.image.open("rb") as file:
        # Without its name Django would not measure it.
        photo.image.save(kept_as, ContentFile(file.read(), name=kept_as), save=False)
    _remove(picture)


def clear(before: datetime.datetime, *, user: User | None = None) -> int:
    """Remove loose pictures that nobody needs; returns how many.

    A picture that stands in somebody's unsaved draft is needed.

    Args:
        before: those uploaded before this moment.
        user: this person's alone; None for everybody's.

    """
    old = LoosePicture.objects.filter(at__lt=before)
    drafts = WorkingDraft.objects.all()
    if user is not None:
        old, drafts = old.filter(user=user), drafts.filter(user=user)
    needed = set()
    for content in drafts.values_list("content", flat=True).iterator():
        needed |= {str(value) for name, value in content.items() if name.endswith(FIELD)}
    removed = 0
    for picture in old.iterator():
        if str(picture.pk) not in needed:
            with transaction.atomic():
                _remove(picture)
            removed += 1
    return removed


def _remove(picture: LoosePicture) -> None:
    """Remove a loose picture, and its file once that is certain."""
    file, name = picture.image.storage, picture.image.name or ""
    picture.delete()
    transaction.on_commit(lambda: file.delete(name))
