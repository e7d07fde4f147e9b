import { report } from './checks.mjs';
import { compassChecks } from './compass.mjs';
import { driverChecks } from './driver.mjs';
import { mongooseChecks } from './mongoose.mjs';
import { shellChecks } from './shell.mjs';
import { springChecks } from './spring.mjs';

const uri = process.argv[2];
const rows = [
    ...(await driverChecks(uri)),
    ...(await compassChecks(uri)),
    ...(await mongooseChecks(uri)),
    ...(await shellChecks(uri)),
    ...(await springChecks(uri)),
];
process.exit(report(rows) === 0 ? 0 : 1);
