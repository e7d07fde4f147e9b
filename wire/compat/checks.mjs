// A list of checks: each runs by itself, and says in one row whether it passed.

const SECONDS_MAX = 120;

export class Checks {
    rows = [];

    constructor(client) {
        this.client = client;
    }

    /** Runs one check; a failure is a row too, and the next one goes on. */
    async check(what, run) {
        const started = Date.now();
        const failure = await withinTime(run).then(
            () => undefined,
            (error) => error ?? new Error('no reason given'));
        this.add(what, failure, Date.now() - started);
    }

    add(what, failure, millis) {
        this.rows.push({ client: this.client, what, failure, millis });
        console.log(`${failure ? 'FAILED' : 'passed'}  ${this.client}: ${what}`);
        if (failure) {
            console.log(indented(failure.stack ?? String(failure)));
        }
    }
}

function withinTime(run) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no end after ${SECONDS_MAX} s`)), SECONDS_MAX * 1000);
    });
    return Promise.race([Promise.resolve().then(run), late]).finally(() => clearTimeout(timer));
}

function indented(text) {
    return text.split('\n').slice(0, 8).map((line) => `        ${line}`).join('\n');
}

/** The table of all rows; returns how many failed. */
export function report(rows) {
    const failed = rows.filter((row) => row.failure);
    console.log('\n| client | what | passed | ms |\n|---|---|---|---|');
    for (const { client, what, failure, millis } of rows) {
        console.log(`| ${client} | ${what} | ${failure ? 'NO' : 'yes'} | ${millis} |`);
    }
    console.log(`\n${rows.length - failed.length} passed, ${failed.length} failed`);
    return failed.length;
}
