"""The whole record as one file: tables as CSV and as JSON, described so that programs and people can check them."""

from articles.dataset.keeping import Kept, RestlessRecordError, current, ready

__all__ = ["Kept", "RestlessRecordError", "current", "ready"]
