// mongosh: each line of shell.txt is a check, run in one mongosh as a user types it.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Checks } from './checks.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROW = '@@row ';

/** Has mongosh send nothing to, and ask nothing from, anybody but the server. */
export function configureShell() {
    const home = process.env.SMILODON_WORK;
    mkdirSync(join(home, '.mongodb/mongosh'), { recursive: true });
    writeFileSync(
        join(home, '.mongodb/mongosh/config'),
        JSON.stringify({ userId: '0'.repeat(24), enableTelemetry: false, disableGreetingMessage: true, updateURL: '' }));
}

export async function shellChecks(uri) {
    const checks = new Checks('mongosh');
    const home = process.env.SMILODON_WORK;
    configureShell();
    const script = join(home, 'checks.js');
    writeFileSync(script, readFileSync(join(HERE, 'shell.txt'), 'utf8')
        .split('\n').filter((line) => line && !line.startsWith('#')).map(asCheck).join('\n'));
    const mongosh = join(HERE, 'node_modules/.bin/mongosh');
    const target = new URL(uri);
    target.pathname = '/compat_shell';
    let rest = '';
    try {
        const ended = await promisify(execFile)(
            mongosh, [target.href, '--quiet', '--norc', '--file', script], { timeout: 120_000, maxBuffer: 64 << 20 });
        rest = read(checks, ended.stdout) + ended.stderr;
    } catch (failure) {
        rest = read(checks, failure.stdout ?? '') + failure;
    }
    if (checks.rows.length === 0 || !checks.rows.at(-1).what.startsWith('db.dropDatabase')) {
        checks.add('goes on to the end', new Error(rest), 0);
    }
    return checks.rows;
}

/** A statement, and what its value has to be, as a row that it prints. */
function asCheck(line) {
    const [statement, expected = 'true'] = line.split(' //= ');
    const row = JSON.stringify({ what: statement });
    return `{
        const row = ${row}, from = Date.now();
        try {
            const value = EJSON.stringify(${statement.replace(/;$/, '')});
            if (value !== EJSON.stringify(${expected})) { row.failure = 'got ' + value; }
        } catch (error) { row.failure = String(error.stack ?? error); }
        row.millis = Date.now() - from;
        print('${ROW}' + JSON.stringify(row));
    }`;
}

function read(checks, output) {
    let rest = '';
    for (const line of output.split('\n')) {
        if (line.startsWith(ROW)) {
            const { what, failure, millis } = JSON.parse(line.slice(ROW.length));
            checks.add(what, failure && new Error(failure), millis);
        } else {
            rest += line + '\n';
        }
    }
    return rest;
}
