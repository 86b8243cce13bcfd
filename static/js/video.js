// A video is loaded from its host only once it is pressed; without this its link leads there.
function playerOf(link) {
  const frame = document.createElement("iframe");
  frame.src = link.dataset.player;
  frame.title = link.dataset.title;
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  // YouTube plays nothing for a page that does not say where it is.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
}

export function playInPlace() {
  for (const link of document.querySelectorAll("a[data-player]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const frame = playerOf(link);
      link.replaceWith(frame);
      frame.focus();
    });
  }
}
