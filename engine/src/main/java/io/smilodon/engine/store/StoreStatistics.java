package io.smilodon.engine.store;

import io.smilodon.engine.compaction.CompactionStatistics;
import io.smilodon.engine.feed.FeedStatistics;
import io.smilodon.engine.log.LogStatistics;
import io.smilodon.engine.segment.CacheStatistics;

/**
 * What a store is made of at one moment.
 *
 * @param sequence the last visible commit
 * @param commits commits since opening
 * @param syncs times the log was forced to disk since opening
 * @param logBytes bytes of the log that a recovery would replay
 * @param memtableBytes bytes held in memory and not yet in a segment
 * @param segmentCount live segments
 * @param segmentBytes bytes of the live segments
 * @param flush writing memtables to segments, and what it makes writers wait
 * @param compaction merging segments
 * @param cache blocks of segments in memory
 * @param log what the log has done
 * @param snapshots snapshots that are open
 * @param feeds change feeds that are open
 * @param keptLogs which log files there are
 * @param archive copies of log files
 */
public record StoreStatistics(
        long sequence,
        long commits,
        long syncs,
        long logBytes,
        long memtableBytes,
        int segmentCount,
        long segmentBytes,
        FlushStatistics flush,
        CompactionStatistics compaction,
        CacheStatistics cache,
        LogStatistics log,
        SnapshotStatistics snapshots,
        FeedStatistics feeds,
        KeptLogStatistics keptLogs,
        ArchiveStatistics archive) {}
