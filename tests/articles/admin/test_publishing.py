"""Who may publish, what publishing asks for, and how an entry is withdrawn."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from articles.models import NOUNS, Article, Country, Person, Record, State, Topic
from tests.articles.admin.desk import address, submit, text
from tests.articles.builders import (
    DRAFT,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_figure,
    make_indicator,
    make_outlet,
    make_person,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Article:
    """An article that lacks nothing but to be published, which it never was."""
    return make_article(topics=[make_topic()], partners=["IT"], **DRAFT, published_at=None)


def state_of(record: Record) -> str:
    return type(record)._default_manager.get(pk=record.pk).state


def test_a_new_entry_is_a_draft(contributor: Client) -> None:
    submit(contributor, Topic, name="Space", slug="space", iptc_code="20000344", iptc_label="space")
    topic = Topic.objects.get(slug="space")
    assert (topic.state, topic.published_at, len(topic.code)) == (State.DRAFT, None, 6)


def test_a_contributor_edits_a_draft_and_cannot_publish_it(contributor: Client, draft: Article) -> None:
    topic = make_topic()
    form = contributor.get(address("change", draft))
    assert "_publish" not in text(form)
    answer = submit(contributor, draft, topics=[str(topic.pk)])
    assert "was changed successfully" in text(answer)
    assert list(draft.topics.all()) == [topic]

    assert submit(contributor, draft, "_publish").status_code == 403
    action = {"action": "publish_selected", "_selected_action": [draft.pk]}
    contributor.post(address("changelist", Article), action)
    assert state_of(draft) == State.DRAFT


def test_a_contributor_looks_at_what_is_published_and_no_more(contributor: Client) -> None:
    article = make_article(topics=[make_topic()])
    page = contributor.get(address("change", article))
    assert page.status_code == 200
    assert 'name="_save"' not in text(page)
    assert contributor.post(address("change", article), {"headline": "Mine"}).status_code == 403
    for other in ("withdraw", "delete"):
        assert contributor.get(address(other, article)).status_code == 403
        assert contributor.post(address(other, article), {"reason": "no"}).status_code == 403


def test_an_editor_publishes_from_the_form(editor: Client, draft: Article) -> None:
    public = Client()
    assert public.get(draft.url).status_code == 404
    answer = submit(editor, draft, "_publish", headline="A corrected headline")
    assert "is published" in text(answer)
    draft.refresh_from_db()
    assert draft.is_public
    assert draft.published_by is not None
    assert draft.published_by.get_username() == "editor"
    assert "A corrected headline" in public.get(draft.url).content.decode()
    assert LogEntry.objects.filter(object_id=str(draft.pk), change_message="Published.").exists()


def test_an_editor_publishes_from_the_list_and_hears_what_is_missing(editor: Client, draft: Article) -> None:
    bare = make_article(date="", summary="", date_note="", outlet=make_outlet(**DRAFT), **DRAFT)
    action = {"action": "publish_selected", "_selected_action": [draft.pk, bare.pk]}
    shown = text(editor.post(address("changelist", Article), action, follow=True))
    assert "1 entry is published." in shown
    assert f"“{bare}” is not published:" in shown
    for lack in ("It has no summary.", "It has no topic.", "does not say why.", "The outlet “"):
        assert lack in shown
    assert (state_of(draft), state_of(bare)) == (State.PUBLISHED, State.DRAFT)
    assert "It has no summary." in text(editor.get(address("change", bare)))


def test_what_is_typed_is_kept_when_publishing_is_refused(editor: Client, draft: Article) -> None:
    shown = text(submit(editor, draft, "_publish", headline="Kept", topics=[]))
    assert "It has no topic." in shown
    assert "is saved" in shown
    draft.refresh_from_db()
    assert (draft.headline, draft.state) == ("Kept", State.DRAFT)


def test_publishing_twice_changes_nothing(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    before = article.published_at
    action = {"action": "publish_selected", "_selected_action": [article.pk]}
    assert "It is published already." in text(editor.post(address("changelist", Article), action, follow=True))
    article.refresh_from_db()
    assert article.published_at == before


def test_withdrawing_asks_for_a_reason_and_leaves_a_tombstone(editor: Client, client: Client) -> None:
    article = make_article(topics=[make_topic()])
    assert client.get(article.url).status_code == 200
    assert "Reason" in text(editor.get(address("withdraw", article)))
    for reason in ("", "   ", "x" * 301):
        editor.post(address("withdraw", article), {"reason": reason})
        assert state_of(article) == State.PUBLISHED
    editor.post(address("withdraw", article), {"reason": "It was entered twice."})
    gone = client.get(article.url)
    assert gone.status_code == 410
    assert "It was entered twice." in gone.content.decode()
    assert client.get(article.permalink).status_code == 410


def test_withdrawn_entries_can_be_published_again(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    editor.post(address("withdraw", article), {"reason": "By mistake."})
    submit(editor, article, "_publish")
    article.refresh_from_db()
    assert (article.state, article.withdrawn_at, article.withdrawal_reason) == (State.PUBLISHED, None, "")


def test_several_are_withdrawn_for_one_reason(editor: Client) -> None:
    articles = [make_article(topics=[make_topic()]) for _number in range(2)]
    action = {"action": "withdraw_selected", "_selected_action": [article.pk for article in articles]}
    asked = editor.post(address("changelist", Article), action)
    assert "Reason" in text(asked)
    assert {state_of(article) for article in articles} == {State.PUBLISHED}
    editor.post(address("changelist", Article), action | {"confirmed": "yes", "reason": "Not about Kazakhstan."})
    assert {state_of(article) for article in articles} == {State.WITHDRAWN}


def test_what_others_stand_on_is_not_withdrawn(editor: Client) -> None:
    topic, outlet = make_topic(), make_outlet()
    source = make_source(publisher=outlet)
    article = make_article(topics=[topic], partners=["IT"], outlet=outlet, source=source)
    make_agreement(by=article, name="The only source")
    for record in (topic, outlet, source, article, Country.objects.get(iso="IT")):
        editor.post(address("withdraw", record), {"reason": "No longer wanted."})
        assert state_of(record) == State.PUBLISHED, record
    assert "The only source" in text(editor.get(address("withdraw", article)))


def test_what_a_figure_or_an_event_names_is_not_withdrawn(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    person, indicator, agreement = make_person(), make_indicator(), make_agreement(by=article)
    figure = make_figure(by=article, speaker=person, indicator=indicator, agreement=agreement)
    event = make_event(by=article, persons=[person], agreements=[agreement])
    named: list[Record] = [agreement, person, indicator, article]
    for record in named:
        answer = text(editor.post(address("withdraw", record), {"reason": "No longer wanted."}, follow=True))
        assert f"“{record}” is not withdrawn:" in answer
        assert "change or withdraw that first." in answer or f"The figure “{figure}”" in answer
        assert state_of(record) == State.PUBLISHED
    for record in (event, figure, *named):
        editor.post(address("withdraw", record), {"reason": "In the order in which they stand."})
        assert state_of(record) == State.WITHDRAWN, record


def test_a_person_at_work_in_drafts_is_kept_by_them(editor: Client) -> None:
    person = make_person(**DRAFT, published_at=None)
    make_event(by=make_article(topics=[make_topic()]), persons=[person], **DRAFT)
    answer = text(editor.post(address("delete", person), {"post": "yes"}))
    assert "protected" in answer
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("make", [make_figure, make_event, make_discrepancy])
def test_every_noun_goes_the_whole_way(make: Any, contributor: Client, editor: Client, client: Client) -> None:
    record = make(by=make_article(topics=[make_topic()]), **DRAFT, published_at=None)
    assert submit(contributor, record, "_publish").status_code == 403
    assert client.get(record.url).status_code == 404
    action = {"action": "publish_selected", "_selected_action": [record.pk]}
    assert "1 entry is published." in text(editor.post(address("changelist", type(record)), action, follow=True))
    assert client.get(record.url).status_code == 200
    assert f'href="{record.url}"' in text(editor.get(address("change", record))), "view on site"
    assert 'name="_save"' not in text(contributor.get(address("change", record)))
    editor.post(address("withdraw", record), {"reason": "It was entered twice."})
    assert client.get(record.url).status_code == 410


def test_a_draft_is_not_withdrawn(editor: Client, draft: Article) -> None:
    editor.post(address("withdraw", draft), {"reason": "No longer wanted."})
    assert state_of(draft) == State.DRAFT


# --- preview ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", NOUNS)
def test_a_preview_is_for_staff_and_never_cached(model: type[Record], contributor: Client, client: Client) -> None:
    record = model._default_manager.all()[0]
    type(record)._default_manager.filter(pk=record.pk).update(state=State.DRAFT)
    page = address("preview", record)
    shown = contributor.get(page)
    assert shown.status_code == 200
    assert "Draft preview." in text(shown)
    assert 'name="robots" content="noindex"' in text(shown)
    assert shown["Cache-Control"] == "private, no-store"
    assert client.get(page).status_code == 302
    assert page in text(contributor.get(address("change", record)))


def test_what_is_published_has_view_on_site_instead(editor: Client) -> None:
    article = make_article(topics=[make_topic()])
    shown = text(editor.get(address("change", article)))
    assert f'href="{article.url}"' in shown
    assert address("preview", article) not in shown


def test_no_preview_of_what_does_not_exist(editor: Client) -> None:
    assert editor.get(address("preview", Article(pk=987654321))).status_code == 404


# --- deleting ---------------------------------------------------------------------------------------------------


def test_only_what_was_never_published_is_deleted(editor: Client, draft: Article) -> None:
    published = make_article(topics=[make_topic()])
    once = make_article(**DRAFT)
    assert once.published_at
    for kept in (published, once):
        assert editor.post(address("delete", kept), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "post": "yes"}
    both = action | {"_selected_action": [published.pk, draft.pk]}
    assert "its address must go on to answer" in text(editor.post(address("changelist", Article), both))
    assert Article.objects.filter(pk__in=[published.pk, once.pk, draft.pk]).count() == 3
    editor.post(address("changelist", Article), action | {"_selected_action": [draft.pk]})
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_a_contributor_deletes_nothing(contributor: Client, draft: Article) -> None:
    assert contributor.post(address("delete", draft), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    contributor.post(address("changelist", Article), action)
    assert Article.objects.filter(pk=draft.pk).exists()
