// The split view by keyboard: a letter presses the button or link that carries it in `data-key`; words selected in the
// text go along with a new directive or say where to cut. Everything works without it, with the same buttons and links.
(() => {
  "use strict";
  const STORE = "dondoc-keys";
  const work = () => document.getElementById("work");
  const keys = () => document.getElementById("keys");
  const TICKS = '[type="checkbox"], [type="radio"]';
  const writing = (target) => target.closest("input, textarea, select, [contenteditable]")?.matches(`:not(${TICKS})`) ?? false;

  // Offsets count characters as the server does, so that a sign of two units counts once.
  const selected = () => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const element = range.startContainer.parentElement;
    const text = element && element.closest(".paragraph-text");
    if (!text || !work().contains(text)) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const within = range.cloneRange();
    if (!text.contains(range.endContainer)) within.setEnd(text, text.childNodes.length);
    const from = Number(text.dataset.start) + [...before.toString()].length;
    return { text, from, to: from + [...within.toString()].length };
  };

  // The link stays until the answer takes its place: htmx asks it then what of the answer is to be shown, and where.
  const go = (url) => {
    work().querySelector("[data-gone-to]")?.remove();
    const link = document.createElement("a");
    link.href = url;
    link.hidden = true;
    link.dataset.goneTo = "";
    work().append(link);
    window.htmx?.process(link);
    link.click();
  };

  const enter = (event) => {
    const words = selected();
    if (!words) return false;
    event.preventDefault();
    go(`${words.text.dataset.enter}&from=${words.from}&to=${words.to}`);
    return true;
  };

  const cut = () => {
    const box = document.getElementById("cut");
    const field = document.getElementById("cut_at");
    if (!box || !field) return;
    const words = selected();
    const chosen = words && words.text.closest("[aria-current]");
    if (!chosen) { box.open = true; field.focus(); return; }
    if (field.tagName === "SELECT") field.append(new Option("", words.from, true, true));
    else field.value = words.from;
    field.form.requestSubmit(field.form.querySelector("[data-cut]"));
  };

  const allowed = () => localStorage.getItem(STORE) !== "off";
  const press = (event) => {
    if (event.key === "?" && keys()) {
      keys().open = !keys().open;
      keys().querySelector("summary").focus();
      return true;
    }
    if (event.key === "s" && !atRow("s")) { cut(); return true; }
    if (event.key === "d" && !atRow("d") && enter(event)) return true;
    const key = CSS.escape(event.key);
    const row = OF_A_ROW.includes(event.key) ? rowAtHand() : null;
    const found = row ? atRow(event.key, row) : work().querySelector(`:is([data-key="${key}"], [data-key-too="${key}"]):not(:disabled)`);
    if (found && row && !inSight(row)) { say(keys()?.dataset.away ?? ""); return true; }
    tell(found ? null : keys()?.querySelector(`[data-letters~="${key}"]`));
    if (event.key === "g" && !found) leftOver()?.focus();
    if (found) found.click();
    return found !== null;
  };
  // The row that is lit is the row on which the keys act: the one last entered or clicked, else the first doubtful one.
  const OF_A_ROW = [..."yexcphstoidm"], ROW = "#cards tr, #other-rows li";
  let chosen = null, decided = null, returning = null;
  const rowAtHand = () => (chosen?.isConnected ? chosen : document.querySelector("#cards .is-doubtful"));
  const light = () => {
    const row = rowAtHand();
    for (const one of document.querySelectorAll(".is-at")) if (one !== row) one.classList.remove("is-at");
    row?.classList.add("is-at");
  };
  const choose = (event) => { chosen = event.target.closest?.(ROW) ?? chosen; light(); };
  document.addEventListener("focusin", choose);
  document.addEventListener("click", choose);
  // A row that is not seen is shown first, and nothing is done to it by the same key.
  const inSight = (row) => {
    const { top, bottom } = row.getBoundingClientRect(), middle = (top + bottom) / 2;
    if (bottom > 0 && top < window.innerHeight && (middle > 0 && middle < window.innerHeight || bottom - top > window.innerHeight)) return true;
    row.scrollIntoView({ block: "center" });
    return false;
  };
  // What is no directive is information where nothing else is said.
  const atRow = (key, row = rowAtHand()) =>
    row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`) ?? (key === "i" ? row?.querySelector('[data-row-key="x"]') : null) ?? null;

  // Where something is not handled yet, the way to the issue leads to it: in the table, else in the text.
  const LEFT = ["#cards .is-doubtful .cell", "#cards .cell", "#other-rows a", '[data-key="n"]'];
  const leftOver = () => LEFT.map((one) => work().querySelector(one)).find(Boolean);

  // A key that does nothing here says why; what is said goes away by itself.
  const SAID_FOR = 10_000; // milliseconds
  let fading = 0;
  const say = (sentence) => {
    const told = document.getElementById("key-told");
    if (told) told.textContent = sentence;
    clearTimeout(fading);
    fading = setTimeout(() => { if (told) told.textContent = ""; }, SAID_FOR);
  };
  const tell = (row) => say(row?.dataset.dead ?? "");

  document.addEventListener("keydown", (event) => {
    if (!work()) return;
    const form = event.target.closest("form[data-ctrl-enter]") ?? work().querySelector("form[data-ctrl-enter]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.elements[form.dataset.ctrlEnter].click();
      return;
    }
    const undo = work().querySelector("[data-undo]");
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && undo && !writing(event.target)) {
      event.preventDefault();
      undo.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || !allowed()) return;
    if (event.key.length === 1 && press(event)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest('[data-key="d"]');
    if (button && enter(event)) return;
    const aside = event.target.closest('#cards .is-sure button[data-row-key]');
    if (aside) decided = [...document.querySelectorAll("#cards tr")].indexOf(aside.closest("tr"));
    const back = event.target.closest("[data-undo]");
    if (back) returning = /(?:taken|aside)=(\d+)/.exec(back.form.elements.back.value)?.[1] ?? null;
    const text = event.target.closest(".paragraph-text");
    // Beside a form a click only takes the selection away.
    if (text && window.getSelection().isCollapsed && !work().querySelector("#beside form[data-ctrl-enter]")) text.parentElement.querySelector(".paragraph-margin").click();
  });
  // A click takes the selection away before it acts; the mouse may press buttons without doing so.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest('[data-key="d"]') && selected()) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-on]")) localStorage.setItem(STORE, event.target.checked ? "on" : "off");
  });

  // What somebody ticked or unticked in the table stays so, whatever else is decided in between.
  const TICKS_OF = `dondoc-ticks:${window.location.pathname}`;
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(TICKS_OF) ?? "[]"); } catch { return []; } };
  const ticked = new Map(kept());
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#cards [name=proposal]")) return;
    ticked.set(event.target.value, event.target.checked);
    try { sessionStorage.setItem(TICKS_OF, JSON.stringify([...ticked])); } catch { /* a full or closed store: until the page is left */ }
    count();
  });
  const count = () => {
    const told = document.querySelector("[data-ticked]"), bar = told?.closest(".take-bar");
    if (!bar) return;
    const boxes = [...document.querySelectorAll("#cards [name=proposal]")], n = boxes.filter((box) => box.checked).length;
    told.textContent = n;
    bar.querySelector("button").disabled = n === 0;
    for (const one of bar.querySelectorAll("[data-some]")) one.hidden = n === 0;
    bar.querySelector("[data-none]").hidden = n > 0;
    bar.querySelector("[data-unticked]").hidden = n === 0 || n === boxes.length;
  };

  // A later look takes the place of an earlier one that is still under way; what changes something is waited for.
  let posting = false;
  document.addEventListener("htmx:confirm", (event) => {
    if (posting) event.preventDefault();
    else posting = event.detail.verb !== "get";
  });
  document.addEventListener("htmx:afterRequest", () => { posting = false; });

  // A page without the split view (somebody issued the draft, the log-in ran out) is opened as a page of its own.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "work") return;
    const { xhr } = event.detail;
    if (!xhr.responseText.includes('id="work"')) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.status < 300 ? xhr.responseURL : window.location.href);
    } else if (xhr.status >= 400) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  const show = (focus) => {
    const on = document.querySelector("[data-keys-on]");
    if (on) on.checked = allowed();
    document.documentElement.classList.add("has-script");
    for (const box of document.querySelectorAll("#cards [name=proposal]")) box.checked = ticked.get(box.value) ?? box.checked;
    count();
    light();
    // The chosen paragraph comes into sight by itself, and only as far as is needed.
    for (const link of work()?.querySelectorAll('a[href*="#p"]') ?? []) link.href = link.href.replace(/#p\d+$/, "");
    const chosen = work()?.querySelector(".paragraph[aria-current]");
    chosen?.scrollIntoView({ block: "nearest" });
    if (focus) arrive(chosen);
  };
  // A form is begun, a row is followed by the next one, and the whole is begun at its top, with what is to be done next.
  const NEXT = ["#proposals", '[data-key="r"]', '[data-key="g"]', '[data-key="n"]'];
  const arrive = (chosen) => {
    const row = document.querySelector(`#cards [name="seen-${returning}"]`)?.closest("tr")
      ?? (decided === null ? null : [...document.querySelectorAll("#cards tr")].at(decided));
    const wrong = document.querySelector('#beside [aria-invalid="true"]')
      ?? document.querySelector("#beside [autofocus]:not(#id_lead)")
      ?? document.querySelector("#beside [data-search-select]");
    decided = returning = null;
    if (row) { row.querySelector("input:not([type=hidden]), a").focus(); inSight(row); }
    else if (wrong) wrong.focus();
    else if (chosen) chosen.querySelector(".paragraph-margin").focus({ preventScroll: true });
    else {
      window.scrollTo(0, work().getBoundingClientRect().top + window.scrollY);
      NEXT.map((one) => work().querySelector(one)).find(Boolean)?.focus({ preventScroll: true });
    }
    const notes = [...work().querySelectorAll('[role="status"] > .note')];
    const unseen = notes.filter((note) => note.getBoundingClientRect().bottom <= 0);
    say(unseen.map((note) => note.textContent.trim()).join(" "));
  };
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target?.id === "work") show(true); });
  show(false);
})();
