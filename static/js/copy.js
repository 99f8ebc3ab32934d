/* Buttons that copy the text of the element named by data-copy. They are hidden in the markup and shown only where copying works. */
const PAUSE = 2000;

async function copy(button, source) {
  const label = button.textContent;
  await navigator.clipboard.writeText(source.textContent.trim());
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, PAUSE);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) continue;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => { copy(button, source).catch(() => { button.hidden = true; }); });
  }
}
