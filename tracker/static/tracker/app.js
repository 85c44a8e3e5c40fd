// What JavaScript adds: typing counts as being here, a menu closes, a form is sent once. Everything works without it.
(() => {
  "use strict";
  const MINUTE = 60_000;
  let lastWord = Date.now();

  // Somebody who writes a long report is not idle: at most one sign of life a minute, only while typing.
  document.addEventListener("input", () => {
    const here = document.body.dataset.hereUrl;
    if (!here || Date.now() - lastWord < MINUTE) return;
    lastWord = Date.now();
    fetch(here, { headers: { "X-Requested-With": "fetch" } }).catch(() => {});
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.who[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.who[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A second click must not send a form twice; the server refuses it too.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
