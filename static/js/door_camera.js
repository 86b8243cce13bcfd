// The phone at the door reads QR codes with its camera.
const PAUSE = 250;
const KEPT_ON = "door-camera";

export function readAtTheDoor() {
  const form = document.querySelector("[data-door-code]");
  if (!form || !navigator.mediaDevices) return;
  const button = form.querySelector("[data-door-camera]");
  button.hidden = false;
  button.addEventListener("click", () => (sessionStorage[KEPT_ON] ? stop(form) : look(form)));
  // It stays on from one person to the next.
  if (sessionStorage[KEPT_ON]) look(form, { again: true });
}

async function look(form, { again = false } = {}) {
  const video = form.querySelector("[data-door-video]");
  try {
    sessionStorage[KEPT_ON] = "yes";
    const detector = await makeDetector(form.dataset.doorReader);
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
    swap(form, { on: true });
    await video.play();
    await readOn(form, detector, video, again);
  } catch {
    stop(form);
    form.querySelector("[data-door-no-camera]").hidden = false;
    form.querySelector("[data-door-camera]").hidden = true;
  }
}

// Without a script that answers in place, submitting ends the page, and the next one begins here.
async function readOn(form, detector, video, again) {
  // Whoever was let in still holds the code up.
  if (again) await until(async () => !(await codeIn(detector, video)));
  const code = await until(() => codeIn(detector, video));
  if (!code) return;
  form.elements.code.value = code;
  form.requestSubmit();
  await readOn(form, detector, video, true);
}

function stop(form) {
  delete sessionStorage[KEPT_ON];
  const video = form.querySelector("[data-door-video]");
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  swap(form, { on: false });
}

function swap(form, { on }) {
  const button = form.querySelector("[data-door-camera]");
  form.querySelector("[data-door-video]").hidden = !on;
  button.textContent = on ? button.dataset.on : button.dataset.off;
}

// Many phones have no detector of their own: iPhones, for example.
async function makeDetector(address) {
  const own = globalThis.BarcodeDetector;
  const formats = (await own?.getSupportedFormats()) ?? [];
  const Detector = formats.includes("qr_code") ? own : (await import(address)).BarcodeDetector;
  return new Detector({ formats: ["qr_code"] });
}

async function codeIn(detector, video) {
  const [code] = await detector.detect(video);
  return code?.rawValue;
}

// Asks again and again, as long as the camera is on.
async function until(question) {
  while (sessionStorage[KEPT_ON]) {
    const answer = await question();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
