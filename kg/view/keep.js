"use strict";

/** What is shown as a file to keep: a picture in pixels, a drawing in SVG. */
const Keep = (() => {
  const LATER = 10000;

  /** Hand a file to the browser to save. */
  function save(blob, name) {
    const address = URL.createObjectURL(blob);
    const link = Dom.make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), LATER);
  }

  /** Return a canvas with paper under the drawing. */
  function onPaper(source) {
    const sheet = document.createElement("canvas");
    sheet.width = source.width;
    sheet.height = source.height;
    const context = sheet.getContext("2d");
    context.fillStyle = Theme.paper("paper");
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(source, 0, 0);
    return sheet;
  }

  /** Save what is in view as pixels: the network, or the map. */
  function png() {
    const map = Stage.view() === "map";
    onPaper(map ? Atlas.canvas : Picture.network.canvas.frame.canvas).toBlob((blob) => save(blob, map ? "map.png" : "network.png"), "image/png");
  }

  /** Save the whole drawing as SVG: the network, or the lineage. */
  function svg() {
    const lineage = Stage.view() === "lineage" && Lineage.svg();
    save(new Blob([Drawing.text(lineage || Drawing.network())], { type: "image/svg+xml" }), lineage ? "lineage.svg" : "network.svg");
  }

  return { png, svg };
})();
