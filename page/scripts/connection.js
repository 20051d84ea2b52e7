// Without network one line says so until it is back. Where another process answers then, or another server behind a
// proxy, it knows neither conversation nor documents: the page is loaded anew, as Gradio does when an answer breaks off,
// and what stands in the question box is kept over that. Who opens the page without network gets a page of ours
// (worker.js).
{
  const DRAFT = "atazan-draft";
  const field = () => document.querySelector("#question textarea");
  const LONGEST = 15000; // ms that the page stays covered once it is drawn: a server too busy must not hide it for ever
  setTimeout(() => document.querySelector("#tabs [role=tablist]") && window.atazan.opened(), LONGEST);
  const AGAIN = 2000; // ms between looks whether the server answers
  const line = () => document.getElementById("connection");
  let looking = null;
  const look = async () => {
    try {
      const { app_id } = await (await fetch("gradio_api/app_id", { cache: "no-store" })).json();
      if (app_id !== window.gradio_config.app_id) location.reload();
    } catch {
      line().hidden = false;
      looking = setTimeout(look, AGAIN);
      return;
    }
    looking = null;
    line().hidden = true;
  };
  const lost = () => {
    line().hidden = false;
    window.atazan.busy(false);
    looking ??= setTimeout(look, AGAIN);
  };
  // The stream by which the server knows that this page is open is listed here when it has ended.
  new PerformanceObserver((ended) => {
    if (ended.getEntries().some(({ name }) => name.includes("/gradio_api/heartbeat/"))) looking ??= setTimeout(look);
  }).observe({ type: "resource", buffered: true });
  window.addEventListener("offline", lost);
  window.addEventListener("atazan-lost", lost);
  window.addEventListener("online", () => looking && (clearTimeout(looking), look()));
  window.addEventListener("pagehide", () => field()?.value && sessionStorage.setItem(DRAFT, field().value));
  window.addEventListener("atazan-opened", () => {
    const draft = sessionStorage.getItem(DRAFT);
    sessionStorage.removeItem(DRAFT);
    if (draft && !field().value) window.atazan.type("#question textarea", draft);
  }, { once: true });
  navigator.serviceWorker?.register("atazan-offline.js").catch(() => {}); // a browser may forbid it
}
