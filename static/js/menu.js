// The phone's menu closes on Escape and when something else is pressed.
export function closeMenu() {
  const menu = document.querySelector(".phone-menu");
  if (!menu) return;
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
