// The style that was cited in last is shown first the next time.
document.documentElement.dataset.cite = window.atazanOpening.kept("atazan-cite") ?? "legal";
document.addEventListener("click", (event) => {
  const style = event.target.closest?.(".az-style")?.className.match(/az-in-(\w+)/)?.[1];
  if (!style || !event.target.closest("button")) return;
  document.documentElement.dataset.cite = style;
  window.atazanOpening.keep("atazan-cite", style);
});
