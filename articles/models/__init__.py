"""The record: one noun per module, each with its queryset. `objects` is everything, `public` what readers may see."""

from .agreement import Agreement, AgreementQuerySet
from .article import Article, ArticlePartner, ArticleQuerySet
from .attestation import Attestation
from .base import Record, State
from .country import HOME, Country
from .dated import Basis, Dated
from .ladder import ENDED, RUNG_LABELS, RUNGS, Status, rung_of
from .organisation import Organisation
from .outlet import Outlet
from .parts import AgreementRelation, AgreementValue, StatusStep
from .source import SourceDocument
from .topic import IPTC_VOCABULARY, Topic

NOUNS: tuple[type[Record], ...] = (Article, Agreement, Country, Topic, Outlet, Organisation, SourceDocument)
"""Every noun with a permanent address, in the order in which the portal lists them."""

__all__ = [
    "ENDED",
    "HOME",
    "IPTC_VOCABULARY",
    "NOUNS",
    "RUNGS",
    "RUNG_LABELS",
    "Agreement",
    "AgreementQuerySet",
    "AgreementRelation",
    "AgreementValue",
    "Article",
    "ArticlePartner",
    "ArticleQuerySet",
    "Attestation",
    "Basis",
    "Country",
    "Dated",
    "Organisation",
    "Outlet",
    "Record",
    "SourceDocument",
    "State",
    "Status",
    "StatusStep",
    "Topic",
    "rung_of",
]
