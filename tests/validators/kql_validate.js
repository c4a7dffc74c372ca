#!/usr/bin/env node
'use strict';
// Reads KQL with Microsoft's own parser: syntax, operators, types, tables and columns.
//   node kql_validate.js SCHEMA FILE     FILE has a JSON object with "id" and "query" in each line
// Prints what is wrong, one line each. Exit status: 0 nothing, 1 something, 2 no answer could be given.
const fs = require('fs');
const [schemaFile, file] = process.argv.slice(2);
if (!file) { console.error('usage: node kql_validate.js SCHEMA FILE'); process.exit(2); }

// The package only sets globals; `bridge.js` is what they stand on. It is looked for from the current folder.
const find = name => require.resolve('@kusto/language-service-next/' + name, { paths: [process.cwd(), __dirname] });
require(find('bridge.js'));
require(find('Kusto.Language.Bridge.js'));
const { KustoCode, GlobalState, Symbols } = Kusto.Language;

const KUSTO_TYPES = { boolean: 'bool', double: 'real' };
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const tables = Object.entries(schema).filter(([name]) => !name.startsWith('_')).map(([name, columns]) => {
  const list = Object.entries(columns).map(([column, type]) => {
    type = type.toLowerCase();
    return `['${column}']:${KUSTO_TYPES[type] || type}`;
  });
  return new Symbols.TableSymbol.$ctor7(name, `(${list.join(', ')})`, null);
});
// A function that only the Defender portal has.
tables.push(new Symbols.FunctionSymbol.$ctor16('FileProfile', '(T:(*), x:string="SHA1", y:long=100)',
  '{ T | extend GlobalPrevalence=long(1), GlobalFirstSeen=now(), GlobalLastSeen=now(), Signer="", Issuer="", ' +
  'IsCertificateValid=true, SignatureState="", ThreatName="", Publisher="", SoftwareName="" }', null));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('defender', tables));

let queries = 0, faulty = 0;
for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
  const { id, query } = JSON.parse(line);
  queries++;
  const diagnostics = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  const errors = [];
  for (let i = 0; i < diagnostics.Count; i++) {
    const found = diagnostics.getItem(i);
    if (found.Severity !== 'Error') continue;
    const before = query.slice(0, found.Start).split('\n');
    errors.push(`${id}:${before.length}:${before.pop().length + 1}: ${found.Code} ${found.Message.replace(/\s+/g, ' ')}`);
  }
  if (errors.length) { faulty++; console.log(errors.join('\n')); }
}
if (!queries) { console.error('kql_validate: no query to read'); process.exit(2); }
console.log(`KQL: ${queries} queries read, ${faulty} with an error`);
process.exitCode = faulty ? 1 : 0;
