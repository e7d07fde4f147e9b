package io.smilodon.database.command;

import io.smilodon.database.ErrorLabels;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.StatementChunks;
import io.smilodon.database.WriteError;
import io.smilodon.database.WriteFailure;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several writes in a row, each of which may fail on its own; outside transactions they are carried
 * out in chunks. In a transaction the first failure ends it all, also those that are not ordered.
 *
 * @param isOrdered whether to stop at the first failure instead of trying the rest
 * @param report what has become of them
 */
record WriteBatch(Invocation invocation, boolean isOrdered, WriteReport report) {

    private static final int COUNT_MAX = 100_000;

    /** Writes as a command asks for it, outside transactions or in the one that it belongs to. */
    static WriteBatch of(Invocation invocation, WriteReport report) {
        return new WriteBatch(invocation, invocation.body().flag("ordered", true), report);
    }

    /**
     * Carries them out.
     *
     * @throws SmilodonException {@code InvalidLength} for none or too many; what ends them all
     */
    void run(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > COUNT_MAX) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "Write batch sizes must be between 1 and 100000",
                    Map.of("actual", writes.size()));
        }
        boolean isWhole = invocation.context().transaction().isPresent();
        StatementIds ids = StatementIds.of(invocation, writes.size());
        Optional<KeptResults> kept =
                SessionFields.repeatable(invocation.general())
                        .map(name -> new KeptResults(name, writes, ids));
        if (isWhole) {
            runInTransaction(writes);
        } else if (kept.isEmpty() && inserts(writes, 0).size() == writes.size()) {
            insert(writes, 0);
        } else {
            runInChunks(writes, kept);
        }
    }

    private void runInChunks(List<Write> writes, Optional<KeptResults> kept) {
        StatementChunks<WriteResult> chunks =
                invocation
                        .context()
                        .smilodon()
                        .chunks(
                                new ChunkedWrites(invocation, writes, isOrdered),
                                WriteConcern.options(invocation.body()),
                                kept.map(results -> results));
        int next = 0;
        boolean goesOn = true;
        while (goesOn && next < writes.size()) {
            for (WriteResult result : chunks.run(next)) {
                goesOn = tell(writes.get(next), next, result);
                next++;
            }
        }
    }

    /** Returns whether the writes behind it are tried. */
    private boolean tell(Write write, int index, WriteResult result) {
        return switch (result) {
            case WriteResult.Done done -> {
                write.report(report, index, done.outcome());
                yield true;
            }
            case WriteResult.Failed failed -> {
                report.failed(index, write, failed.error());
                yield !isOrdered;
            }
        };
    }

    private void runInTransaction(List<Write> writes) {
        int next = 0;
        while (next < writes.size()) {
            try {
                OperationScope.checkCurrent();
                next = carryOutSome(writes, next);
            } catch (SmilodonException failure) {
                failTransaction(writes, next, failure);
                return;
            }
        }
    }

    /** Returns the position behind those that were carried out. */
    private int carryOutSome(List<Write> writes, int first) {
        int count = inserts(writes, first).size();
        if (count > 0) {
            insert(writes.subList(first, first + count), first);
            return first + count;
        }
        Write write = writes.get(first);
        write.report(report, first, write.carryOut());
        return first + 1;
    }

    /**
     * Ends the transaction for the failure of a write, which is told as outside of transactions.
     *
     * @param first of those among which the failure was
     * @throws SmilodonException the failure, if it is not that write's own or if another attempt at
     *     the transaction may do better
     */
    private void failTransaction(List<Write> writes, int first, SmilodonException failure) {
        boolean isOfWhole =
                WriteFailure.of(failure) != WriteFailure.OWN
                        || failure.labels().contains(ErrorLabels.TRANSIENT)
                        || failure.code().equals(ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION);
        if (isOfWhole) {
            throw failure;
        }
        invocation.context().transaction().orElseThrow().abort();
        int done =
                failure.details().get(WriteError.POSITION) instanceof Integer before ? before : 0;
        for (int position = first; position < first + done; position++) {
            report.inserted(position);
        }
        int failed = first + done;
        report.failed(failed, writes.get(failed), CommandFailure.ofWrite(failed, failure));
    }

    /** The documents of the inserts from here on that go into one collection. */
    private static List<Document> inserts(List<Write> writes, int first) {
        List<Document> documents = new ArrayList<>();
        for (Write write : writes.subList(first, writes.size())) {
            boolean belongs =
                    write instanceof Write.Insert
                            && write.collection()
                                    .namespace()
                                    .equals(writes.get(first).collection().namespace());
            if (!belongs) {
                break;
            }
            documents.add(((Write.Insert) write).document());
        }
        return documents;
    }

    /** Tells of each write that it has failed for this. */
    private void failAlike(List<Write> writes, int first, SmilodonException failure) {
        for (int index = first; index < first + writes.size(); index++) {
            Document error = CommandFailure.ofWrite(index, failure);
            report.failed(index, writes.get(index - first), error);
        }
    }

    /** Inserts documents into one collection, as one statement. */
    private void insert(List<Write> writes, int first) {
        InsertManyResult result;
        try {
            result = writes.getFirst().collection().insertMany(inserts(writes, 0), isOrdered);
        } catch (SmilodonException failure) {
            boolean isOfEach = failure.code().equals(ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW);
            if (!isOfEach || invocation.context().transaction().isPresent()) {
                throw failure;
            }
            failAlike(isOrdered ? writes.subList(0, 1) : writes, first, failure);
            return;
        }
        result.inserted().forEach(one -> report.inserted(first + one.index()));
        for (WriteError error : result.writeErrors()) {
            WriteError moved = error.movedBy(first);
            Write write = writes.get(error.index());
            report.failed(moved.index(), write, CommandFailure.ofWrite(moved));
        }
    }
}
