// What was not right is asked under the answer itself; what will be kept is shown before it is sent.
const turnOf = (button) => Number([...button.classList].find((mark) => mark.startsWith("turn-")).slice(5));
const wrongOf = (turn) => document.querySelector(`.az-verdict.wrong.turn-${turn}`);
const verdictsOf = (turn) => wrongOf(turn).closest(".az-actions").querySelectorAll(".az-verdict");
const formOf = (turn) => document.querySelector(`form.az-judging[data-turn="${turn}"]`);

// The fields that the server will write; those without a value are left out.
function fillForm(form) {
  const turn = Number(form.dataset.turn);
  const kept = JSON.parse(wrongOf(turn).nextElementSibling.textContent);
  const chosen = form.querySelector("[name=reason]:checked");
  const values = {
    verdict: wrongOf(turn).textContent,
    reason: chosen?.parentElement.textContent.trim(),
    said: form.elements.words.value.trim(),
    language: kept.language,
    abstained: kept.abstained,
    citations: kept.citations.join("\n"),
    fingerprint: kept.fingerprint,
    question: form.elements.consent.checked ? kept.question : "",
  };
  for (const row of form.querySelectorAll("[data-field]")) {
    row.hidden = !values[row.dataset.field];
    row.lastElementChild.textContent = values[row.dataset.field] ?? "";
  }
}

function openForm(button) {
  const turn = turnOf(button);
  if (formOf(turn)) return closeForm(formOf(turn));
  const blank = document.querySelector(`#judging template[lang="${document.documentElement.lang}"]`);
  const form = blank.content.firstElementChild.cloneNode(true);
  form.dataset.turn = turn;
  form.elements.consent.checked = document.querySelector("#consent input")?.checked ?? false;
  button.closest(".az-actions").after(form);
  button.setAttribute("aria-expanded", "true");
  fillForm(form);
  form.querySelector("[name=reason]").focus();
}

function closeForm(form) {
  const button = wrongOf(form.dataset.turn);
  form.remove();
  button?.removeAttribute("aria-expanded");
  button?.focus();
}

window.atazan.judged = ({ turn, kept, text }) => {
  const form = formOf(turn);
  const row = wrongOf(turn)?.closest(".az-actions");
  if (!kept && form) {
    form.querySelector(".az-send").disabled = false;
    form.querySelector(".az-judging-told").textContent = text;
    return;
  }
  if (!row) return;
  const told = document.createElement("p");
  told.className = "az-meta az-judged";
  told.setAttribute("role", "status");
  told.tabIndex = -1;
  told.textContent = text;
  row.after(told);
  form?.remove();
  verdictsOf(turn).forEach((button) => {
    button.disabled = kept;
    button.classList.toggle("az-done", kept && button.classList.contains(form ? "wrong" : "helpful"));
    button.removeAttribute("aria-expanded");
  });
  told.focus();
};

document.addEventListener("click", (event) => {
  const pressed = event.target instanceof Element ? event.target : null;
  const button = pressed?.closest(".az-verdict");
  if (button?.classList.contains("wrong")) openForm(button);
  else if (button) {
    const turn = turnOf(button);
    if (formOf(turn)) closeForm(formOf(turn));
    verdictsOf(turn).forEach((other) => (other.disabled = true));
    window.atazan.judge({ verdict: "helpful", turn });
  }
  const form = pressed?.closest(".az-cancel")?.closest("form.az-judging");
  if (form) closeForm(form);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form.az-judging");
  if (form) fillForm(form);
});
document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" ? event.target.closest?.("form.az-judging") : null;
  if (form) closeForm(form);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form.az-judging");
  if (!form) return;
  event.preventDefault();
  const told = form.querySelector(".az-judging-told");
  const reason = form.elements.reason.value;
  told.textContent = reason ? "" : told.dataset.choose;
  if (!reason) return form.querySelector("[name=reason]").focus();
  form.querySelector(".az-send").disabled = true;
  const { words, consent } = form.elements;
  window.atazan.judge({ verdict: "wrong", turn: Number(form.dataset.turn), reason, words: words.value, consent: consent.checked });
});
