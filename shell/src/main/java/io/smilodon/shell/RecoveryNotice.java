package io.smilodon.shell;

import io.smilodon.engine.store.RecoveryReport;
import io.smilodon.engine.store.RecoveryReport.PossibleLoss;
import io.smilodon.engine.store.RecoveryReport.TornTail;
import io.smilodon.engine.store.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What opening a directory found, in sentences. Pure functions. */
final class RecoveryNotice {

    private RecoveryNotice() {}

    /** Nothing after a clean stop. */
    static List<String> of(RecoveryReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.isClean()) {
            lines.add(
                    text(
                            "The last stop was not clean: %,d commits were read from the log, up to"
                                    + " commit %d.",
                            report.replayedCommits(), report.lastSequence()));
        }
        report.tornTail().ifPresent(tail -> lines.add(cut(tail, report.earlierMode())));
        report.possibleLoss().ifPresent(loss -> lines.add(lost(loss, report.earlierMode())));
        return lines;
    }

    private static String cut(TornTail tail, SyncMode mode) {
        String meaning =
                mode == SyncMode.SYNC
                        ? "no acknowledged commit was in it"
                        : "none of it had been forced to disk";
        return text(
                "The log file %s was cut at byte %d: %,d bytes, from number %d on; %s.",
                tail.file(), tail.offset(), tail.bytes(), tail.lsn(), meaning);
    }

    private static String lost(PossibleLoss loss, SyncMode mode) {
        String extent =
                loss.millisMax().isPresent()
                        ? text("of the last %,d ms and one sync", loss.millisMax().getAsLong())
                        : "since the last sync";
        return text(
                "Durability was %s: if the machine stopped, not only the process, acknowledged"
                        + " commits %s before the stop, later than commit %d (%s), may be missing.",
                mode, extent, loss.afterSequence(), loss.afterTime());
    }

    private static String text(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
