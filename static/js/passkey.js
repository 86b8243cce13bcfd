// A passkey speaks through the browser: ask it, put its answer into the form, send the form.
const form = document.querySelector("form[data-passkey]");

async function askPasskey() {
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  if (form.dataset.passkey === "create") {
    return webauthnJSON.create(options.creation_options);
  }
  return webauthnJSON.get(options.request_options);
}

if (form && window.webauthnJSON && webauthnJSON.supported()) {
  const failed = form.querySelector("[data-passkey-failed]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await askPasskey());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
