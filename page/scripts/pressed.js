document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("a[href^='?doc='], a[href^='?topic='], a[href^='?tab=']");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (link.closest("#chat")) window.atazan.followed = { link, from: location.search };
    history.pushState({}, "", link.getAttribute("href"));
    window.atazan.open(location.search);
    return;
  }
  const button = target?.closest("button.az-act");
  if (!button) return;
  const marks = button.classList;
  if (marks.contains("az-copy")) {
    const text = button.nextElementSibling.textContent;
    window.atazan.copy(text.replace(/^\?(?=\w+=)/gm, `${location.origin}${location.pathname}?`), button);
  }
  const given = button.nextElementSibling?.textContent ?? "";
  if (marks.contains("az-share")) window.atazan.share(given, button);
  if (marks.contains("az-edit")) window.atazan.type("#question textarea", given).focus();
  if (marks.contains("az-ask-this")) window.atazan.ask(given);
  const busy = document.body.classList.contains("az-busy"); // while a question is answered, another is not asked
  if ((marks.contains("az-alone") || marks.contains("az-ask")) && !busy) window.atazan.type("#alone textarea, #alone input", given);
  if (marks.contains("az-print")) window.print();
});
