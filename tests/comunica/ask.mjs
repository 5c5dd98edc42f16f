// node ask.mjs ENDPOINT QUERY: print the answer of Comunica as SPARQL JSON, or as N-Triples where it is a graph.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const engine = new QueryEngine();
const context = { sources: [{ type: "sparql", value: endpoint }] };
const result = await engine.query(query, context);
const media = result.resultType === "quads" ? "application/n-triples" : "application/sparql-results+json";
const { data } = await engine.resultToString(result, media, context);
data.pipe(process.stdout);
