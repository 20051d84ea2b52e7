// What the page does in the browser: open provisions, copy, save, print, judge, light and dark.
window.atazan = {
  tell: () => {},
  language(code) {
    document.documentElement.lang = code;
  },
  picked: null, // the language chosen by hand since the page was opened
  pick(code) {
    window.atazan.picked = code;
  },
  theme() {
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("atazan-theme", dark ? "dark" : "light");
  },
  save(text, name) {
    const type = { html: "text/html", csv: "text/csv" }[name.split(".").pop()] ?? "text/markdown";
    if (!text) return;
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  },
  // The question just asked at the top of the conversation, its answer below it.
  show() {
    const asked = [...document.querySelectorAll("#chat .az-plain")].pop();
    const log = asked?.closest('[role="log"]');
    if (log) log.scrollTop += asked.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
  },
  open(search) {
    const params = new URLSearchParams(search);
    const topic = params.get("topic");
    window.atazan.tell(topic ? { topic } : { doc: params.get("doc"), art: params.get("art") });
    window.scrollTo({ top: 0 });
  },
  async copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure origin there is no clipboard: the old way still works.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.classList.add("az-done");
    setTimeout(() => button.classList.remove("az-done"), 1500);
  },
};

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("a[href^='?doc='], a[href^='?topic=']");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    window.atazan.open(location.search);
    return;
  }
  const button = target?.closest("button.az-act");
  if (!button) return;
  const marks = button.classList;
  if (marks.contains("az-copy")) {
    const text = button.nextElementSibling.textContent;
    window.atazan.copy(text.startsWith("?") ? location.origin + location.pathname + text : text, button);
  }
  if (marks.contains("az-print")) window.print();
  if (marks.contains("az-verdict")) {
    const turn = Number([...marks].find((mark) => mark.startsWith("turn-")).slice(5));
    window.atazan.tell({ verdict: marks.contains("helpful") ? "helpful" : "wrong", turn });
    button.parentElement.querySelectorAll(".az-verdict").forEach((other) => (other.disabled = true));
    marks.add("az-done");
  }
});
window.addEventListener("popstate", () => window.atazan.open(location.search));

// The theme chosen before wins over the system's; Gradio decides first, so this waits for it.
const chosen = localStorage.getItem("atazan-theme");
if (chosen) {
  const settle = () => document.body?.classList.toggle("dark", chosen === "dark");
  [0, 200, 600, 1500].forEach((delay) => setTimeout(settle, delay));
}
