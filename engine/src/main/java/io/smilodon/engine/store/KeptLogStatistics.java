package io.smilodon.engine.store;

import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.ManifestState;
import java.util.Collection;
import java.util.Optional;

/**
 * Which log files there are, needed for recovery or kept for others.
 *
 * @param files how many, with the one that is written
 * @param sealedBytes bytes of those that are finished
 * @param oldestSequence the oldest number in them from which on every one is there
 * @param oldestMillis a time, in milliseconds since 1970, since when every commit is there; empty
 *     if that is not known
 */
public record KeptLogStatistics(
        int files, long sealedBytes, long oldestSequence, Optional<Long> oldestMillis) {

    static KeptLogStatistics of(ManifestState state) {
        Collection<LogFile> logs = state.logs().values();
        Optional<LogFile> oldest = state.logsWithoutGap().stream().findFirst();
        return new KeptLogStatistics(
                logs.size(),
                logs.stream().flatMap(log -> log.seal().stream()).mapToLong(LogSeal::bytes).sum(),
                oldest.map(LogFile::firstLsn).orElse(state.checkpointLsn() + 1),
                oldest.flatMap(LogFile::seal).map(LogSeal::lastMillis).filter(time -> time > 0));
    }
}
