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
