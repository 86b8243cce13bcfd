// Keeps the numbers of a petition true while its page stays open.
const SECONDS = 5;
const format = new Intl.NumberFormat("ko-KR");

function show(numbers) {
  const percent = Math.min(100, (100 * numbers.confirmed) / numbers.goal);
  const texts = { confirmed: format.format(numbers.confirmed), goal: format.format(numbers.goal) };
  for (const place of document.querySelectorAll("[data-count]")) {
    if (place.dataset.count === "percent") place.value = percent;
    else place.textContent = texts[place.dataset.count];
  }
}

async function refresh(address) {
  if (document.hidden) return;
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      credentials: "omit",
    });
    if (answer.ok) show(await answer.json());
  } catch {
    // The network is away; the next turn asks again.
  }
}

export function watchCounts() {
  const address = document.querySelector("[data-live-count]")?.dataset.liveCount;
  if (!address) return;
  setInterval(() => refresh(address), SECONDS * 1000);
  document.addEventListener("visibilitychange", () => refresh(address));
}
