"use strict";

/** A drawing in SVG to draw the map on: the calls of Brush, kept as shapes. */
const Pen = (() => {
  const ASCENT = 0.8; // of the size of a letter, from its top to its base line
  const MIDDLE = 0.36; // of the size of a letter, from its middle to its base line
  const round = (number) => Number(number.toFixed(1));

  /** Return the outline of a ring on the drawing, without points that fall on the one before. */
  function traced(ring, { scale, left, top }) {
    const steps = [];
    let before = "";
    for (const [x, y] of ring) {
      const step = `${round(x * scale + left)} ${round(y * scale + top)}`;
      if (step !== before) steps.push(step);
      before = step;
    }
    return steps.length > 2 ? `M${steps.join("L")}Z` : "";
  }

  /** Return a pen and, as `svg`, its drawing of so many pixels. */
  function on(width, height) {
    const svg = Dom.shape("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    const put = (name, attributes, words = null) => {
      const shape = Dom.shape(name, attributes);
      if (words !== null) shape.textContent = words;
      svg.append(shape);
    };
    return {
      svg,
      ground: (fill) => put("rect", { width, height, fill }),
      outlines(all, eye, { fill, stroke, thick }) {
        const [left, top, right, bottom] = [-eye.left / eye.scale, -eye.top / eye.scale, (width - eye.left) / eye.scale, (height - eye.top) / eye.scale];
        const inView = (ring) => ring.some(([x]) => x > left) && ring.some(([x]) => x < right) && ring.some(([, y]) => y > top) && ring.some(([, y]) => y < bottom);
        for (const { rings } of all) {
          const path = rings.filter(inView).map((ring) => traced(ring, eye)).join("");
          if (path) put("path", { d: path, fill, "fill-rule": "evenodd", stroke, "stroke-width": thick });
        }
      },
      circle: (x, y, size, { fill, alpha }) => put("circle", { cx: round(x), cy: round(y), r: round(size), fill, "fill-opacity": alpha }),
      arc(x, y, size, [from, to], { stroke, thick, dashes, alpha }) {
        const paint = { fill: "none", stroke, "stroke-width": thick, "stroke-dasharray": dashes.join(" "), "stroke-opacity": alpha };
        const at = (angle) => `${round(x + size * Math.cos(angle))} ${round(y + size * Math.sin(angle))}`;
        if (to - from > 2 * Math.PI - 0.001) put("circle", { cx: round(x), cy: round(y), r: round(size), ...paint });
        else put("path", { d: `M${at(from)}A${round(size)} ${round(size)} 0 ${Number(to - from > Math.PI)} 1 ${at(to)}`, ...paint });
      },
      text(words, x, y, { fill, halo, around = false, alpha = 1, size, weight = 400 }) {
        const rim = halo ? { stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" } : {};
        put("text", { x: round(x), y: round(y + size * (around ? MIDDLE : ASCENT)), "text-anchor": around ? "middle" : "start", "font-size": size, "font-weight": weight, fill, "fill-opacity": alpha, ...rim }, words);
      },
    };
  }

  return { on };
})();
