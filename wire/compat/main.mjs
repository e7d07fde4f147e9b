import { report } from './checks.mjs';
import { compassChecks } from './compass.mjs';
import { driverChecks } from './driver.mjs';
import { loginChecks } from './logins.mjs';
import { mongooseChecks } from './mongoose.mjs';
import { shellChecks } from './shell.mjs';
import { springChecks } from './spring.mjs';

const [, , uri, uriOfUser] = process.argv;
const rows = [
    ...(await driverChecks(uri)),
    ...(await compassChecks(uri)),
    ...(await mongooseChecks(uri)),
    ...(await shellChecks(uri)),
    ...(await springChecks(uri)),
    ...(uriOfUser ? await loginChecks(uriOfUser) : []),
];
process.exit(report(rows) === 0 ? 0 : 1);
