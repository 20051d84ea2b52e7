// The letters that a Russian keyboard lacks, under the question box of a Kazakh page.
{
  const LETTERS = [..."әғқңөұүһі"];
  const put = (letter) => {
    const field = document.querySelector("#question textarea");
    const begins = /(^|[.!?]\s+)$/.test(field.value.slice(0, field.selectionStart));
    field.setRangeText(begins ? letter.toLocaleUpperCase("kk") : letter, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.addEventListener("atazan-opened", () => {
    const row = document.createElement("div");
    row.id = "letters";
    row.lang = "kk";
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", window.atazanWords.kk.letters);
    row.append(...LETTERS.map((letter, place) => {
      const key = document.createElement("button");
      key.type = "button";
      key.textContent = letter;
      key.tabIndex = place ? -1 : 0; // one stop of the Tab key, arrows within
      key.addEventListener("pointerdown", (event) => event.preventDefault()); // the cursor stays in the box
      key.addEventListener("click", () => put(letter));
      return key;
    }));
    row.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      const keys = [...row.children];
      const next = keys.at((keys.indexOf(document.activeElement) + step) % keys.length);
      keys.forEach((key) => (key.tabIndex = key === next ? 0 : -1));
      next.focus();
    });
    document.querySelector(".form:has(> #question)").append(row);
  }, { once: true });
}
