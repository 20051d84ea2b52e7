window.addEventListener("popstate", () => window.atazan.open(location.search));

// The address follows the article read: its own link stands under it.
let read = null;
new MutationObserver((changes) => {
  if (!changes.some((change) => change.target.closest?.("#article"))) return;
  const own = [...document.querySelectorAll("#article .az-copied")].map((text) => text.textContent);
  const address = own.find((text) => text.startsWith("?doc="));
  if (!address || address === read) return;
  read = address;
  const shown = new URLSearchParams(address);
  const awaited = window.atazan.awaited;
  if (awaited && awaited !== [shown.get("doc"), shown.get("art")].join()) return;
  window.atazan.awaited = null;
  if (window.atazan.tabOf(location.search) === "read") history.replaceState({}, "", address);
}).observe(document.documentElement, { childList: true, subtree: true });
