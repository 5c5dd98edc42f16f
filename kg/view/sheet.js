"use strict";

/** A picture to pass on: title, what is shown, one or more drawings, and the legend, as one SVG document. */
const Sheet = (() => {
  const RIM = 20;
  const GAP = 16;
  const NARROWEST = 560;
  const TITLE = { size: 18, weight: 650 };
  const BODY = { size: 12 };
  const LEADING = 17;
  const STEP = 22; // from one row of the legend to the next
  const MARK = 34; // room for a mark before its words
  const RULE = "Accepted means that the stated rule lets it through, not that it is true. What is denied or merely supposed is not drawn. Made with militant-kg.";
  /** XML has no place for these characters, not even escaped. */
  const clean = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

  /** Return words in lines no wider than so many pixels. */
  function wrapped(words, room, face) {
    const lines = [""];
    for (const word of words.split(/\s+/).filter(Boolean)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (Label.wide(longer, face) <= room) lines[lines.length - 1] = longer;
      else lines.push(Label.fitting(word, face, room));
    }
    return lines.filter(Boolean);
  }

  /** Write words in lines from a height on; return the height below them. */
  function write(svg, words, top, room, face, colour, leading = LEADING) {
    let at = top;
    for (const line of wrapped(words, room, face)) {
      const text = Dom.shape("text", { x: RIM, y: at + face.size, "font-size": face.size, "font-weight": face.weight || 400, fill: Theme.paper(colour) });
      text.textContent = line;
      svg.append(text);
      at += leading;
    }
    return at;
  }

  /** Put a drawing in its place; one without shapes is a hole to be filled with pixels. */
  function place(svg, { drawing, width, height }, x, y) {
    if (!drawing) return;
    const copy = drawing.cloneNode(true);
    for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value);
    copy.querySelectorAll(".grip").forEach((one) => one.remove());
    copy.querySelectorAll("[tabindex]").forEach((one) => ["tabindex", "role", "aria-label", "data-id"].forEach((name) => one.removeAttribute(name)));
    ["role", "aria-label"].forEach((name) => copy.removeAttribute(name));
    svg.append(copy);
  }

  /** Write the legend from a height on; return the height below it. */
  function explain(svg, marks, top, room) {
    let [x, y] = [RIM, top];
    for (const { svg: mark, text } of marks) {
      const words = Label.fitting(text, BODY, room - MARK);
      const wide = MARK + Label.wide(words, BODY) + GAP;
      if (x > RIM && x + wide - GAP > RIM + room) [x, y] = [RIM, y + STEP];
      mark.setAttribute("x", x + (28 - Number(mark.getAttribute("width"))) / 2);
      mark.setAttribute("y", y);
      const said = Dom.shape("text", { x: x + MARK, y: y + 12, "font-size": BODY.size, fill: Theme.paper("ink") });
      said.textContent = words;
      svg.append(mark, said);
      x += wide;
    }
    return marks.length ? y + STEP : y;
  }

  /**
   * Return a sheet as SVG, with the place of each of its parts.
   * @param {Array<{name: string, drawing: SVGElement|null, width: number, height: number, legend: Object}>} parts side by side
   */
  function of(parts) {
    const inner = Math.max(NARROWEST, parts.reduce((sum, one) => sum + one.width + GAP, -GAP));
    const svg = Dom.shape("svg", { role: "img" });
    const [title, ground] = [Dom.shape("title", {}), Dom.shape("rect", { fill: Theme.paper("paper") })];
    title.textContent = `${document.title}: ${parts.map((one) => one.name).join(", ")}`;
    svg.append(title, ground);
    let y = write(svg, document.title, RIM, inner, TITLE, "ink", 24);
    for (const text of [document.querySelector(".heading p").textContent, [...parts.map((one) => `${one.name}: ${one.legend.said}`), Legend.chosen()].filter(Boolean).join("; ")]) y = write(svg, text, y, inner, BODY, "soft");
    y += 8;
    const places = [];
    let x = RIM;
    for (const part of parts) {
      places.push({ part, at: [x, y] });
      place(svg, part, x, y);
      x += part.width + GAP;
    }
    y += Math.max(...parts.map((one) => one.height)) + GAP;
    for (const { legend } of parts) y = explain(svg, legend.marks, y, inner) + 4;
    for (const text of [...parts.flatMap((one) => one.legend.notes), RULE]) y = write(svg, text, y, inner, BODY, "soft");
    const [width, height] = [inner + 2 * RIM, y + RIM - 4].map(Math.ceil);
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": Label.FONT.replaceAll('"', "'") })) svg.setAttribute(name, value);
    for (const [name, value] of Object.entries({ width, height })) ground.setAttribute(name, value);
    svg.querySelectorAll("text, title").forEach((one) => { one.textContent = clean(one.textContent); });
    return { svg, places, width, height };
  }

  /** Return a sheet as text of a file. */
  const text = ({ svg }) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;

  return { of, text };
})();
