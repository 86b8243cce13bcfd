// A file that is too large is named when it is chosen, not after minutes of sending.
(() => {
  const words = document.currentScript.dataset;

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || input.id === "fileupload") return; // Several at once: Wagtail's own check.
    const isPicture = (input.accept || "").includes("image/");
    const most = Number(isPicture ? words.picture : words.document);
    const tooLarge = [...input.files].some((file) => file.size > most);
    input.setCustomValidity(tooLarge ? (isPicture ? words.pictureTooLarge : words.documentTooLarge) : "");
    if (tooLarge) input.reportValidity();
  });
})();
