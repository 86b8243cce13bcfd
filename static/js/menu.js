// The phone's menu closes on Escape and when something else is pressed; Escape also closes what
// opened below an item of the wide menu, until the pointer and the focus have left it.
export function closeMenu() {
  closeBelow();
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

function closeBelow() {
  const items = [...document.querySelectorAll(".site-menu--wide > ul > li")];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const item of items) {
      if (item.contains(document.activeElement)) item.querySelector("a").focus();
      if (item.matches(":hover, :focus-within")) item.classList.add("is-closed");
    }
  });
  for (const item of items) {
    item.addEventListener("mouseleave", () => item.classList.remove("is-closed"));
    item.addEventListener("focusout", (event) => {
      if (!item.contains(event.relatedTarget)) item.classList.remove("is-closed");
    });
  }
}
