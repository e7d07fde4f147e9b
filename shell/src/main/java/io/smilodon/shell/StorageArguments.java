package io.smilodon.shell;

import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say how the store uses the disk and memory. */
final class StorageArguments {

    private static final Pattern SYNC = Pattern.compile("(sync|none|interval)|interval:(\\d{1,9})");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg])");

    /** What a cache leaves of the heap is what requests and memtables live on. */
    private static final int CACHE_SHARE = 2;

    @Option(
            names = "--sync",
            paramLabel = "MODE",
            defaultValue = "sync",
            description =
                    "When a write is forced to disk: 'sync' before it is acknowledged; 'interval'"
                            + " within 100 ms, or 'interval:MILLIS' (10 to 5000), so that a power"
                            + " failure may take the last ones; 'none' when a log file is full or"
                            + " closed. A request may ask for more (default: ${DEFAULT-VALUE})")
    private String sync;

    @Option(
            names = "--cache",
            paramLabel = "SIZE",
            description =
                    "Memory for what has been read from files, such as 512m or 2g, at most half of"
                            + " Java's heap (default: a quarter of it, at most 1g)")
    private Optional<String> cache = Optional.empty();

    /** What they ask for. */
    StorageOptions options() {
        StorageOptions synced = synced(sync);
        return cache.map(size -> cacheBytes(size, Runtime.getRuntime().maxMemory()))
                .map(synced::withBlockCacheBytesMax)
                .orElse(synced);
    }

    /** What who serves with these is to know; empty if nothing acknowledged can be lost. */
    static Optional<String> notice(StorageOptions options) {
        return switch (options.log().syncMode()) {
            case SYNC -> Optional.empty();
            case INTERVAL ->
                    Optional.of(
                            "A power failure may take the writes of the last "
                                    + options.log().syncIntervalMillis()
                                    + " ms and one sync (--sync interval)");
            case NONE ->
                    Optional.of(
                            "A power failure may take the writes since the last sync, however many"
                                    + " they are (--sync none)");
        };
    }

    static StorageOptions synced(String mode) {
        Matcher matcher = SYNC.matcher(mode);
        if (!matcher.matches()) {
            throw unknown(mode);
        }
        if (matcher.group(1) != null) {
            SyncMode named = SyncMode.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            return StorageOptions.DEFAULTS.withSyncMode(named);
        }
        try {
            return StorageOptions.DEFAULTS
                    .withSyncMode(SyncMode.INTERVAL)
                    .withSyncIntervalMillis(Long.parseLong(matcher.group(2)));
        } catch (IllegalArgumentException outOfRange) {
            throw unknown(mode);
        }
    }

    private static ShellException unknown(String mode) {
        return new ShellException(
                "--sync takes sync, interval, interval:MILLIS (10 to 5000) or none, not " + mode);
    }

    /**
     * How many bytes a size means.
     *
     * @param heapBytes of which a cache may take half
     */
    static long cacheBytes(String size, long heapBytes) {
        Matcher matcher = SIZE.matcher(size.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ShellException("--cache takes a size such as 512m or 2g, not " + size);
        }
        int doublings =
                switch (matcher.group(2)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    default -> 30;
                };
        long bytes = Long.parseLong(matcher.group(1)) << doublings;
        if (bytes > heapBytes / CACHE_SHARE) {
            throw new ShellException(
                    "--cache takes at most half of Java's heap, which has "
                            + (heapBytes >> 20)
                            + "m, not "
                            + size
                            + " (SMILODON_OPTS=-Xmx8g gives it 8g)");
        }
        return bytes;
    }
}
