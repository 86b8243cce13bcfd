// A signature drawn with finger, pen or mouse; whoever has none of them types the name.
const WIDTH = 600;
const HEIGHT = 200;

export function drawSignature() {
  const box = document.querySelector("[data-drawing]");
  if (!box) return;
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input");
  const pen = canvas.getContext("2d");
  let lines = [];
  let line = null;

  const place = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      within(((event.clientX - left) * WIDTH) / width, WIDTH),
      within(((event.clientY - top) * HEIGHT) / height, HEIGHT),
    ];
  };
  const keep = () => {
    const drawn = lines.filter((points) => points.length > 1);
    field.value = drawn.map((points) => `M${points.map((p) => p.join(" ")).join("L")}`).join("");
  };
  const show = () => {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#1b1f23";
    for (const points of lines) {
      pen.beginPath();
      for (const point of points) pen.lineTo(...point);
      pen.stroke();
    }
  };

  // As it was sent, where another field has to be put right.
  lines = [...field.value.matchAll(/M[^M]+/g)].map(([path]) =>
    path.slice(1).split("L").map((point) => point.split(" ").map(Number)),
  );
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = [place(event)];
    lines.push(line);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line) return;
    line.push(place(event));
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      line = null;
      keep();
    });
  }
  box.querySelector("button").addEventListener("click", () => {
    lines = [];
    show();
    keep();
  });
  box.hidden = false;
  show();
}
