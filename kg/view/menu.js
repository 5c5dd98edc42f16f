"use strict";

/** The commands of the page: a bar beside the search, and a menu for those that the window has no room for. */
const Menu = (() => {
  const header = document.querySelector("header");
  const bar = document.getElementById("deeds");
  const more = document.getElementById("more");
  const list = document.getElementById("menu");
  const holder = more.parentElement;
  const search = document.querySelector(".search");
  const commands = [...bar.children];

  /** Whether the header is wider than the window, or has been broken into one row more than it should have. */
  function tight() {
    const last = holder.hidden ? bar : holder;
    return header.scrollWidth > header.clientWidth || last.offsetTop > search.offsetTop + search.offsetHeight / 2;
  }

  /** Put one command into the bar or the menu. */
  function place(command, inMenu) {
    if (inMenu) {
      command.setAttribute("role", "menuitem");
      command.tabIndex = -1;
      list.prepend(command);
    } else {
      command.removeAttribute("role");
      command.removeAttribute("tabindex");
      bar.append(command);
    }
  }

  /** Fill the bar as far as there is room; the last of the commands go into the menu first. */
  function arrange() {
    const focused = document.activeElement;
    close();
    holder.hidden = true;
    commands.forEach((one) => place(one, false));
    if (tight()) {
      holder.hidden = false;
      for (const one of [...commands].reverse()) if (tight()) place(one, true);
    }
    if (commands.includes(focused)) (list.contains(focused) ? more : focused).focus();
  }

  const usable = () => [...list.children].filter((one) => !one.disabled);

  function open(at = 0) {
    list.hidden = false;
    more.setAttribute("aria-expanded", "true");
    usable().at(at)?.focus();
  }

  function close() {
    list.hidden = true;
    more.setAttribute("aria-expanded", "false");
  }

  /** Close the menu and give the focus back to its button. */
  function leave() {
    close();
    more.focus();
  }

  function key(event) {
    const items = usable();
    const now = items.indexOf(document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") leave();
    else if (to !== undefined) items.at(to === items.length ? 0 : to).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function fromButton(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowUp" ? -1 : 0);
  }

  more.addEventListener("click", () => (list.hidden ? open() : leave()));
  more.addEventListener("keydown", fromButton);
  list.addEventListener("keydown", key);
  // before the command acts: a dialog gives the focus back to where it was; what says "Copied" stays to be read
  list.addEventListener("click", (event) => { if (!event.target.closest("#link")) leave(); }, true);
  holder.addEventListener("focusout", (event) => { if (event.relatedTarget && !holder.contains(event.relatedTarget)) close(); });
  document.addEventListener("pointerdown", (event) => { if (!holder.contains(event.target)) close(); });
  bar.replaceChildren(...commands); // without the blanks between them it can be empty
  window.addEventListener("resize", arrange);
  arrange();

  return { arrange };
})();
