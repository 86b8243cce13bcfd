// The phone at the door reads QR codes where the browser can; counts stay fresh by themselves.
const PAUSE = 250;
const FRESH = 20_000;

export function readAtTheDoor() {
  const form = document.querySelector("[data-door-code]");
  if (!form) return;
  keepCounts();
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const button = form.querySelector("[data-door-camera]");
  button.hidden = false;
  button.addEventListener("click", () => look(form, button));
}

async function look(form, button) {
  const video = form.querySelector("[data-door-video]");
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    video.hidden = false;
    button.hidden = true;
    await video.play();
    form.elements.code.value = await firstCode(detector, video);
    for (const track of video.srcObject.getTracks()) track.stop();
    form.requestSubmit();
  } catch {
    form.querySelector("[data-door-no-camera]").hidden = false;
    video.hidden = true;
    button.hidden = true;
  }
}

async function firstCode(detector, video) {
  for (;;) {
    const [code] = await detector.detect(video);
    if (code) return code.rawValue;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function keepCounts() {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(document.querySelector("[data-door-counts]").dataset.doorCounts);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelectorAll("[data-door-counts] strong");
      const shown = document.querySelectorAll("[data-door-counts] strong");
      fresh.forEach((count, place) => (shown[place].textContent = count.textContent));
    } catch {
      // Without a network the numbers stay as they were.
    }
  }, FRESH);
}
