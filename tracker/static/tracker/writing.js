// What JavaScript adds where somebody writes: a draft is kept on the server while typing, a session that ends is begun
// again in place, files are dropped onto the form and their way is shown. Without it the form has its own buttons.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const QUIET = 1500, AT_LATEST = 4000, AGAIN = 5000;
  const said = form.querySelector(".keeping");
  const met = form.querySelector(".keeping-met");
  const door = form.querySelector(".keeping-door");
  // A form must not stand within a form.
  form.after(door);
  let timer = 0, firstChange = 0, running = null, dirty = false;

  const say = (sentence) => { if (said.textContent !== sentence) said.textContent = sentence; };
  const body = () => {
    const data = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file]")) data.delete(field.name);
    return new URLSearchParams(data);
  };

  // Keep what stands in the form; resolves to whether it is kept, or null where the server cannot be reached.
  const keep = async () => {
    clearTimeout(timer);
    // Who waited with others waits again for the one of them that went first.
    while (running) await running;
    if (!dirty || !met.hidden) return !dirty;
    running = send();
    const kept = await running;
    running = null;
    return kept;
  };
  const send = async (again = false) => {
    dirty = false;
    firstChange = 0;
    let answer;
    try {
      answer = await fetch(form.dataset.keep, { method: "POST", body: body(), headers: { "X-Requested-With": "fetch" } });
    } catch {
      return later(said.dataset.offline);
    }
    if (answer.status === 401) { dirty = true; return openDoor(); }
    const told = await answer.json().catch(() => null);
    if (answer.status === 403 && !told && !again) {
      if (await renew()) return send(true);
      dirty = true;
      return openDoor();
    }
    if (told?.versions) know(told.versions);
    if (answer.status === 409 && told) { dirty = true; show(told); return false; }
    if (!answer.ok) { dirty = true; say(told?.sentence ?? said.dataset.refused); return false; }
    know(told.versions ?? { unsent_version: told.version });
    say(told.sentence);
    return true;
  };
  // Which versions of what is kept the page has read, by the names of their fields: one, or one for each report.
  const know = (versions) => {
    for (const [name, version] of Object.entries(versions)) form.elements[name].value = version;
  };
  const trust = (token) => {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  };
  // Who logged in again in another window made this page's token old: the page as it is now tells the next one, as long
  // as it is the same person's.
  const renew = async () => {
    const page = await fetch(location.href).then((answer) => answer.text()).catch(() => "");
    const now = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-keep]");
    if (now?.dataset.who !== form.dataset.who) return false;
    trust(now.elements.csrfmiddlewaretoken.value);
    return true;
  };
  const later = (sentence) => {
    dirty = true;
    say(sentence);
    timer = setTimeout(keep, AGAIN);
    return null;
  };

  // Another window of the same person kept something else: both are shown, and a person decides.
  const show = (told) => {
    const list = met.querySelector("dl");
    list.replaceChildren(...told.words.map(([label, text]) => {
      const pair = document.createElement("div"), term = document.createElement("dt"), words = document.createElement("dd");
      term.textContent = label;
      words.textContent = text;
      words.style.whiteSpace = "pre-wrap";
      pair.append(term, words);
      return pair;
    }));
    met.dataset.met = JSON.stringify(told.met ?? { unsent_version: told.version });
    met.hidden = false;
    say("");
  };
  met.querySelector("button").addEventListener("click", () => {
    know(JSON.parse(met.dataset.met));
    met.hidden = true;
    dirty = true;
    keep();
  });

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    firstChange ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(QUIET, firstChange + AT_LATEST - Date.now())));
  });
  // What somebody typed before this script had come.
  const early = [...form.elements].some((field) => !["hidden", "file"].includes(field.type)
    && field.defaultValue !== undefined && field.value !== field.defaultValue);
  if (early) form.dispatchEvent(new Event("input"));
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) keep(); });
  window.addEventListener("beforeunload", (event) => { if (dirty && !form.dataset.sent) event.preventDefault(); });

  // The door: who wrote it logs in again, and what was meant to be done goes on.
  let resume = null;
  const openDoor = async () => {
    if (door.open) return false;
    const answer = await fetch(form.dataset.again).catch(() => null);
    if (!answer?.ok) return later(said.dataset.offline);
    put(await answer.text());
    door.showModal();
    door.querySelector("[name=password]").focus();
    return false;
  };
  const put = (html) => {
    const inside = door.querySelector(".keeping-form");
    inside.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    const name = inside.querySelector("[name=username]");
    name.value = form.dataset.who;
    name.readOnly = true;
    inside.querySelector("[name=password]").focus();
  };
  door.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) door.close(); });
  door.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const answer = await fetch(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target)) }).catch(() => null);
    if (!answer) return;
    if (answer.status === 429) { door.close(); say(said.dataset.locked); return; }
    if (!answer.ok) { put(await answer.text()); return; }
    const { token } = await answer.json();
    trust(token);
    door.close();
    const button = resume;
    resume = null;
    const kept = await keep();
    if (kept && button) form.requestSubmit(button);
    else if (door.open) resume ??= button;
  });

  // Before anything is sent it is kept, so that a session that has ended asks who it is while the files are still chosen.
  let checked = false;
  form.addEventListener("submit", async (event) => {
    if (checked || event.submitter?.name === "keep") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    resume = event.submitter;
    dirty = true;
    const kept = await keep();
    if (!door.open) resume = null;
    if (kept === null || door.open || !met.hidden) return;
    if (holding().length && form.dataset.sent === undefined) { sendWithFiles(event.submitter); return; }
    checked = true;
    dirty = false;
    form.requestSubmit(event.submitter);
    checked = false;
  }, true);

  // Large files take their time: how far they are is shown. The answer is the next page, as it would be without this.
  const holding = () => [...form.querySelectorAll("input[type=file]")].filter((field) => field.files.length);
  const way = form.querySelector(".sending");
  const sendWithFiles = (button) => {
    const wrong = holding().find((field) => field.getAttribute("aria-invalid") === "true");
    if (wrong) { wrong.focus(); return; }
    const request = new XMLHttpRequest();
    const give = (sentence) => { way.hidden = true; delete form.dataset.sent; say(sentence); };
    form.dataset.sent = "yes";
    way.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) way.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("error", () => give(said.dataset.unsent));
    request.addEventListener("load", () => {
      dirty = false;
      history.replaceState(null, "", request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.open("POST", form.action);
    request.send(new FormData(form, button));
  };

  // Files may be dropped anywhere on the form; where it holds several reports, on the one that they belong to.
  const fieldAt = (event) => (event.target.closest?.("[data-block]") ?? form).querySelector("input[type=file]");
  const carries = (event) => fieldAt(event) && [...event.dataTransfer?.types ?? []].includes("Files");
  const mark = (field) => {
    for (const one of form.querySelectorAll(".field.is-over")) one.classList.remove("is-over");
    field?.closest(".field").classList.add("is-over");
  };
  form.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(fieldAt(event));
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) mark(null); });
  form.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    mark(null);
    const field = fieldAt(event), all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
