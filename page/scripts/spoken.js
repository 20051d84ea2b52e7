// An answer is announced once, when it is whole: that it is there, and how it begins.
window.atazan.announce = () => {
  const said = [...document.querySelectorAll("#chat .message-content")].pop();
  const answer = said?.querySelector(".az-answer");
  if (!answer) return; // what else is told announces itself
  const begins = answer.querySelector(".az-abstained p, .az-prose p, .az-words, blockquote")?.firstChild.textContent ?? "";
  const announced = document.getElementById("announced");
  announced.textContent = "";
  announced.lang = document.documentElement.lang; // it may still stand there when another is chosen
  setTimeout(() => (announced.textContent = `${window.atazanOpening.say("answered")} ${begins}`), 100);
};
