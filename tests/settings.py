"""The portal's own settings, in a data folder that goes away with the tests."""

import atexit
import os
import shutil
import tempfile

# Whatever the developer has set stays out of the tests, but for DATABASE_URL: that chooses their database.
for _name in [name for name in os.environ if name.startswith("SHOLU_")]:
    del os.environ[_name]
_data_dir = tempfile.mkdtemp(prefix="sholu-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ["SHOLU_DATA_DIR"] = _data_dir

from portal.settings import *  # noqa: E402, F403
from portal.settings import STORAGES  # noqa: E402

# Hashing a password thoroughly takes longer than most tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Files straight from their source folders; tests/portal/test_served.py is about the collected ones.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
