// All that is folded is printed open, and folded again afterwards.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".az-answer details:not([open]):not(.az-how), .az-article details:not([open])")];
  folded.forEach((part) => (part.open = true));
});
window.addEventListener("afterprint", () => folded.forEach((part) => (part.open = false)));
