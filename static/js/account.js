/* Enhancement only, for the pages of signing in and of alerts: every form works without this file. */
(() => {
  // Show the password: a button below each field, so that nothing is there that does not work.
  for (const input of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--small";
    button.textContent = "Show password";
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? "Show password" : "Hide password";
    });
    const line = document.createElement("p");
    line.append(button);
    input.after(line);
    input.form.addEventListener("submit", () => { input.type = "password"; }); // password managers look for it
  }

  for (const input of document.querySelectorAll("[data-time-zone]")) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    const listed = !input.options || [...input.options].some(option => option.value === zone);
    if (listed) input.value = zone; // a zone that the list does not name leaves what stands there
  }

  if (window.PublicKeyCredential) {
    for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;
  }

  // What allauth's passkey script reports: the browser said no, or the person did.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const button = document.querySelector("[data-passkey]");
    const text = document.getElementById("passkey-error") || document.createElement("p");
    text.id = "passkey-error";
    text.className = "error";
    text.setAttribute("role", "alert");
    text.textContent = "The passkey did not work. Try it again, or use another way.";
    button.after(text);
  });
})();
