// Setting right in the row: a name or date of the checking table opens where it stands, agencies are found by typing with
// or without marks or by their initials, Enter keeps what was typed and goes to the next row. Without it the same links
// open the form.
(() => {
  "use strict";
  const SHOWN = 8; // agencies that are offered at once
  const REPLACED = /[.*+?^${}()|[\]\\]/g;
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const rows = () => [...document.querySelectorAll("#cards tr")];
  let known = null, at = null; // what is open: {cell, kind, row, box, field, chosen, touched, found, first, saving}

  const bodies = () => {
    const where = document.querySelector("form[data-bodies]")?.dataset.bodies;
    known ??= fetch(where, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((told) => told.bodies.map(([value, name, names]) => {
        const words = plain(names);
        const initials = words.split(" | ").map((one) => one.split(/[\s,–-]+/).filter((word) => word && word !== "va").map((word) => word[0]).join(""));
        return { value, name, words: ` ${words.replace(/[|,–-]+/g, " ")}`, initials: [...initials, ...words.split(" | ")] };
      })).catch(() => { known = null; return []; });
    return known;
  };

  // Whole initials ("bca") or abbreviations first, then names that begin so, then names that hold the words.
  const rank = (body, typed, words) => {
    if (body.initials.includes(typed)) return 0;
    if (!words.every((word) => body.words.includes(` ${word}`))) return body.initials.some((one) => typed.length > 1 && one.startsWith(typed)) ? 3 : null;
    return new RegExp(`^ (bo |ubnd |so |uy ban nhan dan )?(tinh |thanh pho )?${typed.replace(REPLACED, "\\$&")}`).test(body.words) ? 1 : 2;
  };
  const fitting = async (typed) => {
    const said = plain(typed).trim().replace(/\s+/g, " "), words = said.split(" ");
    if (!said) return [];
    const taken = new Set(at.chosen.map(([value]) => value));
    const found = (await bodies()).map((body) => [rank(body, said, words), body]).filter(([place, body]) => place !== null && !taken.has(body.value));
    return found.sort((one, other) => one[0] - other[0] || one[1].name.length - other[1].name.length).slice(0, SHOWN).map(([, body]) => body);
  };

  const list = () => at.box.querySelector("[role=listbox]");
  const show = (found) => {
    at.found = found;
    at.first = 0;
    list().replaceChildren(...found.map((body, index) => {
      const option = document.createElement("li");
      option.id = `cell-option-${index}`;
      option.setAttribute("role", "option");
      option.textContent = body.name;
      return option;
    }));
    list().hidden = found.length === 0;
    at.field.setAttribute("aria-expanded", String(found.length > 0));
    light(0);
  };
  const light = (index) => {
    at.first = index;
    [...list().children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (at.found.length) at.field.setAttribute("aria-activedescendant", `cell-option-${index}`);
    else at.field.removeAttribute("aria-activedescendant");
  };
  const chips = () => {
    at.box.querySelector(".cell-chips").replaceChildren(...at.chosen.map(([value, name]) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "cell-chip";
      chip.dataset.value = value;
      chip.textContent = `${name} ×`;
      return chip;
    }));
  };
  // A name that is chosen stands beside those that are shown: nobody goes who was not taken away.
  const choose = (body) => {
    at.chosen = [...at.chosen.filter(([value]) => value !== body.value), [body.value, body.name]];
    at.touched = true;
    at.field.value = "";
    chips();
    show([]);
  };
  const wrong = (sentence) => {
    at.box.querySelector(".cell-wrong").textContent = sentence;
    at.field.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) at.field.focus();
  };

  const close = (focus) => {
    const { cell, box } = at;
    box.remove();
    cell.hidden = false;
    at = null;
    if (focus) cell.focus();
  };
  const changed = () => at !== null && (at.touched || (at.field.matches("input") && at.field.value !== at.before));

  const open = async (wanted) => {
    if (at?.cell === wanted) return;
    const index = rows().indexOf(wanted.closest("tr")), kind = wanted.dataset.cell;
    if (at && changed() && !(await keep(false))) return;
    if (at) close(false);
    const cell = wanted.isConnected ? wanted : rows()[index].querySelector(`[data-cell="${kind}"]`), row = cell.closest("tr");
    const made = document.getElementById(["leads", "coordinating"].includes(kind) ? "cell-bodies" : `cell-${kind}`);
    const box = made.content.firstElementChild.cloneNode(true), field = box.querySelector("#cell-field");
    box.querySelector("label").textContent = cell.dataset.label;
    at = { cell, kind, row, box, field, chosen: JSON.parse(cell.dataset.chosen ?? "[]"), touched: false, found: [], first: 0, before: "" };
    if (kind === "deadline") field.value = at.before = cell.dataset.text;
    else if (kind === "split") field.append(...at.chosen.map(([place, words]) => new Option(words, place)));
    else { chips(); bodies(); }
    if (kind === "split") row.querySelector(".check-what").append(box);
    else { cell.after(box); cell.hidden = true; }
    field.focus({ preventScroll: true });
    inSight(box);
    if (kind === "deadline") field.select();
  };

  const sent = () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("#cards").closest("form").elements.csrfmiddlewaretoken.value);
    body.set("seen", at.row.dataset.seen);
    body.set("cell", at.kind);
    if (at.kind === "deadline") body.set("due", at.field.value);
    else if (at.kind === "split") body.set("cut_at", at.field.value);
    else for (const [value] of at.chosen) body.append("body", value);
    return body;
  };
  // The row comes back as it is now; what the page shows of the whole draft is as new as before.
  const put = (html, row) => {
    const fresh = new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html").querySelectorAll("tr");
    const made = [...fresh].map((one) => document.adoptNode(one));
    const now = Number(made[0].dataset.version);
    for (const seen of document.querySelectorAll("#work input[name=seen]")) if (Number(seen.value) === now - 1) seen.value = now;
    row.replaceWith(...made);
    const many = document.querySelector("#proposals .count");
    if (many) many.textContent = rows().length;
    for (const one of made) {
      window.htmx?.process(one);
      one.querySelector("[name=proposal]")?.dispatchEvent(new Event("change", { bubbles: true })); // what was set right stays ticked
    }
    made[0].dispatchEvent(new Event("focusin", { bubbles: true })); // it is the row at hand still
  };
  const keep = async (onward) => {
    if (at.saving) return false;
    const { row, box, cell } = at, index = rows().indexOf(row);
    if (!changed() && at.kind !== "split") { close(!onward); if (onward) go(index + 1, cell.dataset.cell); return true; }
    at.saving = true;
    let answer = null, told = "";
    try {
      answer = await fetch(at.kind === "split" ? row.dataset.split : row.dataset.correct, { method: "POST", body: sent() });
      told = await answer.text();
    } catch { answer = null; }
    at.saving = false;
    if (!answer?.ok || answer.redirected) {
      wrong(answer && !answer.redirected && answer.headers.get("Content-Type")?.startsWith("text/plain") ? told : box.dataset.gone);
      return false;
    }
    const kind = at.kind;
    at = null;
    put(told, row);
    if (onward) go(kind === "split" ? index : index + 1, kind === "split" ? "leads" : kind);
    return true;
  };
  // Behind the last row it stays there: a second Enter must not take everything over.
  const go = (index, kind) => {
    const row = rows()[index] ?? rows().at(-1);
    if (row) focusOn(row, kind);
  };
  const focusOn = (row, kind) => {
    (row.querySelector(`[data-cell="${kind}"]`) ?? row.querySelector("input[type=checkbox], a")).focus();
    inSight(row);
  };
  // Clear of the bar that stays: its room is the page's own (`scroll-padding`).
  const inSight = (one) => one.scrollIntoView({ block: "nearest" });

  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.("#cards [data-cell]");
    if (cell && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      const more = cell.closest("details.more-of-row");
      if (more) more.open = false;
      open(cell);
      return;
    }
    if (!at || !at.box.contains(event.target)) return;
    const option = event.target.closest("[role=option]"), chip = event.target.closest(".cell-chip");
    if (option) choose(at.found[[...list().children].indexOf(option)]);
    else if (chip) { at.chosen = at.chosen.filter(([value]) => value !== chip.dataset.value); at.touched = true; chips(); }
    else if (event.target.closest("[data-keep]")) { keep(true); return; }
    else if (event.target.closest("[data-leave]")) { close(true); return; }
    else return;
    at.field.focus();
  }, true);

  document.addEventListener("input", async (event) => {
    if (!at || event.target !== at.field) return;
    wrong("");
    if (!at.field.matches("[role=combobox]")) return;
    const typed = at.field.value, found = await fitting(typed);
    if (at?.field.value === typed) show(found);
  });

  document.addEventListener("keydown", (event) => {
    if (at?.box.contains(event.target)) { typedIn(event); return; }
    const row = event.target.closest?.("#cards tr");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || !(row || event.target.id === "proposals")) return;
    const next = rows()[row ? rows().indexOf(row) + step : 0];
    if (!next) return;
    event.preventDefault();
    focusOn(next, event.target.closest("[data-cell]")?.dataset.cell ?? "");
  });
  const typedIn = async (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(true); return; }
    if (event.target !== at.field) return;
    if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); await entered(); return; }
    if (!at.field.matches("[role=combobox]")) return;
    if (event.key === "," && at.field.value.trim()) {
      event.preventDefault();
      const found = await fitting(at.field.value);
      if (found.length) choose(found[Math.min(at.first, found.length - 1)]);
    } else if (event.key === "Backspace" && !at.field.value && at.chosen.length) {
      at.chosen = at.chosen.slice(0, -1);
      at.touched = true;
      chips();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && at.found.length) {
      event.preventDefault();
      light((at.first + (event.key === "ArrowDown" ? 1 : at.found.length - 1)) % at.found.length);
    }
  };
  const entered = async () => {
    if (at.field.matches("[role=combobox]") && at.field.value.trim()) {
      const found = await fitting(at.field.value);
      if (!found.length) { wrong(list().closest(".cell-editor").dataset.nobody); return; }
      choose(found[Math.min(at.first, found.length - 1)]);
    }
    await keep(true);
  };

  // What is typed is not lost by going elsewhere.
  window.addEventListener("beforeunload", (event) => { if (changed()) event.preventDefault(); });
  document.addEventListener("htmx:confirm", (event) => {
    if (!changed()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keep(false).then((kept) => { if (kept) event.detail.issueRequest(true); });
  }, true);
  document.addEventListener("htmx:afterSettle", () => { if (at && !at.box.isConnected) at = null; });
})();
