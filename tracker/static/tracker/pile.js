// A pile is worked off by keyboard: a letter follows the link, or goes to the button, that carries it in `data-key`; a
// sentence to begin with goes into its field. Everything works without it, with the same links and buttons.
(() => {
  "use strict";
  const STORE = "dondoc-keys";
  const pile = document.getElementById("pile");
  if (!pile) return;
  const allowed = () => localStorage.getItem(STORE) !== "off";

  // A letter decides nothing by itself: links are followed, forms are only opened and pointed at.
  const press = (found) => {
    if (found.tagName === "A") { found.click(); return; }
    const box = found.closest("details");
    if (found.tagName === "SUMMARY") box.open = true;
    const field = found.tagName === "SUMMARY" ? box.querySelector("textarea, input:not([type=hidden])") : found;
    field?.focus();
  };

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form[data-ctrl-enter]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") || !allowed()) return;
    const keys = document.getElementById("keys");
    if (event.key === "?" && keys) {
      keys.open = !keys.open;
      keys.querySelector("summary").focus();
      event.preventDefault();
      return;
    }
    const found = pile.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (found) { event.preventDefault(); press(found); }
  });

  document.addEventListener("click", (event) => {
    const sentence = event.target.closest("[data-words]");
    const field = sentence && document.getElementById(sentence.dataset.into);
    if (!field) return;
    event.preventDefault();
    field.value = [field.value.trim(), sentence.dataset.words].filter(Boolean).join("\n");
    field.focus();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-on]")) localStorage.setItem(STORE, event.target.checked ? "on" : "off");
  });
  const on = document.querySelector("[data-keys-on]");
  if (on) on.checked = allowed();
  document.documentElement.classList.add("has-script");
})();
