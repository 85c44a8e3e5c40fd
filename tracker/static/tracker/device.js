// On a device that its user marked as own: the list that is seen is given to the service worker, and who reads is told
// when the network is away. A copy that is shown without network makes way for the page once it is back.
(() => {
  "use strict";
  const AGAIN = 3000;
  const away = document.getElementById("no-network");
  const said = () => { if (away) away.hidden = navigator.onLine; };
  window.addEventListener("offline", said);
  window.addEventListener("online", said);
  said();
  // What is written stays where it is; only whoever leaves may go, for the worker then wipes what is kept.
  window.addEventListener("submit", (event) => {
    if (navigator.onLine || !away || event.target.method !== "post" || event.target.matches("[data-leaves]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    away.scrollIntoView({ block: "center" });
    away.focus();
  }, true);

  const { workerUrl, aliveUrl } = document.body.dataset;
  const again = () => fetch(aliveUrl).then(() => location.reload(), () => setTimeout(again, AGAIN));
  if (aliveUrl) setTimeout(again, AGAIN);
  if (!workerUrl || !("serviceWorker" in navigator)) return;
  const keep = async () => {
    const list = document.querySelector("[data-copy]");
    if (!list) return;
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: list.dataset.copy + location.search });
  };
  navigator.serviceWorker.register(workerUrl, { scope: "/" }).then(keep, () => {});
  document.addEventListener("htmx:pushedIntoHistory", keep);
})();
