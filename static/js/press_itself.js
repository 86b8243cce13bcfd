// Asks again by itself for what somebody waits for; without a script they press the button.
export function pressAfterAWhile() {
  for (const form of document.querySelectorAll("form[data-press-after]")) {
    setTimeout(() => form.requestSubmit(), Number(form.dataset.pressAfter) * 1000);
  }
}
