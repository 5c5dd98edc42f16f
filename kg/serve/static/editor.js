// Turns the text area into an editor; without this script the form works all the same.
"use strict";
(() => {
  const area = document.getElementById("query");
  const form = document.getElementById("ask");
  if (!area || !window.Yasqe) return;
  const box = document.createElement("div");
  area.before(box);
  const editor = new window.Yasqe(box, {
    value: area.value,
    persistenceId: null,
    autocompleters: ["variables"], // the others ask servers elsewhere
    showQueryButton: false,
    createShareableLink: null,
    resizeable: true,
    lineWrapping: true,
    collapsePrefixesOnLoad: false,
    syntaxErrorCheck: false, // it takes the prefixes that the server knows for mistakes
    extraKeys: { "Ctrl-Enter": () => form.requestSubmit(), "Cmd-Enter": () => form.requestSubmit() },
  });
  editor.setSize(null, 300);
  editor.getInputField().setAttribute("aria-label", "Query");
  area.hidden = true;
  form.addEventListener("submit", () => { area.value = editor.getValue(); });
})();
