// A form beside the notice that was changed is not left without a word: whoever goes elsewhere, back too, is asked first.
(() => {
  "use strict";
  const form = () => document.querySelector("form[data-leave]");
  const state = (of) => [...new FormData(of)].map((pair) => pair.join("=")).sort().join("&");
  let shown = "", sending = false;

  const changed = () => {
    const now = form();
    return now !== null && !sending && (now.dataset.typed !== undefined || state(now) !== shown);
  };
  const mayLeave = () => !changed() || window.confirm(form().dataset.leave);

  // What the form itself asks or sends leaves nothing behind; its link "Cancel" says what it does.
  document.addEventListener("htmx:confirm", (event) => {
    if (form()?.contains(event.target) || mayLeave()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === form()) sending = true; });
  for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    document.addEventListener(failed, () => { sending = false; });
  }
  window.addEventListener("beforeunload", (event) => { if (changed()) event.preventDefault(); });
  let here = window.location.href;
  window.addEventListener("popstate", (event) => {
    if (mayLeave()) return;
    event.stopImmediatePropagation();
    window.history.pushState({ htmx: true }, "", here);
  }, true);

  const begin = () => {
    here = window.location.href;
    sending = false;
    shown = form() ? state(form()) : "";
  };
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id !== "deadline-fields") begin(); });
  document.addEventListener("htmx:pushedIntoHistory", () => { here = window.location.href; });
  begin();
})();
