// Looks over the page for what lies on another, is cut off or is clipped; the body of a function for Browser.run.
const OVERLAYS = ["help", "menu", "found", "filters", "detail"].map((id) => document.getElementById(id));
const SURFACES = "#canvas, #map, #lineage, #detail, pre, g.link, #found";
const USED = `button, a[href], label, input, select, summary, g.box, [role=option], [tabindex="0"]`;
const FLOATING = "#shown, #map-said, #map-key, #gathered, #empty";
const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".unseen, noscript");
const name = (one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""}.${one.getAttribute("class") || ""} "${(one.textContent || "").trim().slice(0, 24)}"`;
const style = (one) => getComputedStyle(one);

/** The part of a box that scrolling and clipping leave in view. */
function seen(one, box) {
  let { left, top, right, bottom } = box;
  for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
    if (style(up).overflow === "visible" || up instanceof SVGElement) continue;
    const rim = up.getBoundingClientRect();
    [left, top, right, bottom] = [Math.max(left, rim.left), Math.max(top, rim.top), Math.min(right, rim.right), Math.min(bottom, rim.bottom)];
    if (["fixed"].includes(style(up).position) || up.tagName === "DIALOG") break;
  }
  return { left, top, right, bottom };
}
const layer = (one) => OVERLAYS.find((over) => over.contains(one) && ["absolute", "fixed"].includes(style(over).position)) || null;

const used = [...document.querySelectorAll(`${USED}, ${FLOATING}`)].filter((one) => visible(one) && !one.matches(SURFACES)
  && !(one.matches("input") && one.closest("label")) && (style(one).pointerEvents !== "none" || one.matches(FLOATING)));
const boxes = used.flatMap((one) => [...one.getClientRects()].map((box) => ({ one, layer: layer(one), ...seen(one, box) })))
  .filter((box) => box.right - box.left > 1 && box.bottom - box.top > 1);
const overlaps = [];
boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
  if (a.layer !== b.layer || a.one.contains(b.one) || b.one.contains(a.one)) return;
  if (a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom) overlaps.push(`${name(a.one)} | ${name(b.one)}`);
}));

/** Why a box is not whole: which rim cuts it, where no scrolling brings the rest and no ellipsis says so. */
function cut(one, box) {
  const free = { x: true, y: true };
  for (let up = one; up && up !== document.documentElement; up = up.parentElement) {
    if (up instanceof SVGElement) continue;
    const { overflowX, overflowY, textOverflow, webkitLineClamp, position } = style(up);
    if (textOverflow === "ellipsis") free.x = false;
    if (webkitLineClamp !== "none") free.y = false;
    if (/auto|scroll/.test(overflowX)) free.x = false;
    if (/auto|scroll/.test(overflowY)) free.y = false;
    const rim = up.getBoundingClientRect();
    if (up !== one && free.x && overflowX !== "visible" && (box.left < rim.left - 1 || box.right > rim.right + 1)) return name(up);
    if (up !== one && free.y && overflowY !== "visible" && (box.top < rim.top - 1 || box.bottom > rim.bottom + 1)) return name(up);
    if (position === "fixed") break;
  }
  if (free.x && (box.left < -1 || box.right > innerWidth + 1)) return "window";
  if (free.y && (box.top < -1 || box.bottom > innerHeight + 1)) return "window";
  return "";
}
const clipped = [];
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = words.nextNode(); node; node = words.nextNode()) {
  const one = node.parentElement;
  if (!node.data.trim() || one.closest("script, style, svg, option") || !visible(one)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const box of range.getClientRects()) {
    const why = box.width && cut(one, box);
    if (why) clipped.push(`${name(one)} by ${why}`);
  }
}
for (const one of used) for (const box of one.getClientRects()) if (!(one instanceof SVGElement) && cut(one, box)) clipped.push(`${name(one)} by ${cut(one, box)}`);
for (const one of document.querySelectorAll("input[placeholder]"))
  if (visible(one) && !one.value && one.scrollWidth > one.clientWidth && style(one).textOverflow !== "ellipsis") clipped.push(name(one));

const wide = [document.documentElement, document.body].some((one) => one.scrollWidth > innerWidth || one.scrollHeight > innerHeight + 1);
return { used: used.length, overlaps: [...new Set(overlaps)], clipped: [...new Set(clipped)], wide };
