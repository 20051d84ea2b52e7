// In the first HTML, before anything is drawn: the visitor's language, and our words until the page stands in it.
window.atazanOpening = {
  code: document.documentElement.lang,
  say(key) {
    return window.atazanWords[window.atazanOpening.code][key];
  },
  // Words into what is marked with their key.
  words() {
    for (const part of document.querySelectorAll("[data-say]")) part.textContent = window.atazanOpening.say(part.dataset.say);
  },
  language(code) {
    if (!(code in window.atazanWords)) return;
    window.atazanOpening.code = document.documentElement.lang = code;
    window.atazanOpening.words();
  },
  // Nothing of Gradio's is shown before it stands in the visitor's language, except its page to log in at.
  begin() {
    window.atazanOpening.words();
    const logsIn = window.gradio_config?.auth_required;
    document.documentElement.classList.toggle("az-opening", !logsIn);
  },
  // A browser may forbid a page to keep anything.
  kept(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  keep(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // It then holds for this visit.
    }
  },
};
{
  const { kept, language } = window.atazanOpening;
  const browsers = (navigator.languages ?? []).map((name) => name.slice(0, 2).toLowerCase());
  const known = (code) => code in window.atazanWords;
  const asked = new URLSearchParams(location.search).get("lang");
  language([asked, kept("atazan-chosen"), ...browsers].find((code) => code && known(code)) ?? "en");
  const theme = kept("atazan-theme");
  if (theme) document.documentElement.dataset.theme = theme;
}
