package io.smilodon.query.plan;

/**
 * What a stage is expected to do. The unit of cost is reading one document in a scan.
 *
 * @param rows documents or index entries that it hands on
 * @param startup cost until the first one
 * @param total cost until the last one
 */
public record Estimate(double rows, double startup, double total) {

    /** As far as a consumer reads that stops after so many rows. */
    Estimate stoppedAfter(double count) {
        if (count >= rows) {
            return this;
        }
        return new Estimate(count, startup, startup + (total - startup) * (count / rows));
    }

    /** What is left when a consumer throws the first ones away. */
    Estimate without(double count) {
        double skipped = Math.min(count, rows);
        double work = rows == 0 ? 0 : (total - startup) * (skipped / rows);
        return new Estimate(rows - skipped, startup + work, total);
    }
}
