// While a question is being answered, another is not asked.
const asks = (event) =>
  event.target.closest?.(event.type === "click" ? "#question button, .az-examples button" : "#question textarea");
for (const kind of ["click", "keydown"]) {
  const hold = (event) => {
    const meant = event.type === "click" || (event.key === "Enter" && !event.shiftKey);
    if (meant && document.body.classList.contains("az-busy") && asks(event)) event.stopImmediatePropagation();
  };
  window.addEventListener(kind, hold, { capture: true });
}

// Ask a text in the tab to ask in, as if it were typed there; while another is answered it waits in its box.
window.atazan.ask = (text) => {
  window.atazan.at(`?${new URLSearchParams({ q: text })}`);
  window.atazan.turn("ask");
  window.atazan.type("#question textarea", text);
  setTimeout(() => document.querySelector("#question .submit-button")?.click(), 100);
};
