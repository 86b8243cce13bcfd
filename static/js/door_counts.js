// Numbers and incidents on the door's page stay as the site knows them.
const FRESH = 20_000;

export function keepFresh() {
  const counts = document.querySelector("[data-door-counts]");
  if (!counts) return;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(counts.dataset.doorCounts);
      if (answer.ok) takeFrom(parse(await answer.text()));
    } catch {
      // Without a network they stay as they were.
    }
  }, FRESH);
}

export function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

export function takeFrom(page) {
  const fresh = page.querySelectorAll("[data-door-counts] strong");
  const shown = document.querySelectorAll("[data-door-counts] strong");
  fresh.forEach((count, place) => (shown[place].textContent = count.textContent));
  const [told, here] = [page, document].map((one) => one.querySelector("[data-door-incidents]"));
  // A list that is the same is not read out once more.
  if (told && told.innerHTML !== here.innerHTML) here.replaceChildren(...told.childNodes);
}
