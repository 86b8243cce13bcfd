// Marks in the contents which part is being read; prints; opens what is folded for the paper.
export function followContents() {
  const links = [...document.querySelectorAll("[data-contents] a")];
  const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (!links.length || parts.includes(null)) return;
  const mark = () => {
    const line = innerHeight / 3;
    const read = parts.filter((part) => part.getBoundingClientRect().top < line).length - 1;
    links.forEach((link, position) => {
      if (position === Math.max(read, 0)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  mark();
}

export function makePrintButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.closest(".needs-script").hidden = false;
    button.addEventListener("click", () => print());
  }
  const opened = new Set();
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.fold:not([open])")) {
      fold.open = true;
      opened.add(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened.clear();
  });
}
