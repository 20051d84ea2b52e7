// The contents: folded on a phone; in a whole document they follow what is read.
const LINE = 120; // pixels from the top: the article that crosses this line is read (styles/reader.css scrolls it there)
const SETTLED = 250; // milliseconds without scrolling on
let following = null;
let reading = null; // the article read in a whole document
let unfolded = null; // the section that following opened
let addressing = null;

window.atazan.follow = () => {
  following?.disconnect();
  reading = null;
  const parts = document.querySelectorAll("#article .az-part");
  if (!parts.length) return;
  following = new IntersectionObserver(
    (entries) => {
      const there = entries.filter((entry) => entry.isIntersecting).pop();
      if (!there) return;
      reading = there.target.dataset.article;
      window.atazan.current();
      clearTimeout(addressing);
      addressing = setTimeout(followed, SETTLED);
    },
    { rootMargin: `-${LINE}px 0px -${Math.max(0, window.innerHeight - LINE - 1)}px 0px` },
  );
  parts.forEach((part) => following.observe(part));
};
window.addEventListener("resize", () => window.atazan.follow());

// Mark the article that is read.
window.atazan.current = () => {
  const list = document.querySelector("#contents .az-contents-list");
  if (!list) return;
  if (reading && document.querySelector("#article .az-whole")) {
    const entry = list.querySelector(`li[data-article="${CSS.escape(reading)}"]`);
    const before = list.querySelector("li[aria-current]");
    if (entry && entry !== before) {
      before?.removeAttribute("aria-current");
      entry.setAttribute("aria-current", "page");
      const section = entry.closest("details");
      if (unfolded && unfolded !== section) unfolded.open = false;
      if (section && !section.open) (unfolded = section).open = true;
      const column = list.closest(".az-reader-contents");
      column.scrollTop += entry.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
      const single = new URL(document.querySelector("#contents .az-mode").href);
      single.searchParams.set("art", reading);
      document.querySelector("#contents .az-mode").setAttribute("href", single.search);
    }
  }
  const now = document.querySelector("#contents .az-now");
  const label = list.querySelector("li[aria-current]")?.dataset.label ?? "";
  if (now.textContent !== label) now.textContent = label;
};

// The address follows the article read, unless it names a paragraph of it.
function followed() {
  const eid = articleEid(reading ?? "");
  const isThere = location.hash === `#${eid}` || location.hash.startsWith(`#${eid}__`);
  const isBegun = location.hash || window.scrollY > LINE;
  if (!eid || isThere || !isBegun || !reader.drawn || textOf(location.search) !== textOf(reader.drawn)) return;
  history.replaceState({}, "", `${location.search}#${eid}`);
}

document.addEventListener("click", (event) => {
  const fold = event.target.closest?.(".az-fold");
  if (fold) fold.setAttribute("aria-expanded", fold.getAttribute("aria-expanded") !== "true");
  else if (event.target.closest?.(".az-contents-list a"))
    document.querySelector("#contents .az-fold").setAttribute("aria-expanded", false);
});
