// Documents of one's own: chosen or dropped anywhere, handed to the server one after another; the clause that is opened.
const waiting = [];
let handed = 0; // when the last was handed over and is not done yet, in milliseconds
const LONGEST = 120000; // a file that came to nothing holds up the next no longer
const hand = () => {
  const entrance = document.querySelector("input[type=file]:has(+ #entrance)");
  if (!waiting.length || !entrance || Date.now() - handed < LONGEST) return;
  handed = Date.now();
  const given = new DataTransfer();
  given.items.add(waiting.shift());
  entrance.files = given.files;
  entrance.dispatchEvent(new Event("change", { bubbles: true }));
};
const take = (files) => {
  const most = Number(document.querySelector("#drop-here [data-most]")?.dataset.most ?? Infinity);
  for (const file of files) waiting.push(file.size > most ? new File([file.slice(0, most)], file.name) : file);
  hand();
};
window.atazan.received = () => {
  handed = 0;
  hand();
  // What became of the file comes into sight.
  const told = [...document.querySelectorAll(".az-files li:last-child")].find((line) => line.checkVisibility());
  told?.scrollIntoView({ block: "nearest" });
};
document.addEventListener("change", (event) => {
  if (event.target.id !== "upload-files") return;
  take([...event.target.files]);
  event.target.value = ""; // the same file can be chosen again
});
const brings = (event) => event.dataTransfer?.types.includes("Files");
const over = (is) => document.body.classList.toggle("az-dropping", is);
window.addEventListener("dragover", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  over(true);
});
window.addEventListener("dragleave", (event) => event.relatedTarget ?? over(false));
window.addEventListener("drop", (event) => {
  over(false);
  if (!brings(event)) return;
  event.preventDefault();
  take([...event.dataTransfer.files]);
});
// The clause opened comes into sight.
window.atazan.clause = () => document.querySelector("#own-text [aria-current]")?.scrollIntoView({ block: "center" });
// When a document was added, by the visitor's own clock.
new MutationObserver(() => {
  for (const time of document.querySelectorAll("#held time:not([title])")) {
    const added = new Date(time.dateTime);
    time.title = added.toLocaleString(document.documentElement.lang);
    time.textContent = added.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }
}).observe(document.documentElement, { childList: true, subtree: true });
