package io.smilodon.engine.feed;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.BatchCodec;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.manifest.Manifest;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Where feeds read.
 *
 * @param directory has the log's files
 * @param manifest names them; a file is in it before its first frame is visible
 * @param visible the last visible commit; all before it are visible too
 * @param times which commit happened when
 * @param changes what a batch says to users of the store
 */
public record FeedSource(
        StorageDirectory directory,
        Manifest manifest,
        LongSupplier visible,
        CommitTimes times,
        Function<BatchCodec.Batch, List<KeyChange>> changes) {}
