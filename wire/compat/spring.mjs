// Spring Data MongoDB: the tests of spring/, run by Maven.
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Checks } from './checks.mjs';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), 'spring');
const REPORT = join(PROJECT, 'target/surefire-reports/TEST-io.smilodon.compat.RepositoryTest.xml');

export async function springChecks(uri) {
    const checks = new Checks('spring-data');
    rmSync(REPORT, { force: true });
    let said = '';
    try {
        const environment = { ...process.env, HOME: userInfo().homedir };
        await promisify(execFile)(
            'mvn', ['-B', '-q', '-f', PROJECT, 'test', `-Dsmilodon.uri=${uri}`], { timeout: 600_000, env: environment });
    } catch (failure) {
        said = `${failure.stdout ?? ''}${failure}`;
    }
    let report;
    try {
        report = readFileSync(REPORT, 'utf8');
    } catch {
        checks.add('builds', new Error(said), 0);
        return checks.rows;
    }
    for (const [, name, seconds, rest] of report.matchAll(/<testcase name="(\w+)[^>]* time="([\d.]+)"(\/>|>[\s\S]*?<\/testcase>)/g)) {
        const failure = /<(?:failure|error)[^>]*>([\s\S]*?)<\//.exec(rest);
        checks.add(words(name), failure && new Error(failure[1]), Math.round(seconds * 1000));
    }
    return checks.rows;
}

function words(name) {
    return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
