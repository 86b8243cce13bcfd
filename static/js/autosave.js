// An answer is kept as soon as it is chosen; the button saves the same without a script.
const WAIT = 800;
const PATIENCE = 10_000;

export function saveAnswers() {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  form.classList.add("is-live");
  const said = document.querySelector("[data-saved]");
  let timer = 0;
  let waiting = 0;
  let isLost = false;
  let order = Promise.resolve();

  const say = (text, isRefused) => {
    said.classList.toggle("is-refused", isRefused);
    said.textContent = text;
  };
  const save = async () => {
    if (form.dataset.sent) return; // The button saves it.
    const choice = form.elements.choice.value;
    const comment = form.elements.comment.value.trim();
    if (!choice) return;
    if (choice === "accept_partly" && !comment) return say(form.dataset.unfinished, true);
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => null);
    const told = answer && (await answer.json().catch(() => null));
    isLost = !told;
    if (!told) return say(form.dataset.unsaved, true);
    say(told.saved_at ? `${form.dataset.autosave} · ${told.saved_at}` : told.refused, !answer.ok);
    if (told.seen !== undefined) form.elements.seen.value = told.seen;
  };
  // One after the other: each brings the number that the next one needs.
  const queue = () => {
    waiting += 1;
    order = order.then(save).finally(() => (waiting -= 1));
  };
  form.addEventListener("change", queue);
  form.elements.comment.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(queue, WAIT);
  });
  addEventListener("online", () => isLost && queue());
  // The button waits for what is on its way, or its own answer would seem another device's.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      // The browser's page about the network would take what was typed along.
      event.preventDefault();
      event.stopPropagation();
      isLost = true;
      say(form.dataset.unsaved, true);
      return said.scrollIntoView({ block: "center" });
    }
    if (!waiting || form.dataset.sent) return;
    event.preventDefault();
    order.then(() => form.submit());
  });
}
