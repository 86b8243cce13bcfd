// Keeps the free seats of a forum true while its page stays open.
const SECONDS = 10;
const format = new Intl.NumberFormat("ko-KR");

async function refresh(address) {
  if (document.hidden) return;
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      credentials: "omit",
    });
    if (!answer.ok) return;
    for (const session of (await answer.json()).sessions) {
      for (const place of document.querySelectorAll(`[data-seats="${session.id}"]`)) {
        place.textContent = format.format(session.left);
      }
    }
  } catch {
    // The network is away; the next turn asks again.
  }
}

export function watchSeats() {
  const address = document.querySelector("[data-live-seats]")?.dataset.liveSeats;
  if (!address) return;
  setInterval(() => refresh(address), SECONDS * 1000);
  document.addEventListener("visibilitychange", () => refresh(address));
}
