// A button that copies the field it names. Without JavaScript there is no button: the words can be marked and copied.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      button.querySelector("[role=status]").textContent = button.dataset.said;
    });
  }
})();
