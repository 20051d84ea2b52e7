window.addEventListener("popstate", () => window.atazan.open(location.search));
setInterval(window.atazan.titled, 1000); // tabs, language and address change in many ways
