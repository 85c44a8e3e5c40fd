// Choosing bodies by typing: what is typed, with or without marks, narrows the boxes down, Enter takes the first; those
// that are ticked stand on top. Above a select the first body that fits is chosen. A day that is typed is a deadline, where
// none was chosen. Everything works without it.
(() => {
  "use strict";
  const known = new WeakMap();
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const said = (element) => {
    if (!known.has(element)) known.set(element, ` ${plain(element.textContent).trim()}`);
    return known.get(element);
  };
  const wordsOf = (field) => plain(field.value).split(/\s+/).filter(Boolean);
  const fits = (element, words) => words.every((word) => said(element).includes(` ${word}`));

  // Ticked ones stand on top, the others where they belong.
  const homes = new WeakMap();
  const settle = (label) => {
    const top = label.closest(".choose").querySelector(".chosen-boxes");
    const ticked = label.querySelector("input").checked;
    if (ticked && label.parentElement !== top) {
      homes.set(label, label.parentElement);
      label.hidden = false;
      top.append(label);
    } else if (!ticked && label.parentElement === top) homes.get(label).prepend(label);
  };

  const narrow = (field) => {
    const words = wordsOf(field);
    field.closest(".choose").querySelector(".all-bodies").open = words.length > 0;
    for (const kind of field.closest(".choose").querySelectorAll(".kind")) {
      let found = 0;
      for (const label of kind.querySelectorAll(".boxes label")) {
        label.hidden = !fits(label, words);
        if (!label.hidden) found += 1;
      }
      kind.hidden = found === 0;
      kind.open = words.length > 0 && found > 0;
    }
  };
  const choose = (field) => {
    const words = wordsOf(field);
    const select = document.getElementById(field.dataset.searchSelect);
    const found = words.length ? [...select.options].find((one) => one.value && fits(one, words)) : null;
    if (found) select.value = found.value;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-search-boxes]")) narrow(event.target);
    if (event.target.matches("[data-search-select]")) choose(event.target);
    const kind = document.getElementById(event.target.dataset.makesDated);
    if (kind && event.target.value && ["", "none"].includes(kind.value)) kind.value = "date";
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("[data-search-boxes], [data-search-select]");
    if (!field || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (field.matches("[data-search-select]")) { document.getElementById(field.dataset.searchSelect).focus(); return; }
    const first = wordsOf(field).length ? field.closest(".choose").querySelector(".kind:not([hidden]) label:not([hidden])") : null;
    if (!first) return;
    first.querySelector("input").checked = true;
    settle(first);
    field.value = "";
    narrow(field);
  });
  document.addEventListener("change", (event) => {
    const label = event.target.closest(".choose label");
    if (!label || event.target.type !== "checkbox") return;
    settle(label);
    label.closest(".choose").querySelector("[data-search-boxes]").focus();
  });

  const begin = () => {
    for (const set of document.querySelectorAll(".choose:not([data-begun])")) {
      set.dataset.begun = "yes";
      for (const box of set.querySelectorAll("details input:checked")) settle(box.closest("label"));
      for (const kind of set.querySelectorAll("details")) kind.open = false;
    }
  };
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
