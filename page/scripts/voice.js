// A question may be spoken, where the browser can write down what it hears.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
if (Recognition) {
  const LOCALES = { kk: "kk-KZ", ru: "ru-RU", en: "en-US" };
  const ICON = '<svg aria-hidden="true" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/></svg>';
  const say = (key) => window.atazanOpening.say(key);
  let hearing = null;
  let button, told;

  const name = () => {
    const key = hearing ? "voice_stop" : "voice";
    for (const attribute of ["aria-label", "title"]) {
      button.setAttribute(`data-say-${attribute}`, key);
      button.setAttribute(attribute, say(key));
    }
    button.setAttribute("aria-pressed", String(Boolean(hearing)));
  };
  const listen = () => {
    if (hearing) return hearing.stop();
    const before = document.querySelector("#question textarea").value.trimEnd();
    hearing = new Recognition();
    hearing.lang = LOCALES[document.documentElement.lang];
    hearing.interimResults = true;
    hearing.onresult = (event) => {
      const heard = [...event.results].map((result) => result[0].transcript).join("");
      window.atazan.type("#question textarea", before ? `${before} ${heard}` : heard);
    };
    hearing.onerror = (event) => {
      if (!["no-speech", "aborted"].includes(event.error)) told.textContent = say("voice_failed");
    };
    hearing.onend = () => {
      hearing = null;
      name();
      document.querySelector("#question textarea").focus();
    };
    told.textContent = "";
    hearing.start();
    name();
  };
  window.addEventListener("atazan-opened", () => {
    button = document.createElement("button");
    button.type = "button";
    button.id = "voice";
    button.innerHTML = ICON;
    button.addEventListener("click", listen);
    name();
    document.querySelector("#question .input-container").append(button);
    told = document.createElement("p");
    told.id = "voice-told";
    told.setAttribute("role", "status");
    document.querySelector(".form:has(> #question)").append(told);
  }, { once: true });
}
