package io.smilodon.engine.store;

/**
 * What the store does against a full disk.
 *
 * @param reserveBytes largest size of the file that is given up when the disk is full, so that
 *     removals and compaction have room; it is never larger than the segments, and there is none in
 *     memory; 0 for none
 * @param probeMillis how often a full disk is tried again; 1 to 60,000
 */
public record SpaceSettings(long reserveBytes, long probeMillis) {

    public static final SpaceSettings DEFAULTS = new SpaceSettings(32L << 20, 1_000);

    public SpaceSettings {
        Setting.require(
                reserveBytes >= 0 && reserveBytes <= 1L << 40, "reserveBytes", reserveBytes);
        Setting.require(probeMillis >= 1 && probeMillis <= 60_000, "probeMillis", probeMillis);
    }

    public SpaceSettings withReserveBytes(long bytes) {
        return new SpaceSettings(bytes, probeMillis);
    }

    public SpaceSettings withProbeMillis(long millis) {
        return new SpaceSettings(reserveBytes, millis);
    }
}
