// An answer is kept as soon as it is chosen; the button saves the same without a script.
const WAIT = 800;

export function saveAnswers() {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  form.classList.add("is-live");
  const said = document.querySelector("[data-saved]");
  let timer = 0;
  let order = Promise.resolve();

  const save = async () => {
    const choice = form.elements.choice.value;
    const comment = form.elements.comment.value.trim();
    if (!choice || (choice === "accept_partly" && !comment)) return;
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    }).catch(() => null);
    const told = answer && (await answer.json().catch(() => null));
    if (!told) return;
    said.classList.toggle("is-refused", !answer.ok);
    said.textContent = told.saved_at ? `${form.dataset.autosave} · ${told.saved_at}` : told.refused;
    if (told.seen !== undefined) form.elements.seen.value = told.seen;
  };
  // One after the other: each brings the number that the next one needs.
  const queue = () => {
    order = order.then(save);
  };
  form.addEventListener("change", queue);
  form.elements.comment.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(queue, WAIT);
  });
}
