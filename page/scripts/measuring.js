// A data set that is too large is refused before it is sent.
window.addEventListener(
  "change",
  (event) => {
    const field = event.target;
    if (!field.matches("input[type=file]:has(+ #dataset)")) return;
    const told = document.querySelector("#dataset-refused");
    const large = [...field.files].find((file) => file.size > Number(told.dataset.most));
    told.textContent = large ? told.dataset.sentence.replace("{name}", large.name) : "";
    if (!large) return;
    event.stopImmediatePropagation();
    field.value = "";
  },
  { capture: true },
);
// A measured question is asked beside its report, which stays.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.az-ask-it") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState({}, "", link.getAttribute("href"));
  window.atazan.open(location.search);
  window.atazan.type("#alone textarea, #alone input", new URLSearchParams(location.search).get("q"));
});
