package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.store.RecoveryReport;
import io.smilodon.engine.store.RecoveryReport.PossibleLoss;
import io.smilodon.engine.store.RecoveryReport.TornTail;
import io.smilodon.engine.store.SyncMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecoveryNoticeTest {

    private static final String NOT_CLEAN =
            "The last stop was not clean: 12 commits were read from the log, up to commit 40.";

    private static List<String> lines(
            SyncMode mode, Optional<TornTail> tail, Optional<PossibleLoss> loss) {
        return RecoveryNotice.of(new RecoveryReport(false, mode, 12, 40, tail, loss));
    }

    @Test
    void a_clean_stop_needs_no_words() {
        assertEquals(
                List.of(),
                RecoveryNotice.of(
                        new RecoveryReport(
                                true, SyncMode.NONE, 0, 9, Optional.empty(), Optional.empty())));
    }

    @Test
    void a_cut_is_told_with_its_place() {
        TornTail tail = new TornTail("000000000007.log", 4_096, 41, 1_234, 43);
        assertEquals(
                List.of(
                        NOT_CLEAN,
                        "The log file 000000000007.log was cut at byte 4096: 1,234 bytes, from"
                                + " number 41 on; no acknowledged commit was in it."),
                lines(SyncMode.SYNC, Optional.of(tail), Optional.empty()));
    }

    @Test
    void what_may_be_missing_is_told_with_its_bound() {
        Instant time = Instant.parse("2026-11-21T05:00:00Z");
        assertEquals(
                List.of(
                        NOT_CLEAN,
                        "Durability was INTERVAL: if the machine stopped, not only the process,"
                                + " acknowledged commits of the last 100 ms and one sync before the"
                                + " stop, later than commit 40 (2026-11-21T05:00:00Z), may be"
                                + " missing."),
                lines(
                        SyncMode.INTERVAL,
                        Optional.empty(),
                        Optional.of(new PossibleLoss(40, time, OptionalLong.of(100)))));
        assertEquals(
                List.of(
                        NOT_CLEAN,
                        "Durability was NONE: if the machine stopped, not only the process,"
                                + " acknowledged commits since the last sync before the stop, later"
                                + " than commit 40 (2026-11-21T05:00:00Z), may be missing."),
                lines(
                        SyncMode.NONE,
                        Optional.empty(),
                        Optional.of(new PossibleLoss(40, time, OptionalLong.empty()))));
    }
}
