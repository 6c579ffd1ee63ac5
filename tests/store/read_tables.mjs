// Reads what `trex export` wrote as JSON lines, Parquet and Arrow with readers that are not ours,
// and says where they differ: in rows, values, types or what is said of the columns.
//
// usage: node read_tables.mjs FOLDER NPM
//   every NAME.jsonl in FOLDER with NAME.parquet, NAME.arrows and NAME.feather; the libraries are
//   those of NPM/node_modules, see export.py

// SPDX-License-Identifier: Apache-2.0

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, npm] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(npm, "package.json")));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { parquetMetadata, parquetReadObjects } = await load("hyparquet");
const { compressors } = await load("hyparquet-compressors");
const { RecordBatchReader } = await load("apache-arrow");

const problems = [];
let cells = 0;

// Parquet's and Arrow's names of our types.
const parquetTypes = {
  boolean: "BOOLEAN",
  integer: "INT64",
  real: "DOUBLE",
  text: "BYTE_ARRAY/UTF8",
  integers: "LIST of INT64",
  texts: "LIST of BYTE_ARRAY/UTF8",
};
const arrowTypes = {
  boolean: "Bool",
  integer: "Int64",
  real: "Float64",
  text: "Utf8",
  integers: "List<Int64>",
  texts: "List<Utf8>",
};

// Integers as JavaScript has them in JSON, lists as arrays, unknown as null.
function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  return Array.from(value, plain);
}

function compare(where, names, expected, rows) {
  if (expected.length !== rows.length) problems.push(`${where}: ${rows.length} rows, expected ${expected.length}`);
  expected.forEach((row, number) => {
    for (const name of names) {
      const is = JSON.stringify(plain(rows[number]?.[name]));
      const shouldBe = JSON.stringify(row[name]);
      cells += 1;
      if (is !== shouldBe && problems.length < 20) problems.push(`${where}: row ${number}: ${name}: ${is}, expected ${shouldBe}`);
    }
  });
}

// A column's type as its schema elements say: the leaf's own, or the list's item's.
function parquetType(elements, at) {
  const words = (element) =>
    element.converted_type === "UTF8" ? `${element.type}/UTF8` : element.type;
  if (!elements[at].num_children) return [words(elements[at]), at + 1];
  return [`${elements[at].converted_type} of ${words(elements[at + 2])}`, at + 3];
}

async function readParquet(path) {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const metadata = parquetMetadata(file);
  const words = Object.fromEntries(metadata.key_value_metadata.map(({ key, value }) => [key, value]));
  const types = {};
  for (let at = 1; at < metadata.schema.length; ) {
    const name = metadata.schema[at].name;
    [types[name], at] = parquetType(metadata.schema, at);
  }
  const codecs = new Set(metadata.row_groups.flatMap((group) => group.columns.map((c) => c.meta_data.codec)));
  const rows = metadata.num_rows > 0n ? await parquetReadObjects({ file, compressors }) : [];
  return { words, types, rows, codecs };
}

function readArrow(path) {
  const reader = RecordBatchReader.from(readFileSync(path)).open();
  const schema = reader.schema; // gone once all is read
  const rows = [];
  for (const batch of reader) for (const row of batch) rows.push(row.toJSON());
  const fields = schema.fields;
  return {
    words: Object.fromEntries(schema.metadata),
    types: Object.fromEntries(fields.map((field) => [field.name, String(field.type)])),
    units: Object.fromEntries(fields.map((field) => [field.name, field.metadata.get("unit")])),
    meanings: Object.fromEntries(fields.map((field) => [field.name, field.metadata.get("description")])),
    rows,
  };
}

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith(".jsonl")) continue;
  const name = file.slice(0, -".jsonl".length);
  const expected = readFileSync(join(folder, file), "utf8").trimEnd().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const parquet = await readParquet(join(folder, `${name}.parquet`));
  const arrow = readArrow(join(folder, `${name}.arrows`));
  const feather = readArrow(join(folder, `${name}.feather`));
  const columns = JSON.parse(parquet.words.trex_columns);
  const names = columns.map((column) => column.name);
  if (expected.length > 0 && JSON.stringify(Object.keys(expected[0])) !== JSON.stringify(names)) problems.push(`${name}: JSON lines have other columns`);
  for (const [reader, table] of [["parquet", parquet], ["arrow", arrow], ["feather", feather]]) {
    if (table.words.trex_table !== name) problems.push(`${name}: ${reader}: names table ${table.words.trex_table}`);
    if (!/^[1-9][0-9]*$/.test(table.words.trex_schema_version)) problems.push(`${name}: ${reader}: no schema version`);
    if (JSON.stringify(Object.keys(table.types)) !== JSON.stringify(names)) problems.push(`${name}: ${reader}: other columns: ${Object.keys(table.types)}`);
    const known = reader === "parquet" ? parquetTypes : arrowTypes;
    for (const column of columns) {
      if (table.types[column.name] !== known[column.type]) problems.push(`${name}: ${reader}: ${column.name} is ${table.types[column.name]}, not ${known[column.type]}`);
    }
    compare(`${name}: ${reader}`, names, expected, table.rows);
  }
  for (const column of columns) {
    if (arrow.units[column.name] !== column.unit || arrow.meanings[column.name] !== column.description) problems.push(`${name}: arrow: ${column.name}: other words than in Parquet`);
  }
  if (expected.length > 0 && (parquet.codecs.size !== 1 || !parquet.codecs.has("ZSTD"))) problems.push(`${name}: parquet: compressed by ${[...parquet.codecs]}`);
}

for (const problem of problems) console.log(problem);
console.log(`${cells} cells compared, ${problems.length} problems`);
process.exit(problems.length > 0 || cells === 0 ? 1 : 0);
