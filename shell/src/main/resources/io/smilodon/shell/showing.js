// How values are shown.

const NAME = /^[A-Za-z_$][\w$]*$/;

function leaf(value) {
  if (value === MinKey) return 'MinKey()';
  if (value === MaxKey) return 'MaxKey()';
  switch (typeof value) {
    case 'string': return JSON.stringify(value);
    case 'bigint': return `Long("${value}")`;
    case 'function': return `[Function: ${value.name || 'anonymous'}]`;
    case 'object': break;
    default: return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value === null) return 'null';
  if (value instanceof ObjectId) return `ObjectId("${value.hex}")`;
  if (value instanceof Long) return `Long("${value}")`;
  if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value);
  if (value instanceof Decimal) return `Decimal128("${value.text}")`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : `ISODate("${value.toISOString()}")`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Timestamp) return `Timestamp({ t: ${value.t}, i: ${value.i} })`;
  if (value instanceof Binary && value.subType === UUID_TYPE && value.base64.length === 24) return `UUID("${uuidText(value)}")`;
  if (value instanceof Binary) return `Binary("${value.base64}", "${value.subType}")`;
  if (value instanceof Wrapped) return JSON.stringify(value.wrapper);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return undefined;
}

function parts(value, indent, seen) {
  if (Array.isArray(value)) return value.map(item => show(item, indent, seen));
  return Object.keys(value).map(key =>
    (NAME.test(key) ? key : JSON.stringify(key)) + ': ' + show(value[key], indent, seen));
}

function show(value, indent = '', seen = []) {
  const text = leaf(value);
  if (text !== undefined) return text;
  if (seen.includes(value)) return '[Circular]';
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = parts(value, indent + '  ', [...seen, value]);
  if (inner.length === 0) return open + close;
  const line = `${open} ${inner.join(', ')} ${close}`;
  if (!line.includes('\n') && indent.length + line.length <= LINE) return line;
  return open + '\n' + inner.map(part => indent + '  ' + part).join(',\n') + '\n' + indent + close;
}
