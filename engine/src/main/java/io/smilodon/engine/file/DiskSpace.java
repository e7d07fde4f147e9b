package io.smilodon.engine.file;

/**
 * The file system that a directory lies on, with what others have on it.
 *
 * @param usedBytes what is taken, or cannot be had
 * @param totalBytes how large it is
 */
public record DiskSpace(long usedBytes, long totalBytes) {}
