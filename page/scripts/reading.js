// The reader: the address follows what is read, and the paragraph of the address is scrolled to and marked.
const reader = {
  drawn: null, // the address of the text that is there
  waiting: 0, // the timer that ends the wait for it
  awaited: null, // the text asked for; what stood there before may be drawn once more first
  arriving: true, // whether the next text is shown from its beginning, or from its paragraph
  pressed: false, // whether the visitor asked for it, since the page was opened
};

// What of an address decides which text is drawn.
const textOf = (search) => {
  const params = new URLSearchParams(search.split("#")[0]);
  return ["doc", "art", "whole", "find"].map((name) => params.get(name) ?? "").join("\n");
};
const articleEid = (number) => (/^\d/.test(number) ? `art_${number}` : number);

window.atazan.read = (search) => {
  reader.arriving = reader.pressed = true;
  if (!reader.awaited && reader.drawn && textOf(search) === textOf(reader.drawn)) {
    // What is there is not drawn anew: a long text would come after one that is asked for meanwhile.
    window.atazan.turn("read");
    return settleReader();
  }
  const params = new URLSearchParams(search);
  reader.awaited = params.get("art") || params.get("whole") ? textOf(search) : null;
  // Nothing of the text before may be read, or pressed, for the one asked for; unless that never comes.
  document.body.classList.toggle("az-awaiting", Boolean(reader.awaited));
  clearTimeout(reader.waiting);
  reader.waiting = setTimeout(() => document.body.classList.remove("az-awaiting"), 10_000);
  window.atazan.turn("read");
  window.atazan.tell(Object.fromEntries(params));
};

// The part of the text that the address names.
function namedPart() {
  const params = new URLSearchParams(location.search);
  const article = articleEid(params.get("art") ?? "");
  const paragraph = params.get("para");
  const names = location.hash ? [decodeURIComponent(location.hash.slice(1))] : [];
  if (paragraph) names.push(...["", "para_", "point_"].map((unit) => `${article}__${unit}${paragraph}`));
  const parts = [...document.querySelectorAll("#article section")];
  const named = (name) => parts.find((part) => part.id === name || articleEid(part.dataset.article ?? "") === name);
  return names.filter(Boolean).map(named).find(Boolean);
}

function markPart() {
  document.querySelectorAll("#article .az-here").forEach((part) => part.classList.remove("az-here"));
  const part = namedPart();
  part?.classList.add("az-here");
  return part;
}

// Mark the paragraph of the address and scroll to it, when the tab is there to be seen.
function settleReader(left = 60) {
  const part = markPart();
  if (!document.querySelector("#article")?.offsetParent) {
    if (left) setTimeout(() => settleReader(left - 1), 50);
    return;
  }
  if (part) {
    part.scrollIntoView();
    if (reader.pressed) part.querySelector(".az-para")?.focus({ preventScroll: true });
  } else if (reader.arriving) window.scrollTo({ top: 0 });
  reader.arriving = false;
}

function textDrawn() {
  const own = document.querySelector("#article [data-address]")?.dataset.address;
  const before = reader.drawn;
  reader.drawn = own ?? null;
  if (own && reader.awaited && reader.awaited !== textOf(own)) return;
  reader.awaited = null;
  document.body.classList.remove("az-awaiting");
  if (!own || window.atazan.tabOf(location.search) !== "read") return;
  const isSame = textOf(location.search) === textOf(own);
  if (isSame) {
    const params = new URLSearchParams(location.search);
    params.set("lang", new URLSearchParams(own).get("lang"));
    history.replaceState({}, "", `?${params}${location.hash}`);
  } else if (before && textOf(before) === textOf(location.search)) {
    window.atazan.at(own); // another document was chosen
    reader.arriving = true;
  } else history.replaceState({}, "", own);
  if (before !== own || reader.arriving) settleReader();
  else markPart();
}

new MutationObserver((changes) => {
  const changed = (place) => changes.some((change) => change.target.closest?.(place));
  if (changed("#article")) {
    textDrawn();
    window.atazan.follow();
  }
  if (changed("#contents")) window.atazan.current();
  // Where the new text is built like the one before, Gradio changes words and attributes alone.
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-address"] });

// A hit opens in the text; the list of hits is folded, a press away.
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".az-found a")) event.target.closest("details")?.removeAttribute("open");
});
