"""The card of an entry: the image that other sites show beside a link to it. Pure: words in, PNG out."""

from articles.cards.drawing import draw
from articles.cards.wording import Wording

__all__ = ["Wording", "draw"]
