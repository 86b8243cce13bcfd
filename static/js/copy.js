// Copies plain words: a list that stands on the page, or a text from an address of this site.
function say(button, text) {
  const place = button.parentElement.querySelector("[role=status]");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

function listed(button) {
  if (button.dataset.copyText) return button.dataset.copyText;
  const items = button.closest("[data-copy-source]").querySelectorAll("[data-copy-item]");
  return [...items].map((item) => item.textContent.trim()).join(", ");
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

// Safari lets a text that is still on its way be copied only as a promise.
function write(text) {
  if (!window.ClipboardItem) return text.then((words) => navigator.clipboard.writeText(words));
  const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

async function copy(button) {
  const { copyFrom, said } = button.dataset;
  try {
    await write(copyFrom ? fetched(copyFrom) : Promise.resolve(listed(button)));
    say(button, said);
  } catch {
    if (copyFrom) location.assign(copyFrom);
  }
}

export function makeCopyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.closest(".needs-script").hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
