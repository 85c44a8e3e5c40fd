// What JavaScript adds: typing counts as being here, a menu closes, a file that is too large is named before it is sent,
// a form is sent once, the chosen filter is in sight. Everything works without it.
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

  // Files that the server would turn away: said at once beside the field, so that nothing written is sent in vain.
  const faultOf = (field) => {
    const { mostFiles, mostBytes, tooMany, tooLarge } = field.dataset;
    if (field.files.length > mostFiles) return tooMany.replace("%(limit)s", mostFiles);
    const large = [...field.files].find((file) => file.size > mostBytes);
    return large ? tooLarge.replace("%(limit)s", mostBytes / 2 ** 20).replace("%(name)s", () => large.name) : "";
  };
  const say = (field, sentence) => {
    const said = field.parentElement.querySelector(".field-error") ?? document.createElement("p");
    said.className = "field-error";
    said.setAttribute("role", "alert");
    said.textContent = sentence;
    field.parentElement.append(said);
    field.setAttribute("aria-invalid", sentence !== "");
  };
  const limited = "input[type=file][data-most-files]";
  document.addEventListener("change", (event) => {
    if (event.target.matches(limited)) say(event.target, faultOf(event.target));
  });

  // A second click must not send a form twice; the server refuses it too.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const wrong = [...event.target.querySelectorAll(limited)].find(faultOf);
    if (wrong) { event.preventDefault(); say(wrong, faultOf(wrong)); wrong.focus(); return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
  });
  // On a phone the filters lie in one line that scrolls.
  const showChosen = () => {
    const chosen = document.querySelector(".standings [aria-current]");
    chosen?.scrollIntoView({ block: "nearest", inline: "center" });
  };
  document.addEventListener("htmx:afterSettle", showChosen);
  showChosen();

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
