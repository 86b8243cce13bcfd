// Reports that somebody is here; warns two minutes before a log-in ends; waits for the next one.
// The server decides. What was typed stays on the screen.
(() => {
  const { activity, login, soon, left, prolong, leave, ended, kept, again, other } =
    document.currentScript.dataset;
  const screen = location.pathname;
  const REPORT_EVERY = 20_000;
  const WARN_BEFORE = 120_000;
  let endsAt = Infinity;
  let reportedAt = 0;
  let person = null;
  let dialog = null;
  let state = "working";

  const address = `${activity}?screen=${encodeURIComponent(screen)}`;
  const part = (name, text, attributes = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...attributes });

  // The token in the page belongs to the log-in in which it was opened.
  const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  const token = () => {
    const config = document.getElementById("wagtail-config");
    return tokens()[0]?.value || (config && JSON.parse(config.textContent).CSRF_TOKEN);
  };

  async function speak(body) {
    const options = body && {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-CSRFToken": token() },
    };
    const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options });
    if (answer.status === 401) return show("ended");
    if (!answer.ok) return undefined;
    return hear(await answer.json());
  }

  function hear({ seconds, user, token: fresh }) {
    person ??= user;
    if (user !== person) return state === "ended" && say(other);
    endsAt = Date.now() + seconds * 1000;
    if (state === "ended") for (const input of tokens()) input.value = fresh;
    if (state !== "working" && endsAt - Date.now() > WARN_BEFORE) hide();
    return undefined;
  }

  const ask = (body) => speak(body).catch(() => undefined); // Away from the network: later again.

  function report() {
    if (state !== "working" || Date.now() - reportedAt < REPORT_EVERY) return;
    reportedAt = Date.now();
    ask({ input: "1" });
  }

  function say(words) {
    dialog.querySelector("[data-idle-words]").textContent = words;
  }

  function hide() {
    state = "working";
    document.documentElement.classList.remove("idle-hides");
    dialog?.close();
  }

  function show(next) {
    if (state === next) return;
    state = next;
    dialog?.remove();
    dialog = part("dialog", "", { className: "idle" });
    dialog.setAttribute("aria-labelledby", "idle-title");
    dialog.append(part("h2", next === "ended" ? ended : soon, { id: "idle-title" }));
    dialog.append(part("p", next === "ended" ? kept : left));
    dialog.lastChild.dataset.idleWords = "";
    dialog.append(...(next === "ended" ? wayBack() : waysOn()));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (state === "soon") goOn();
    });
    document.body.append(dialog);
    document.documentElement.classList.toggle("idle-hides", next === "ended");
    dialog.showModal();
  }

  function waysOn() {
    const time = part("p", "", { className: "idle__time" });
    time.setAttribute("role", "timer");
    const stay = part("button", prolong, { type: "button", className: "button", autofocus: true });
    stay.addEventListener("click", goOn);
    const go = part("button", leave, { type: "button", className: "button button-secondary" });
    go.addEventListener("click", () => {
      const form = part("form", "", { method: "post", action: "/admin/logout/" });
      form.append(part("input", "", { type: "hidden", name: "csrfmiddlewaretoken", value: token() }));
      document.body.append(form);
      form.submit();
    });
    return [time, stay, go];
  }

  function wayBack() {
    const link = part("a", again, { href: login, target: "_blank", className: "button" });
    return [link];
  }

  function goOn() {
    reportedAt = Date.now();
    ask({ input: "1" });
  }

  function countDown() {
    const rest = endsAt - Date.now();
    if (state === "ended") return ask();
    if (rest <= 0) return ask({ left_alone: "1" });
    if (rest > WARN_BEFORE) return undefined;
    if (state === "working") return ask().then(() => endsAt - Date.now() <= WARN_BEFORE && show("soon"));
    const seconds = Math.ceil(rest / 1000);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    dialog.querySelector(".idle__time").textContent = clock;
    return undefined;
  }

  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(kind, (event) => event.isTrusted && report(), { capture: true, passive: true });
  }
  // A laptop that slept: what is sent now would be refused, so it waits for the log-in.
  addEventListener(
    "submit",
    (event) => {
      if (Date.now() < endsAt) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      countDown();
    },
    { capture: true },
  );
  addEventListener("focus", () => state === "ended" && ask());
  ask().then(() => setInterval(countDown, 1000));
})();
