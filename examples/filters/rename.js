// A filter: ODILE is called MARA from now on, in every cue.
//
//     matchcut convert draft.fdx renamed.fdx --filter examples/filters/rename.js

const from = /\bODILE\b/g;
const to = "MARA";

function renamed(node) {
  if (Array.isArray(node)) return node.map(renamed);
  if (node === null || typeof node !== "object") return node;
  if (node.type === "Character") {
    const text = node.text.map((one) => (one.type === "Run" ? { ...one, text: one.text.replace(from, to) } : one));
    return { ...node, text };
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, renamed(value)]));
}

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => {
  const tree = JSON.parse(Buffer.concat(chunks).toString("utf-8"));
  process.stdout.write(JSON.stringify(renamed(tree)));
});
