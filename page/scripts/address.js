window.addEventListener("popstate", () => window.atazan.open(location.search));
