package io.smilodon.engine.backup;

import io.smilodon.engine.manifest.Manifest;
import java.time.Instant;

/**
 * The state of a store as of one commit: files that nobody deletes meanwhile, and a log that may be
 * longer.
 *
 * @param contents what is live
 * @param sequence the last commit that belongs to it; not before the checkpoint
 * @param time that commits had reached when it was taken
 */
public record BackupCut(Manifest.Contents contents, long sequence, Instant time) {}
