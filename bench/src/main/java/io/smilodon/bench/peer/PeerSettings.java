package io.smilodon.bench.peer;

import java.nio.file.Path;

/**
 * How a peer is opened.
 *
 * @param directory its own; it exists
 * @param isDurable whether a write returns after it is on disk
 * @param cacheMegabytes memory for its cache
 * @param keepsLog whether 64 MB of log stay unmerged, for measuring recovery
 */
public record PeerSettings(
        Path directory, boolean isDurable, int cacheMegabytes, boolean keepsLog) {}
