"""Publish, withdraw and preview: who may, from where, and what is said when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote, unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import curation, ground
from articles.admin.forms import WithdrawForm
from articles.models import Record, State
from articles.views import records

R = TypeVar("R", bound=Record)

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin
else:

    class _ModelAdmin(admin.ModelAdmin):
        def __class_getitem__(cls, item):
            return cls


class PublishingAdmin(_ModelAdmin[R]):
    """An entry's life: a draft, published, withdrawn. Contributors have their hands on drafts only."""

    actions = ("publish_selected", "withdraw_selected")

    # --- who may ------------------------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Say whether the user may publish and withdraw entries of this noun."""
        codename = get_permission_codename("publish", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{codename}"))

    def has_change_permission(self, request: HttpRequest, obj: R | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or obj.state == State.DRAFT or self.has_publish_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: R | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or curation.may_be_deleted(obj))

    def get_deleted_objects(
        self, objs: Sequence[R] | QuerySet[R], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Say of entries that were public why they stay, instead of blaming the user's permissions."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept = [
            gettext("“%(name)s” has been published: its address must go on to answer. Withdraw it instead.")
            % {"name": one}
            for one in objs
            if not curation.may_be_deleted(one)
        ]
        return (to_delete, counts, set(), [*protected, *kept]) if kept else (to_delete, counts, lacking, protected)

    # --- publish ------------------------------------------------------------------------------------------------

    def _publish(self, request: HttpRequest, record: R) -> bool:
        """Publish one entry and log it, or tell everything that is missing."""
        try:
            curation.publish(record, request.user)
        except ValidationError as error:
            self._tell_refusal(request, gettext("“%(name)s” is not published:"), record, error.messages)
            return False
        self.log_change(request, record, gettext("Published."))
        return True

    def _tell_refusal(self, request: HttpRequest, text: str, record: R, reasons: Iterable[str]) -> None:
        points = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
        message = format_html("{}<ul>{}</ul>", text % {"name": record}, points)
        self.message_user(request, message, messages.ERROR)

    @admin.action(permissions=["publish"], description=_("Publish selected %(verbose_name_plural)s"))
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[R]) -> None:
        published = sum(self._publish(request, record) for record in queryset)
        if published:
            text = ngettext("%(n)d entry is published.", "%(n)d entries are published.", published)
            self.message_user(request, text % {"n": published}, messages.SUCCESS)

    def response_add(self, request: HttpRequest, obj: R, post_url_continue: str | None = None) -> HttpResponse:
        if "_publish" in request.POST:
            return self._publish_and_stay(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: R) -> HttpResponse:
        if "_publish" in request.POST:
            return self._publish_and_stay(request, obj)
        return super().response_change(request, obj)

    def _publish_and_stay(self, request: HttpRequest, record: R) -> HttpResponse:
        """Publish what has just been saved; what is typed stays saved even where something is missing."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if self._publish(request, self._again(record)):
            text = gettext("“%(name)s” is published.")
        else:
            text = gettext("What you have entered in “%(name)s” is saved.")
        self.message_user(request, text % {"name": record}, messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", record))

    def _again(self, record: R) -> R:
        """Return the entry as the database has it, without what a form has cached on it."""
        fresh: R = type(record)._default_manager.get(pk=record.pk)
        return fresh

    # --- withdraw -----------------------------------------------------------------------------------------------

    @admin.action(permissions=["publish"], description=_("Withdraw selected %(verbose_name_plural)s"))
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[R]) -> HttpResponse | None:
        return self._withdraw(request, list(queryset), confirmed="confirmed" in request.POST)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self._entry(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        done = self._withdraw(request, [record], confirmed=request.method == "POST")
        return done or HttpResponseRedirect(self.address("change", record))

    def _withdraw(self, request: HttpRequest, entries: list[R], *, confirmed: bool) -> HttpResponse | None:
        """Ask for the reason, then withdraw each entry; return the page that asks, or None when all is done."""
        form = WithdrawForm(request.POST if confirmed else None)
        if not form.is_valid():
            checked = [(record, self._cannot_withdraw(record)) for record in entries]
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Withdraw from the public pages"),
                "opts": self.opts,
                "form": form,
                "records": checked,
                "possible": any(not reasons for _record, reasons in checked),
                "action_checkbox_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/articles/withdraw.html", context)
        for record in entries:
            try:
                with transaction.atomic():
                    curation.withdraw(record, request.user, form.cleaned_data["reason"])
                    self.log_change(request, record, gettext("Withdrawn: %s") % record.withdrawal_reason)
            except ValidationError as error:
                self._tell_refusal(request, gettext("“%(name)s” is not withdrawn:"), record, error.messages)
            else:
                self.message_user(request, gettext("“%(name)s” is withdrawn.") % {"name": record}, messages.SUCCESS)
        return None

    def _cannot_withdraw(self, record: R) -> list[str]:
        if not record.is_public:
            return [gettext("Only a published entry can be withdrawn.")]
        return ground.standing_on(record)

    # --- preview and addresses ----------------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the page an entry would have. Below the admin's address, so never cached (portal.middleware)."""
        record = self._entry(request, object_id)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return records.show(request, record, preview=True)

    def get_view_on_site_url(self, obj: R | None = None) -> str | None:
        """Return the public address of what the public can see; a draft has a preview instead."""
        if obj is None or not type(obj).public.filter(pk=obj.pk).exists():
            return None
        return obj.get_absolute_url()

    def address(self, page: str, record: R) -> str:
        """Return the address of a page of the entry in the admin: change, preview or withdraw."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[quote(record.pk)])

    def _entry(self, request: HttpRequest, object_id: str) -> R:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        return record

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {"preview": self.preview_view, "withdraw": self.withdraw_view}
        ours = [
            path(f"<path:object_id>/{page}/", self.admin_site.admin_view(view), name=f"{name}_{page}")
            for page, view in views.items()
        ]
        return ours + super().get_urls()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record: R | None = context["original"]
        publishes = self.has_publish_permission(request)
        if publishes and (record is None or not record.is_public):
            context["publish_label"] = gettext("Save and publish")
        if record is not None:
            context["preview_url"] = self.address("preview", record)
            if publishes and record.is_public:
                context["withdraw_url"] = self.address("withdraw", record)
        return super().render_change_form(request, context, *args, **kwargs)
