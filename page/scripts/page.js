// What the page does in the browser: open provisions, copy, save, print, judge, light and dark.
window.atazan = {
  tell: () => {},
  language(code) {
    window.atazanOpening.language(code);
    window.atazanOpening.translate();
  },
  // The page stands in its language: it may be seen.
  opened() {
    document.documentElement.classList.remove("az-opening");
    window.dispatchEvent(new Event("atazan-opened"));
  },
  settled(code) {
    const settled = window.atazan.picked ?? code;
    if (settled === code) window.atazan.opened(); // its words came with the arrival
    return settled;
  },
  picked: null, // the language chosen by hand since the page was opened
  pick(code) {
    window.atazan.picked = code;
    window.atazanOpening.keep("atazan-chosen", code); // for opening.js, before the page is there
    const params = new URLSearchParams(location.search);
    if (!params.has("lang")) return;
    params.set("lang", code); // what was chosen by hand outlives the address that was followed
    history.replaceState({}, "", `?${params}`);
  },
  theme() {
    const dark = document.body.classList.toggle("dark");
    window.atazanOpening.keep("atazan-theme", dark ? "dark" : "light");
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
    window.atazan.announce();
  },
  busy(is) {
    document.body.classList.toggle("az-busy", is);
    for (const button of document.querySelectorAll("#question button")) button.disabled = is;
  },
  // What was asked stands there, and something moves, until the server has said its first.
  asked(question) {
    window.atazan.busy(true);
    const said = () => document.querySelectorAll("#chat .az-plain").length;
    const before = said();
    if (!question?.trim()) return;
    const waiting = document.createElement("div");
    waiting.className = "az-asked";
    waiting.setAttribute("role", "status");
    waiting.textContent = question;
    document.querySelector("#chat").after(waiting);
    waiting.scrollIntoView({ block: "nearest" });
    // A touch screen's own keyboard goes, or it would hide the answer.
    if (!matchMedia("(hover: hover) and (pointer: fine)").matches) document.activeElement?.blur();
    const look = () => {
      const over = said() !== before || !document.body.classList.contains("az-busy");
      if (over) waiting.remove();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },
  // The address of what is shown, without loading it anew.
  at(search) {
    if (search !== location.search) history.pushState({}, "", search === "?" ? location.pathname : search);
  },
  titled() {
    const tab = document.querySelector("#tabs [role=tab][aria-selected=true]");
    document.title = !tab || tab.dataset.tabId === "ask" ? "Atazan" : `${tab.textContent.trim()} · Atazan`;
  },
  arrived: false, // until then tabs are opened by the address, not by the visitor
  tab(name) {
    if (!window.atazan.arrived || window.atazan.tabOf(location.search) === name) return;
    // A table that was filtered still is.
    const shown = document.querySelector(`[data-address^="?tab=${name}"]`)?.dataset.address;
    window.atazan.at(name === "ask" ? "?" : (shown ?? `?tab=${name}`));
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
  // To a tab, at once: what a far server said of the one before would come too late.
  turn(tab) {
    const button = document.getElementById(`tab-${tab}-button`) ?? document.getElementById("tab-ask-button");
    if (button?.getAttribute("aria-selected") !== "true") button?.click();
  },
  open(search) {
    const params = new URLSearchParams(search);
    const topic = params.get("topic");
    const tab = window.atazan.tabOf(search);
    if (params.has("doc")) return window.atazan.read(search);
    window.atazan.turn(tab);
    window.atazan.tell(topic ? { topic } : { tab, at: search });
    if (tab === "ask") window.atazan.back(params.get("q") ?? "");
    else window.scrollTo({ top: 0 });
  },
  followed: {}, // the link of an answer that was followed last, and from which address
  // Who comes back stands at the link that led away, or else at the question, as soon as the tab is there to be seen.
  back(question, left = 60) {
    if (window.atazan.tabOf(location.search) !== "ask") return;
    if (!document.querySelector("#question")?.checkVisibility()) {
      if (left) setTimeout(() => window.atazan.back(question, left - 1), 50);
      return;
    }
    window.atazan.show(question);
    const { link, from } = window.atazan.followed;
    if (from !== location.search || !link.checkVisibility()) return;
    link.scrollIntoView({ block: "center" });
    link.focus({ preventScroll: true });
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
window.addEventListener("popstate", () => window.atazan.open(location.search));
