"use strict";

/** The view as a file to keep, with its title and legend: a picture in pixels, or a drawing in SVG. */
const Keep = (() => {
  const LATER = 10000;
  const SHARPNESS = 2; // pixels of a picture for one of the screen, as far as a canvas can be that large
  const [LONGEST, LARGEST] = [12000, 80e6];
  const NAMES = { network: "Network", map: "Map", lineage: "Lineage" };

  /** Hand a file to the browser to save. */
  function save(blob, suffix) {
    const address = URL.createObjectURL(blob);
    const link = Dom.make("a", { href: address, download: `${{ both: "network-and-map" }[Stage.view()] || Stage.view()}.${suffix}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), LATER);
  }

  /** Return a drawing that says that there is nothing. */
  function nothing(words) {
    const svg = Dom.shape("svg", { viewBox: "0 0 400 60" });
    svg.append(Dom.shape("text", { x: 200, y: 34, "text-anchor": "middle", "font-size": 13, fill: Theme.paper("soft") }));
    svg.lastChild.textContent = words;
    return svg;
  }

  /** Return a view as a part of a sheet: the network whole, the map as it is in view, the lineage whole. */
  function part(view) {
    const make = {
      network: () => Drawing.network() || nothing(document.getElementById("empty").textContent),
      map: Atlas.svg,
      lineage: () => Lineage.svg() || nothing("No founding, split, merger or renaming in this selection."),
    };
    const drawing = make[view]();
    const { width, height } = drawing.viewBox.baseVal;
    return { name: NAMES[view], drawing, width, height, legend: Legend[view]() };
  }

  /** Return the network as pixels, as it is in view, with more of them than the screen may have. */
  function still() {
    const board = Picture.network.canvas;
    const { canvas } = board.frame;
    const before = [board.pixelRatio, canvas.width, canvas.height];
    board.pixelRatio = Math.max(board.pixelRatio, SHARPNESS);
    [canvas.width, canvas.height] = Picture.size().map((length) => length * board.pixelRatio);
    Picture.network.renderer._redraw();
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    copy.getContext("2d").drawImage(canvas, 0, 0);
    [board.pixelRatio, canvas.width, canvas.height] = before;
    Picture.network.redraw();
    return copy;
  }

  /** Return the network as it is in view, to be filled in as pixels: chosen, faded and named as on the screen. */
  function inView() {
    const [width, height] = Picture.size();
    return { name: NAMES.network, drawing: null, still: still(), width, height, legend: Legend.network() };
  }

  const views = () => (Stage.view() === "both" ? ["network", "map"] : [Stage.view()]);

  /** Return the view as a sheet; of the network what is in view, in pixels, or the whole as a drawing. */
  const sheet = (pixels = false) => Sheet.of(views().map((view) => (pixels && view === "network" ? inView() : part(view))));

  /** Save the view as pixels. */
  async function png() {
    const made = sheet(true);
    const { width, height } = made;
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(Sheet.text(made))}`;
    await picture.decode();
    const scale = Math.min(SHARPNESS, LONGEST / Math.max(width, height), Math.sqrt(LARGEST / width / height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height].map((length) => Math.floor(length * scale));
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.drawImage(picture, 0, 0, width, height);
    for (const { part: { still: pixels, width: wide, height: high }, at } of made.places) if (pixels) context.drawImage(pixels, ...at, wide, high);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
  }

  /** Save the view as SVG. */
  const svg = () => save(new Blob([Sheet.text(sheet())], { type: "image/svg+xml" }), "svg");

  return { png, svg, sheet };
})();
