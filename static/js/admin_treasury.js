// Digits press the suggestion of that number, of the deposit that has the focus or else the first.
// Copies account numbers and amounts.
(() => {
  const { copied } = document.currentScript.dataset;

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !/^[1-3]$/.test(event.key)) return;
    const here = event.target.closest("[data-deposit]") || document.querySelector("[data-deposit]");
    here?.querySelector(`[data-number="${event.key}"]`)?.click();
  });

  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy-words]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copyWords);
      const words = button.textContent;
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = words;
      }, 2000);
    });
  }
})();
