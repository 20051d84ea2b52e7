// The address of what was looked up in the table of changes.
window.atazan.compared = (matter) => {
  const find = matter?.trim();
  window.atazan.at(`?${new URLSearchParams({ tab: "compare", ...(find && { find }) })}`);
};
// A row's texts come when it is first unfolded.
document.addEventListener(
  "toggle",
  (event) => {
    const row = event.target;
    const awaiting = row.open && row.matches?.(".az-change") && row.querySelector("[data-awaits]");
    if (awaiting) window.atazan.unfold(awaiting.dataset.awaits);
  },
  { capture: true },
);
new MutationObserver(() => {
  const came = document.querySelector("#changes-unfolded [data-of]");
  const awaiting = came && document.querySelector(`#changes [data-awaits="${came.dataset.of}"]`);
  if (!awaiting) return;
  awaiting.removeAttribute("data-awaits");
  awaiting.replaceChildren(...came.childNodes);
}).observe(document.documentElement, { childList: true, subtree: true });
