"use strict";

/** A canvas to draw the map on. Pen has the same calls and keeps shapes: what is drawn is told once, in Plot. */
const Brush = (() => {
  const font = ({ size, weight = 400 }) => `${weight} ${size}px ${Label.FONT}`;

  /**
   * Return a brush for a canvas, which it makes as large as its place on the screen.
   * @param {HTMLCanvasElement} canvas
   * @param {number} width in CSS pixels, as height is
   */
  function on(canvas, width, height) {
    const context = canvas.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    const [across, down] = [width, height].map((length) => Math.round(length * ratio));
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);

    return {
      /** Fill the whole. */
      ground(colour) {
        context.fillStyle = colour;
        context.fillRect(0, 0, width, height);
      },
      /** Draw outlines given in the unit square; `left` and `top` are where its corner is. */
      outlines(all, { scale, left, top }, { fill, stroke, thick }) {
        context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
        [context.fillStyle, context.strokeStyle, context.lineWidth] = [fill, stroke, thick / scale];
        for (const { path } of all) {
          context.fill(path, "evenodd");
          context.stroke(path);
        }
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
      },
      circle(x, y, size, { fill, alpha }) {
        context.globalAlpha = alpha;
        context.beginPath();
        context.arc(x, y, size, 0, 2 * Math.PI);
        context.fillStyle = fill;
        context.fill();
        context.globalAlpha = 1;
      },
      /** Draw a part of a circle's rim, by angles from the right, clockwise. */
      arc(x, y, size, [from, to], { stroke, thick, dashes, alpha }) {
        context.globalAlpha = alpha;
        [context.strokeStyle, context.lineWidth] = [stroke, thick];
        context.setLineDash(dashes);
        context.beginPath();
        context.arc(x, y, size, from, to);
        context.stroke();
        context.setLineDash([]);
        context.globalAlpha = 1;
      },
      /** Write words from their upper left corner, or around a point; a halo sets them off from what is below. */
      text(words, x, y, { fill, halo, around = false, alpha = 1, ...face }) {
        context.globalAlpha = alpha;
        context.font = font(face);
        context.textAlign = around ? "center" : "left";
        context.textBaseline = around ? "middle" : "top";
        if (halo) {
          [context.lineJoin, context.lineWidth, context.strokeStyle] = ["round", 3, halo];
          context.strokeText(words, x, y);
        }
        context.fillStyle = fill;
        context.fillText(words, x, y);
        context.globalAlpha = 1;
      },
    };
  }

  return { on };
})();
