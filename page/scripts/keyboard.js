// The page by keyboard: focus in the question box, ways past what repeats, arrows between tabs, `/` and Esc.
{
  const field = () => document.querySelector("#question textarea");
  const tabs = () => [...document.querySelectorAll("#tabs [role=tab]")];
  const types = (element) => element?.closest?.("input, textarea, select, [contenteditable=true]");

  const toQuestion = () => {
    if (!field()?.checkVisibility()) document.getElementById("tab-ask-button").click();
    requestAnimationFrame(() => field()?.focus());
  };
  const toAnswer = () => {
    document.getElementById("tab-ask-button").click();
    const answer = [...document.querySelectorAll("#chat .az-answer")].pop();
    if (!answer) return;
    answer.tabIndex = -1;
    requestAnimationFrame(() => answer.focus());
  };
  document.addEventListener("click", (event) => {
    const skip = event.target.closest?.(".az-skip");
    if (!skip) return;
    event.preventDefault();
    (skip.hash === "#question" ? toQuestion : toAnswer)();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "/" && !types(event.target)) {
      event.preventDefault();
      toQuestion();
    }
    if (event.key === "Escape") {
      if (document.body.classList.contains("az-busy")) document.getElementById("stop").click();
      else if (event.target === field()) field().blur();
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || event.target.role !== "tab") return;
    event.preventDefault();
    const all = tabs();
    const next = all.indexOf(event.target) + step;
    const tab = Number.isFinite(next) ? all.at(next % all.length) : all.at(step > 0 ? -1 : 0);
    tab.focus();
    tab.click();
  });

  // Of the tabs only the one that is open is a stop of the Tab key; the page's title is that of this one.
  const settled = () => {
    for (const tab of tabs()) tab.tabIndex = tab.ariaSelected === "true" ? 0 : -1;
    window.atazan.titled();
  };
  window.addEventListener("atazan-opened", () => {
    settled();
    new MutationObserver(settled).observe(document.querySelector("#tabs [role=tablist]"), {
      subtree: true, childList: true, characterData: true, attributeFilter: ["aria-selected"],
    });
    // On a touch screen its keyboard would come up and hide the page.
    const ask = window.atazan.tabOf(location.search) === "ask" && document.activeElement === document.body;
    if (ask && matchMedia("(hover: hover) and (pointer: fine)").matches) field()?.focus({ preventScroll: true });
  }, { once: true });
}
