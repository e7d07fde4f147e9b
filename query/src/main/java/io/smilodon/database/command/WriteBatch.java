package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.WriteError;
import io.smilodon.database.WriteFailure;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several writes in a row, each of which may fail on its own. In a transaction the first failure
 * ends it all. Inserts into one collection that follow each other are carried out together.
 *
 * @param isOrdered whether to stop at the first failure instead of trying the rest
 * @param isWhole whether the writes belong to a transaction
 * @param report what has become of them
 * @param repeatable how to write so that the command may be sent again
 */
record WriteBatch(
        boolean isOrdered,
        boolean isWhole,
        WriteReport report,
        Optional<RepeatableWrites> repeatable) {

    private static final int COUNT_MAX = 100_000;

    /** Writes as a command asks for it, outside transactions or in the one that it belongs to. */
    static WriteBatch of(Invocation invocation, WriteReport report) {
        boolean isOrdered = invocation.body().flag("ordered", true);
        boolean isWhole = invocation.context().transaction().isPresent();
        return new WriteBatch(isOrdered, isWhole, report, RepeatableWrites.of(invocation));
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
        int next = 0;
        boolean goesOn = true;
        while (goesOn && next < writes.size()) {
            List<Document> documents = inserts(writes, next);
            if (documents.isEmpty()) {
                goesOn = change(writes.get(next), next);
                next++;
            } else {
                boolean isAll = documents.size() == writes.size();
                goesOn =
                        isAll
                                ? insert(writes.getFirst().collection(), documents, 0)
                                : insertAmongOthers(writes.get(next), documents, next);
                next += documents.size();
            }
        }
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

    /** Returns whether the writes behind it are tried. */
    private boolean insert(DocumentCollection collection, List<Document> documents, int first) {
        if (repeatable.isPresent()) {
            return repeatable.get().insert(this, collection.namespace(), documents, first);
        }
        InsertManyResult result = collection.insertMany(documents, isOrdered);
        result.insertedIds().keySet().forEach(position -> report.inserted(first + position));
        for (WriteError error : result.writeErrors()) {
            WriteError moved = error.movedBy(first);
            report.failed(moved.index(), CommandFailure.ofWrite(moved));
        }
        return !isOrdered || result.writeErrors().isEmpty();
    }

    /** What refuses all of them is told with what became of the other writes. */
    private boolean insertAmongOthers(Write write, List<Document> documents, int first) {
        try {
            return insert(write.collection(), documents, first);
        } catch (SmilodonException failure) {
            return fail(failure, first, documents.size());
        }
    }

    private boolean change(Write write, int index) {
        try {
            OperationScope.checkCurrent();
            WriteOutcome outcome =
                    repeatable.isPresent() ? repeatable.get().change(write, index) : write.change();
            if (write instanceof Write.Delete) {
                report.deleted(index, outcome);
            } else {
                report.updated(index, outcome);
            }
            return true;
        } catch (SmilodonException failure) {
            return fail(failure, index, 1);
        }
    }

    /**
     * Writes that have failed alike: the first of them is told, and where the others were to be
     * tried, so are these.
     */
    boolean fail(SmilodonException failure, int first, int count) {
        WriteFailure meaning = WriteFailure.of(failure);
        if (isWhole || meaning == WriteFailure.FATAL) {
            throw failure;
        }
        boolean goesOn = !isOrdered && meaning == WriteFailure.OWN;
        for (int index = first; index < (goesOn ? first + count : first + 1); index++) {
            report.failed(index, CommandFailure.ofWrite(index, failure));
        }
        return goesOn;
    }
}
