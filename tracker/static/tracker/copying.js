// A button that copies the field it names. Without JavaScript there is no button: the words can be marked and copied.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      button.querySelector("span").textContent = button.dataset.said;
      document.getElementById(`${button.dataset.copies}-copied`).textContent = button.dataset.said;
    });
  }
})();
