// What is folded is printed open, and folded again afterwards; of the whole table of changes only what the visitor
// unfolded. At the foot of each page stand the address, the day and the page's number.
const FOLDED = [
  ".az-answer details:not([open], .az-how, .az-cite)",
  ".az-article details:not([open], .az-cite, .az-changes:not(.az-filtered) *)",
].join();
const foot = document.createElement("style");
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(FOLDED)];
  folded.forEach((part) => (part.open = true));
  const page = location.origin + location.pathname;
  const asked = [...new URLSearchParams(location.search)].map((pair) => pair.join("=")).join("&");
  const whole = asked ? `${page}?${asked}` : page;
  const address = JSON.stringify(whole.length > 90 ? page : whole);
  const day = new Date().toLocaleDateString("ru"); // in figures: browsers have no names of months in Kazakh
  foot.textContent = `@page { @bottom-left { content: ${address}; } @bottom-right { content: "${day} · " counter(page) " / " counter(pages); } }`;
  document.head.append(foot);
});
window.addEventListener("afterprint", () => folded.forEach((part) => (part.open = false)));
