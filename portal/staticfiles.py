"""Where static files go when they are collected."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed and compressed files, with the manifest elsewhere: WhiteNoise would serve it as a file."""

    support_js_module_import_aggregation = True  # a module that imports another asks for its hashed name

    def __init__(self) -> None:
        super().__init__(manifest_storage=FileSystemStorage(location=settings.STATIC_MANIFEST_DIR))
