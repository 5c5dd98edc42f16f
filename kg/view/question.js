"use strict";

/** The same answer elsewhere: the SPARQL query behind what the panel shows, and a statement as a citation. */
const Question = (() => {
  const { make, button } = Dom;

  /** Return a reference as a term of SPARQL: a prefixed name where it can be one, else the whole IRI. */
  function term(reference) {
    const at = reference.indexOf(":");
    const [prefix, name] = [reference.slice(0, at), reference.slice(at + 1)];
    if (at > 0 && Record.prefixes[prefix] && /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(name)) return reference;
    if (at > 0 && Record.prefixes[prefix]) return `<${Record.prefixes[prefix]}${encodeURI(name)}>`;
    return /^https?:[^<>"{}|\\^`\s]+$/.test(reference) ? `<${reference}>` : JSON.stringify(reference);
  }

  /** Return a question with its values and the prefixes that it uses. */
  function filled(name, values) {
    const text = Record.questions[name].replace("$values", () => values);
    const used = Object.entries(Record.prefixes).filter(([prefix]) => new RegExp(`(^|[\\s(|{])${prefix}:`).test(text));
    return `${used.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join("\n")}\n${text}`;
  }

  const ofEvent = (id) => filled("said-of-event", term(id));

  /** Return the question for the propositions that statements are about. */
  function ofLines(numbers) {
    const rows = numbers.map((number) => Record.said[number]).map((one) => `(${term(one.subject)} ${one.relation === "type" ? "rdf:type" : `mkg:${one.relation}`} ${term(one.object)})`);
    return filled("said-of-lines", `\n    ${[...new Set(rows)].sort().join("\n    ")}\n  `);
  }

  /** Put text on the clipboard and say so on the button; where the browser forbids it, select it for copying. */
  async function copy(text, pressed) {
    const said = pressed.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    pressed.textContent = "Copied";
    setTimeout(() => { pressed.textContent = said; }, 1200);
  }

  /** Return a fold that shows a query, with a button that copies it. */
  function fold(text) {
    const copier = button("button.small.copy-query", "Copy query", (event) => copy(text, event.currentTarget));
    return make("details.question", {}, make("summary", { text: "SPARQL for this answer" }), copier, make("pre", { text, tabindex: "0", "aria-label": "SPARQL query" }));
  }

  /** Return a statement as a citation. */
  function citation(one) {
    const report = one.report ? Record.report(one.report) : {};
    const said = `${one.speaker_label || "Unnamed speaker"} (${one.certainty})${one.quote ? `: “${one.quote}”` : ""}`;
    const source = one.report ? [report.outlet || "Unnamed outlet", report.title && `“${report.title}”`, Span.day(report.published)].filter(Boolean).join(", ") : "Registry of militant-kg";
    return `${said.replace(/[.\s]+$/, "")}. ${source}.${report.url ? ` ${report.url}.` : ""} [${[one.id, one.report].filter(Boolean).join("; ")}]`;
  }

  return { ofEvent, ofLines, term, fold, copy, citation };
})();
