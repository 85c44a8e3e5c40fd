// The ways in and out of a draft: a file that was chosen or dropped is read at once, and Ctrl+Enter presses the page's main
// button. Both work without it, with the button itself.
(() => {
  "use strict";
  const main = () => document.querySelector("[data-main]:not(:disabled)");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !main()) return;
    event.preventDefault();
    main().click();
  });

  // What still has to be chosen is asked for first; a file that is too large was named beside its field by then.
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-read-at-once]");
    if (!field?.files.length) return;
    const lacking = [...field.form.querySelectorAll("select[required]")].find((one) => !one.value);
    if (lacking) { lacking.focus(); return; }
    if (field.getAttribute("aria-invalid") !== "true") field.form.requestSubmit(main());
  });
  document.documentElement.classList.add("has-script");
})();
