// Small helps of forms: errors get the focus, pressing twice does nothing, lengths are counted.
export function focusErrors() {
  document.querySelector(".error-summary")?.focus();
}

export function showBusy() {
  document.addEventListener("submit", (event) => {
    const pressed = event.submitter?.dataset.busyLabel ? event.submitter : null;
    const button = pressed ?? event.target.querySelector("[data-busy-label]");
    if (!button) return;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "yes";
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.busyLabel;
    button.classList.add("is-busy");
  });
  // Coming back with the browser's button finds the form as it was.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      const button = form.querySelector("[data-busy-label].is-busy");
      button.textContent = button.dataset.label;
      button.classList.remove("is-busy");
    }
  });
}

export function countSigns() {
  for (const field of document.querySelectorAll("textarea[maxlength]")) {
    const place = document.createElement("p");
    place.className = "field__count";
    place.setAttribute("aria-hidden", "true");
    field.after(place);
    const show = () => {
      place.textContent = `${[...field.value].length} / ${field.maxLength}`;
    };
    field.addEventListener("input", show);
    show();
  }
}

export function countDown() {
  for (const button of document.querySelectorAll("[data-countdown]")) {
    const until = Date.now() + Number(button.dataset.countdown) * 1000;
    const label = button.textContent;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      button.disabled = left > 0;
      button.textContent = left > 0 ? `${left}${button.dataset.countdownLabel}` : label;
      if (left > 0) setTimeout(tick, 500);
    };
    tick();
  }
}

export function refuseLargeFiles() {
  for (const field of document.querySelectorAll("input[data-most-bytes]")) {
    field.addEventListener("change", () => {
      const isLarge = [...field.files].some((file) => file.size > Number(field.dataset.mostBytes));
      field.setCustomValidity(isLarge ? field.dataset.tooLarge : "");
      field.reportValidity();
    });
  }
}
