// The bar with the sign button goes away while the form is in view.
export function hideStickyBar() {
  const bar = document.querySelector("[data-sticky-for]");
  const form = bar && document.querySelector(bar.dataset.stickyFor);
  if (!form || !("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver(
    ([entry]) => bar.classList.toggle("is-away", entry.isIntersecting),
    { rootMargin: "0px 0px -160px 0px" },
  );
  watcher.observe(form);
}
