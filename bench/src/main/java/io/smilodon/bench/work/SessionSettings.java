package io.smilodon.bench.work;

import java.nio.file.Path;

/**
 * What a worker works with.
 *
 * @param peer its name
 * @param directory for its databases
 * @param durableDirectory for that of durable inserts, which may be on another disk
 * @param documents in the loaded database
 * @param cacheMegabytes memory for the peer's cache
 */
public record SessionSettings(
        String peer, Path directory, Path durableDirectory, int documents, int cacheMegabytes) {

    public Path loaded() {
        return directory.resolve(peer).resolve("loaded");
    }

    Path indexed() {
        return directory.resolve(peer).resolve("indexed");
    }

    Path durable() {
        return durableDirectory.resolve(peer).resolve("durable");
    }
}
