package io.smilodon.database.command;

import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.security.Action;

/**
 * <code>{compact: collection, dryRun, force, freeSpaceTargetMB}</code>. All collections share their
 * files, so it compacts those of all.
 */
final class CompactCommand {

    private static final String FREE_TARGET = "freeSpaceTargetMB";

    static final Command ROW =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.COMPACT))
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "dryRun", "force")
                    .optional(FieldKind.NUMBER, FREE_TARGET)
                    .by(CompactCommand::run);

    private CompactCommand() {}

    private static Document run(Invocation invocation) {
        invocation.collection().upkeep().indexes(); // there must be such a collection
        Body body = invocation.body();
        Smilodon smilodon = invocation.context().smilodon();
        if (body.flag("dryRun", false)) {
            return Document.of("estimatedBytesFreed", Value.of(estimate(smilodon)));
        }
        boolean isPrimary = invocation.context().membership().isPresent();
        if (isPrimary && !body.flag("force", false)) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "will not run compact on an active replica set primary as this will slow down"
                            + " other running operations. use force:true to force");
        }
        boolean isWorthwhile =
                !body.has(FREE_TARGET) || estimate(smilodon) >= body.number(FREE_TARGET) << 20;
        return Document.of("bytesFreed", Value.of(isWorthwhile ? compact(smilodon) : 0));
    }

    private static long compact(Smilodon smilodon) {
        smilodon.checkpoint();
        long before = smilodon.statistics().store().segmentBytes();
        smilodon.compact((step, done, total) -> OperationScope.progress(done, total));
        return Math.max(0, before - smilodon.statistics().store().segmentBytes());
    }

    /** What is hidden by newer versions, as a part of all files. */
    private static long estimate(Smilodon smilodon) {
        StoreStatistics store = smilodon.statistics().store();
        return (long) (store.segmentBytes() * store.compaction().hiddenShare());
    }
}
