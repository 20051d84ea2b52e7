// What the page does in the browser: open provisions, copy, save, print, judge, light and dark.
window.atazan = {
  tell: () => {},
  language(code) {
    document.documentElement.lang = code;
  },
  picked: null, // the language chosen by hand since the page was opened
  pick(code) {
    window.atazan.picked = code;
    const params = new URLSearchParams(location.search);
    if (!params.has("lang")) return;
    params.set("lang", code); // what was chosen by hand outlives the address that was followed
    history.replaceState({}, "", `?${params}`);
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
  answered() {
    window.atazan.busy(false);
    window.atazan.show();
  },
  busy(is) {
    document.body.classList.toggle("az-busy", is);
  },
  // The address of what is shown, without loading it anew.
  at(search) {
    if (search !== location.search) history.pushState({}, "", search === "?" ? location.pathname : search);
  },
  titled() {
    const tab = document.querySelector("#tabs [role=tab][aria-selected=true]")?.textContent.trim();
    const name = window.atazan.tabOf(location.search);
    document.title = name === "ask" || !tab ? "Atazan" : `${tab} · Atazan`;
  },
  arrived: false, // until then tabs are opened by the address, not by the visitor
  tab(name) {
    if (window.atazan.arrived && window.atazan.tabOf(location.search) !== name) window.atazan.at(name === "ask" ? "?" : `?tab=${name}`);
  },
  tabOf(search) {
    const params = new URLSearchParams(search);
    return params.has("doc") ? "read" : params.has("topic") ? "topics" : (params.get("tab") ?? "ask");
  },
  // The question just asked, or another of the conversation, at the top, its answer below it.
  show(question) {
    const all = [...document.querySelectorAll("#chat .az-plain")];
    const asked = (question && all.findLast((other) => other.textContent === question)) ?? all.pop();
    if (!asked || window.atazan.tabOf(location.search) !== "ask") return;
    const log = asked.closest('[role="log"]');
    if (log) log.scrollTop += asked.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
    window.scrollTo({ top: window.scrollY + asked.getBoundingClientRect().top - 12 });
    const text = asked.textContent;
    // A long story makes no address that anybody could pass on.
    if (question === undefined) window.atazan.at(text.length <= 300 ? `?${new URLSearchParams({ q: text })}` : "?");
  },
  open(search) {
    const params = new URLSearchParams(search);
    const topic = params.get("topic");
    const tab = window.atazan.tabOf(search);
    if (topic) window.atazan.tell({ topic });
    else if (params.has("doc")) {
      // What stood there before may be drawn once more first.
      window.atazan.awaited = params.get("art") && [params.get("doc"), params.get("art")].join();
      window.atazan.tell({ doc: params.get("doc"), art: params.get("art") ?? "" });
    }
    else window.atazan.tell({ tab });
    if (tab === "ask") setTimeout(() => window.atazan.show(params.get("q") ?? ""), 300);
    else window.scrollTo({ top: 0 });
  },
  // Put a text into a field as if it were typed.
  type(selector, text) {
    const field = document.querySelector(selector);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return field;
  },
  async share(text, button) {
    const url = location.href;
    if (!navigator.share) return window.atazan.copy(`${text}\n\n${url}`, button);
    try {
      await navigator.share({ title: document.title, text, url });
    } catch (error) {
      if (error.name !== "AbortError") window.atazan.copy(`${text}\n\n${url}`, button);
    }
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
  const given = button.nextElementSibling?.textContent ?? "";
  if (marks.contains("az-share")) window.atazan.share(given, button);
  if (marks.contains("az-edit")) window.atazan.type("#question textarea", given).focus();
  if (marks.contains("az-alone")) window.atazan.type("#alone textarea, #alone input", given);
  if (marks.contains("az-print")) window.print();
  if (marks.contains("az-verdict")) {
    const turn = Number([...marks].find((mark) => mark.startsWith("turn-")).slice(5));
    window.atazan.tell({ verdict: marks.contains("helpful") ? "helpful" : "wrong", turn });
    button.parentElement.querySelectorAll(".az-verdict").forEach((other) => (other.disabled = true));
    marks.add("az-done");
  }
});
// All that is folded is printed open, and folded again afterwards.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".az-answer details:not([open]):not(.az-how), .az-article details:not([open])")];
  folded.forEach((part) => (part.open = true));
});
window.addEventListener("afterprint", () => folded.forEach((part) => (part.open = false)));
window.addEventListener("popstate", () => window.atazan.open(location.search));

// The theme chosen before wins over the system's; Gradio decides first, so this waits for it.
const chosen = localStorage.getItem("atazan-theme");
if (chosen) {
  const settle = () => document.body?.classList.toggle("dark", chosen === "dark");
  [0, 200, 600, 1500].forEach((delay) => setTimeout(settle, delay));
}

setInterval(window.atazan.titled, 1000); // tabs, language and address change in many ways

// The address follows the article read: its own link stands under it.
let read = null;
new MutationObserver((changes) => {
  if (!changes.some((change) => change.target.closest?.("#article"))) return;
  const own = [...document.querySelectorAll("#article .az-copied")].map((text) => text.textContent);
  const address = own.find((text) => text.startsWith("?doc="));
  if (!address || address === read) return;
  read = address;
  const shown = new URLSearchParams(address);
  const awaited = window.atazan.awaited;
  if (awaited && awaited !== [shown.get("doc"), shown.get("art")].join()) return;
  window.atazan.awaited = null;
  if (window.atazan.tabOf(location.search) === "read") history.replaceState({}, "", address);
}).observe(document.documentElement, { childList: true, subtree: true });
