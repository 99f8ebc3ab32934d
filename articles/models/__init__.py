"""The record: one noun per module, each with its queryset. `objects` is everything, `public` what readers may see."""

from .agreement import Agreement, AgreementQuerySet
from .amounts import Meaning, Qualifier, Scale
from .article import Article, ArticlePartner, ArticleQuerySet
from .attestation import Attestation
from .base import Record, State
from .country import HOME, Country
from .dated import Basis, Dated
from .discrepancy import CONCERNS, Discrepancy, DiscrepancySide, Evidence
from .event import PENDING, Event, EventOutcome, EventParticipant, EventRelation, EventStatus, EventStep
from .figure import Figure, FigureRelation
from .indicator import Indicator
from .ladder import ENDED, RUNG_LABELS, RUNGS, Status, rung_of
from .organisation import Organisation
from .outlet import Outlet
from .parts import AgreementRelation, AgreementValue, StatusStep
from .person import Office, Person
from .search import SearchDocument, SearchName, SearchWord
from .source import SourceDocument
from .topic import IPTC_VOCABULARY, Topic

NOUNS: tuple[type[Record], ...] = (
    Article,
    Agreement,
    Figure,
    Event,
    Discrepancy,
    Country,
    Topic,
    Outlet,
    Person,
    Organisation,
    Indicator,
    SourceDocument,
)
"""Every noun with a permanent address, in the order in which the portal lists them."""

__all__ = [
    "CONCERNS",
    "ENDED",
    "HOME",
    "IPTC_VOCABULARY",
    "NOUNS",
    "PENDING",
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
    "Discrepancy",
    "DiscrepancySide",
    "Event",
    "EventOutcome",
    "EventParticipant",
    "EventRelation",
    "EventStatus",
    "EventStep",
    "Evidence",
    "Figure",
    "FigureRelation",
    "Indicator",
    "Meaning",
    "Office",
    "Organisation",
    "Outlet",
    "Person",
    "Qualifier",
    "Record",
    "Scale",
    "SearchDocument",
    "SearchName",
    "SearchWord",
    "SourceDocument",
    "State",
    "Status",
    "StatusStep",
    "Topic",
    "rung_of",
]
