// Gradio's own words in the page's language. Its translations know no Kazakh and do not follow a change of language, so
// it is left to speak English, and what it says is put into words of ours as it appears.
{
  const opening = window.atazanOpening;
  Object.defineProperty(navigator, "language", { configurable: true, get: () => "en" });

  const WORDS = {
    "Error": "box_error", "Connection Lost": "box_error", "Info": "box_info", "Warning": "box_warning",
    "Success": "box_success", "Close": "close",
    "chatbot conversation": "conversation", "Loading": "loading", "Login": "login", "username": "username",
    "password": "password", "Incorrect Credentials": "wrong_login", "Incorrect credentials": "wrong_login",
  };
  const LOST = /^Connection (to the server was lost|errored)|^Lost connection|^Could not connect/i;
  const SENTENCES = [
    [/^Invalid file type/, "file_type"],
    [/exceeds? the maximum allowed size/, "file_size"],
    [/queue is full|currently busy/i, "queue_full"],
    [LOST, "offline_line"],
  ];
  const NAMES = ["aria-label", "title", "placeholder"];
  const NAMED = NAMES.map((name) => `[${name}]`).join();
  const TOLD = ".toast-message-text";
  const english = () => (window.gradio_config?.auth_required ? "gradio-app *" : ".toast-title");

  const translated = (english) => {
    const [, key] = SENTENCES.find(([pattern]) => pattern.test(english)) ?? [];
    // What is not known is not shown in English on a page that is not.
    if (!key) return opening.code === "en" || /[^\x00-\u024f\u2000-\u206f]/.test(english) ? english : opening.say("something_failed");
    return opening.say(key).replace("{megabytes}", english.match(/size of ([\d.]+)/)?.[1].replace(/\.0$/, "") ?? "");
  };
  const nameOf = (element) => {
    for (const name of NAMES) {
      const key = WORDS[element.getAttribute(name)];
      if (key) element.setAttribute(`data-say-${name}`, key);
      const kept = element.getAttribute(`data-say-${name}`);
      if (kept && element.getAttribute(name) !== opening.say(kept)) element.setAttribute(name, opening.say(kept));
    }
  };
  const textOf = (element) => {
    for (const text of element.childNodes) {
      const key = text.nodeType === Node.TEXT_NODE && WORDS[text.data.trim()];
      if (key) text.data = text.data.replace(text.data.trim(), opening.say(key));
    }
  };
  const toldIn = (element) => {
    if (element.dataset.told === element.textContent) return;
    if (LOST.test(element.textContent)) {
      element.dataset.lost = ""; // a line of our own says so (connection.js)
      window.dispatchEvent(new Event("atazan-lost"));
    }
    element.textContent = element.dataset.told = translated(element.textContent.trim());
  };
  const SPOKEN = "[data-testid=user][aria-label], [data-testid=bot][aria-label], #chat [role=log][aria-live=polite]";
  const speak = (element) => {
    // A message's name would be its whole HTML; its heading names it. An answer grows part by part and is announced
    // once, when it is whole.
    if (element.matches("[role=log]")) element.setAttribute("aria-live", "off");
    else element.removeAttribute("aria-label");
  };
  const each = (root, selector, work) => {
    if (root.matches(selector)) work(root);
    root.querySelectorAll(selector).forEach(work);
  };
  const ofOthers = (element) => !element?.isConnected || element.closest("[lang]:not(html), head");
  const translate = (root) => {
    if (ofOthers(root)) return;
    each(root, NAMED, nameOf);
    each(root, english(), textOf);
    each(root, TOLD, toldIn);
    each(root, SPOKEN, speak);
  };
  opening.translate = () => translate(document.body);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      if (ofOthers(element)) continue;
      if (type === "attributes") {
        nameOf(element);
        if (element.matches(SPOKEN)) speak(element);
        continue;
      }
      for (const added of addedNodes) if (added instanceof Element) translate(added);
      if (element.matches(english())) textOf(element);
      if (element.matches(TOLD)) toldIn(element);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: NAMES });
  window.addEventListener("error", (event) => {
    if (!["SCRIPT", "LINK"].includes(event.target?.tagName)) return;
    document.querySelector("#opening [data-say=opening]").dataset.say = "opening_failed";
    document.getElementById("opening-failed").hidden = false;
    opening.words();
  }, { capture: true });
}
