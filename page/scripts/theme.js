// The theme chosen before wins over the system's; Gradio decides first, so this waits for it.
const chosen = window.atazanOpening.kept("atazan-theme");
if (chosen) {
  const settle = () => document.body?.classList.toggle("dark", chosen === "dark");
  [0, 200, 600, 1500].forEach((delay) => setTimeout(settle, delay));
}
