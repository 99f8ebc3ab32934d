/* The filter form of a list: on wide screens a tick submits by itself, and the focus returns to it on the next page.
   On narrow screens the form is a drawer, and several ticks are sent together with its button. */
const WAIT = 350;
const KEY = "sholu:focus";
const form = document.querySelector("form[data-filters]");
const wide = matchMedia("(min-width: 58rem)");

/* A form without this module sends its empty boxes too; the server drops them. Here the address stays short. */
function dropEmpty() {
  for (const box of form.querySelectorAll("input:is([type=search], [type=text])")) {
    if (!box.value.trim()) box.disabled = true;
  }
}

function restoreFocus() {
  let kept = null;
  try {
    kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
  } catch { /* storage refused: the focus starts at the top, as without this module */ }
  const control = kept && [...form.elements].find((element) => `${element.name}=${element.value}` === kept);
  if (!control) return;
  const fold = control.closest("details.facet-more");
  if (fold) fold.open = true;
  control.focus({ preventScroll: true });
}

function keepFocus(control) {
  try {
    sessionStorage.setItem(KEY, `${control.name}=${control.value}`);
  } catch { /* as above */ }
}

if (form) {
  const apply = form.querySelector("[data-apply]");
  const showApply = () => { if (apply) apply.hidden = wide.matches; };
  let timer = 0;

  showApply();
  wide.addEventListener("change", showApply);

  form.addEventListener("submit", dropEmpty);
  form.addEventListener("change", (event) => {
    if (!wide.matches || event.target.type !== "checkbox") return;
    keepFocus(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), WAIT);
  });
  /* Back from the cache of the browser: boxes that were dropped are usable again. */
  addEventListener("pageshow", () => { for (const box of form.elements) box.disabled = false; });
  restoreFocus();
}
