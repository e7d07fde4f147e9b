// What users see of all that: names, the shell's own commands, completion.

// ---- Arguments: what a method does not declare is refused, for nothing is silently ignored

// The parameters of a method by its source: its length leaves out those that have defaults.
function parametersOf(method) {
  const text = String(method);
  const parameters = [];
  let start = text.indexOf('(') + 1;
  for (let at = start, depth = 0; depth >= 0; at++) {
    if ('([{'.includes(text[at])) depth++;
    if (')]}'.includes(text[at])) depth--;
    if (depth < 0 || (depth === 0 && text[at] === ',')) {
      parameters.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parameters.filter(parameter => parameter !== '');
}

function checkDocument(name, value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new TypeError(`${name} is a document, not ${Array.isArray(value) ? 'a list' : show(value)}`);
  }
  return value;
}

// Makes a method refuse more arguments than it has parameters, and options that are no document.
function guard(type, name) {
  const method = type.prototype[name];
  const parameters = parametersOf(method);
  if (parameters.some(parameter => parameter.startsWith('...'))) return;
  const ofOptions = parameters.findIndex(parameter => /^options\b/.test(parameter));
  function guarded(...args) {
    if (args.length > parameters.length) {
      const most = parameters.length === 0 ? 'no argument' : parameters.length === 1 ? 'one argument' : `${parameters.length} arguments`;
      throw new TypeError(`${name} takes ${most}${parameters.length === 0 ? '' : ' at most'}, not ${args.length}`);
    }
    if (ofOptions >= 0 && args[ofOptions] !== undefined) checkDocument('options', args[ofOptions]);
    return method.apply(this, args);
  }
  Object.defineProperty(type.prototype, name, { value: guarded, configurable: true, writable: true });
}

const methods = type => Object.getOwnPropertyNames(type.prototype)
  .filter(name => name !== 'constructor' && typeof type.prototype[name] === 'function');

for (const type of [Bucket, ChangeStream, Collection, Cursor, Database, Explained, Mongo, PlanCache, Session]) {
  methods(type).forEach(name => guard(type, name));
}

// Names that an object does not have are collections: db.movies, db.movies.archive.
// They are functions, so that the call of a name that is no method can tell that name.
function named(target, label, below) {
  const notMethod = () => { throw new TypeError(label + ' is not a function'); };
  return new Proxy(notMethod, {
    getPrototypeOf: () => Object.getPrototypeOf(target),
    get(_, name) {
      if (typeof name === 'symbol' || name in target) {
        const member = target[name];
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return below(name);
    },
  });
}

const collection = (db, name, session) =>
  named(new Collection(db, name, session), 'db.' + name, sub => collection(db, name + '.' + sub, session));
const database = (name, session) => named(new Database(name, session), 'db', sub => collection(name, sub, session));

// ---- The shell's own commands

const HELP = [
  'show dbs                          list databases',
  'show collections                  list collections of the database in use',
  'use NAME                          switch to another database',
  'db.NAME.find(FILTER, PROJECTION)  find documents; .sort() .limit() .skip() .explain() .toArray()',
  'db.NAME.aggregate([STAGE, ...])   run a pipeline',
  'db.NAME.insertOne(DOCUMENT)       also insertMany, updateOne, updateMany, replaceOne, deleteOne, deleteMany',
  'db.NAME.createIndex(KEY)          also getIndexes, dropIndex',
  'db.createView(NAME, ON, STAGES)   also createCollection(NAME, OPTIONS), getCollectionInfos, dropDatabase',
  'db.NAME.watch()                   show changes as they come, until Ctrl-C; .limit(COUNT); db.watch() for all collections',
  'db.runCommand(COMMAND)            any command; db.adminCommand for those of the server',
  'db.help(), db.NAME.help()         what databases and collections can do',
  'db.bucket(NAME).put(KEY, TEXT)    also get, delete, list(PREFIX), drop: plain keys and blobs',
  'db.getMongo().startSession()      .startTransaction() .getDatabase(NAME) .commitTransaction() .withTransaction(FUNCTION)',
  'it                                the next documents of the last answer',
  'exit                              leave',
].join('\n');

const DATABASE_HELP = [
  'db.aggregate([STAGE, ...])            a pipeline that begins with $documents',
  'db.createCollection(NAME, OPTIONS)    validator, validationLevel, validationAction, viewOn, pipeline and so on',
  'db.createView(NAME, ON, STAGES)       a view on a collection or on another view',
  'db.getCollectionNames()               also getCollectionInfos(FILTER)',
  'db.getCollection(NAME)                for names that are no words',
  'db.getSiblingDB(NAME)                 another database',
  'db.stats(), db.serverStatus()         also hostInfo, hello, serverBuildInfo, version',
  'db.currentOp(FILTER), db.killOp(ID)   what runs now; end one of it',
  'db.fsyncLock(), db.fsyncUnlock()      hold up all writing; also shutdownServer',
  'db.setProfilingLevel(0|1|2, SLOWMS)   what is kept of what was done; also getProfilingStatus',
  'db.createUser({user, pwd, roles})     also updateUser, changeUserPassword, dropUser, dropAllUsers, grantRolesToUser',
  'db.getUsers(), db.getUser(NAME)       also revokeRolesFromUser',
  'db.createRole({role, privileges, roles})  also updateRole, dropRole, dropAllRoles, grantRolesToRole, grantPrivilegesToRole',
  'db.getRoles(), db.getRole(NAME)       also revokeRolesFromRole, revokePrivilegesFromRole',
  'db.watch(STAGES, OPTIONS)             the changes of all its collections',
  'db.runCommand(COMMAND)                also adminCommand',
  'db.dropDatabase()                     with all its collections',
].join('\n');

const COLLECTION_HELP = [
  'find, findOne, aggregate, distinct              read; countDocuments, estimatedDocumentCount',
  'insertOne, insertMany, bulkWrite                write',
  'updateOne, updateMany, replaceOne               change',
  'deleteOne, deleteMany                           delete',
  'findOneAndUpdate, -Replace, -Delete             change and return; findAndModify',
  'createIndex(KEY, OPTIONS), getIndexes()         also createIndexes, dropIndex, dropIndexes, hideIndex, unhideIndex',
  'createSearchIndex(NAME, DEFINITION)             also getSearchIndexes, updateSearchIndex, dropSearchIndex',
  'renameCollection(NAME, DROPTARGET), drop()      the collection itself',
  'stats(), dataSize(), validate({full: true})     how it is; also totalIndexSize, isCapped; validate({repair: true}), reIndex()',
  'getPlanCache()                                  .list() .clear() .clearPlansByQuery(FILTER, PROJECTION, SORT)',
  'watch(STAGES, OPTIONS)                          its changes; .limit(COUNT) .tryNext() .next() .forEach(FUNCTION) .close()',
  'explain(VERBOSITY).find(FILTER)                 also aggregate, count, distinct, update, remove, findAndModify',
  'adviseIndexes()                                 which indexes would help, which help nobody',
  'runCommand(NAME, OPTIONS)                       any command on it',
].join('\n');

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => String(row[column]).length)));
  return rows.map(row => row.map((cell, column) =>
    column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column])).join('  ')).join('\n');
}

function listing(documents, ...columns) {
  if (documents.length === 0) return 'none';
  return table([columns, ...documents.map(each => columns.map(column => plain(each[column])))]);
}

function use(name) {
  globalThis.db = database(name);
  return 'switched to db ' + name;
}

function command(text) {
  const words = text.replace(/;$/, '').trim().split(/\s+/);
  if (words.length === 1 && words[0] === 'it') return current === null ? 'no cursor' : showBatch(current);
  if (words.length === 1 && words[0] === 'help') return HELP;
  if (words.length === 2 && words[0] === 'use') return use(words[1]);
  if (words.length === 2 && words[0] === 'show') {
    if (words[1] === 'dbs' || words[1] === 'databases') return listing(call('databases'), 'name', 'collections', 'documents', 'bytes');
    if (words[1] === 'collections' || words[1] === 'tables') return listing(call('collections', db.getName()), 'name', 'documents', 'bytes');
  }
  if (words.length === 2 && words[0] === 'show') return 'show takes dbs or collections';
  return null;
}

// An explanation as a tree: a line for each stage, its inputs below it and further to the right.
const DETAILS = ['indexName', 'direction', 'indexBounds', 'filter', 'sortPattern', 'limitAmount', 'skipAmount', 'transformBy'];
const WORDS = { filter: 'filter ' };
const INTERVALS_MAX = 3;
function boundsText(bounds) {
  const fields = Object.entries(bounds).map(([name, intervals]) => {
    const more = intervals.length - INTERVALS_MAX;
    return `${name}: ${intervals.slice(0, INTERVALS_MAX).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
  });
  return `{ ${fields.join(', ')} }`;
}
function detailText(name, value) {
  if (name === 'indexBounds') return boundsText(value);
  return typeof value === 'object' && !(value instanceof Long) ? oneLine(value) : value;
}
// What a stage did, if it has been carried out. One that counts returns nothing and reads nothing itself.
function workText(stage) {
  if (stage.nReturned === undefined) return [];
  const examined = stage.keysExamined === undefined ? '' : `keys ${stage.keysExamined}, docs ${stage.docsExamined}, `;
  const found = stage.nCounted === undefined ? stage.nReturned : `${stage.nCounted} counted`;
  return [`-> ${found} (${examined}${stage.executionTimeMillisEstimate} ms)`];
}
function stageLine(stage) {
  const details = DETAILS.filter(name => stage[name] !== undefined)
    .map(name => (WORDS[name] ?? '') + detailText(name, stage[name]));
  return [stage.stage, ...details, ...workText(stage)].join(' ');
}
function stageLines(stage, indent) {
  const inputs = stage.inputStages ?? (stage.inputStage ? [stage.inputStage] : []);
  return [indent + stageLine(stage), ...inputs.flatMap(input => stageLines(input, indent + '  '))];
}
const oneLine = value => show(value).replace(/\s*\n\s*/g, ' ');
function planLines({ queryPlanner: planner, executionStats: stats }) {
  const lines = stageLines(stats ? stats.executionStages : planner.winningPlan, '');
  if (planner.winningPlan.cost !== undefined) {
    lines.push(`estimated cost ${planner.winningPlan.cost}, rows ${planner.winningPlan.estimatedRows}`
      + (stats && stats.cost !== undefined ? `; counted cost ${stats.cost}, rows ${stats.nReturned}` : ''));
  }
  for (const plan of planner.rejectedPlans ?? []) {
    lines.push(`rejected at cost ${plan.cost}:`, ...stageLines(plan, '  '));
  }
  for (const index of planner.unusedIndexes ?? []) lines.push(`not used: ${index.index} (${index.code}) ${index.reason}`);
  return lines;
}
const isExplained = value => value !== null && typeof value === 'object'
  && (value.queryPlanner?.winningPlan !== undefined || Array.isArray(value.stages) && value.stages[0]?.$cursor?.queryPlanner !== undefined);
function explanation(value) {
  if (value.queryPlanner) return planLines(value).join('\n');
  const [first, ...others] = value.stages;
  return [...others.reverse().map(oneLine), ...planLines(first.$cursor)].join('\n');
}

function render(value) {
  if (value === undefined) return '';
  if (isExplained(value)) return explanation(value);
  if (value instanceof Cursor) return showBatch(value);
  if (value instanceof ChangeStream) return showEvents(value);
  if (value instanceof Collection) return value.getFullName();
  if (value instanceof Database) return value.getName();
  return typeof value === 'string' ? value : show(value);
}

const OLD = ['insert', 'save', 'update', 'remove', 'ensureIndex'];
const HIDDEN = new Set(['run', 'command', 'changeIndex', 'outside', 'checked', 'with', 'shape', 'isByCommand', 'asCommand',
  'start', 'goOn', 'accept', ...OLD]);

function complete(text) {
  const path = /(?:^|[^\w.$])(db(?:\.[\w$]+)*)\.([\w$]*)$/.exec(text);
  const chained = /\)\.([\w$]*)$/.exec(text);
  if (chained) return methods(Cursor).filter(name => name.startsWith(chained[1]) && !HIDDEN.has(name));
  if (!path) return ['db', 'show dbs', 'show collections', 'use ', 'it', 'help', 'exit'].filter(word => word.startsWith(text));
  const names = path[1] === 'db'
    ? [...call('collections', db.getName()).map(each => each.name), ...methods(Database)]
    : methods(Collection);
  return names.filter(name => name.startsWith(path[2]) && !HIDDEN.has(name));
}

const print = (...values) => { host.print(values.map(value => (typeof value === 'string' ? value : render(value))).join(' ')); };

Object.assign(globalThis, {
  print,
  printjson: value => print(show(value)),
  tojson: value => show(value),
  console: { log: print, error: print },
  ObjectId: callable(ObjectId, hex => new ObjectId(hex)),
  ISODate: callable(Date, text => (text === undefined ? new Date() : new Date(text))),
  Long: callable(Long, value => new Long(value)),
  NumberLong: callable(Long, value => new Long(value)),
  NumberInt: value => Math.trunc(Number(value)),
  NumberDecimal: callable(Decimal, text => new Decimal(text)),
  Decimal128: callable(Decimal, text => new Decimal(text)),
  Double: callable(Double, value => new Double(value)),
  Timestamp: callable(Timestamp, (t, i) => new Timestamp(t, i)),
  Binary: callable(Binary, (base64, subType = '00') => new Binary(subType, base64)),
  BinData: (subType, base64) => new Binary(subType.toString(16).padStart(2, '0'), base64),
  UUID: uuid,
  MinKey, MaxKey,
  EJSON: { stringify, parse: text => fromJson(JSON.parse(text)) },
});

return { use, command, render, complete, database: () => db.getName() };
