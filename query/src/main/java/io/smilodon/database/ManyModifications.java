package io.smilodon.database;

import io.smilodon.database.SteppedWrites.Part;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.TransactionRunner;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes every document that matches. They are selected on one snapshot and changed in parts that
 * commit one after the other; a document that others have changed meanwhile is asked again whether
 * it matches, but for chance, which has selected it. Thread-safe.
 */
final class ManyModifications {

    private static final int SELECTED_COUNT = 1_000;

    private final Queries queries;
    private final CollectionWrites writes;

    ManyModifications(Queries queries, CollectionWrites writes) {
        this.queries = queries;
        this.writes = writes;
    }

    /** What is done so far. */
    record Total(long matchedCount, long modifiedCount) {

        Total plus(Part<UpdateResult> part) {
            long matched = 0;
            long modified = 0;
            for (SteppedWrites.Result<UpdateResult> done : part.results()) {
                matched += done.value().matchedCount();
                modified += done.value().modifiedCount();
            }
            return new Total(matchedCount + matched, modifiedCount + modified);
        }
    }

    /** What is to be done to each document. */
    private record Task(Queries.Parsed query, OrderedFilter filter, Modification modification) {

        /** What it tells holds no document: those of a part may be more than memory can. */
        UpdateResult change(CollectionWriter writer, Value id) {
            Predicate asked =
                    TextFilters.bound(
                            filter.under(query.collation(writer.entry()).order()), writer.entry());
            return writer.find(id)
                    .filter(document -> asked.matches(document.document()))
                    .map(document -> modification.apply(writer, document))
                    .orElse(Change.NONE)
                    .toUpdateResult();
        }
    }

    Total run(FindRequest request, Modification modification) {
        writes.checkWritable();
        writes.refuseView();
        Queries.Parsed asked = queries.parse(request, modification.variables());
        modification.checkFilter(asked.filter());
        Queries.Parsed query = writes.limits().within(asked);
        Queries.Parsed again = query.withoutChance();
        Task task = new Task(again, new OrderedFilter(again.filter()), modification);
        Total total = new Total(0, 0);
        try (DocumentCursor cursor = queries.find(writes.namespace(), query, Settled.NOTHING)) {
            while (cursor.hasNext()) {
                Part<UpdateResult> part = change(task, select(cursor));
                total = total.plus(part);
                if (!part.failures().isEmpty()) {
                    throw part.failures().get(part.failures().firstKey());
                }
            }
        } catch (SmilodonException failure) {
            throw after(total, failure);
        }
        return total;
    }

    private static List<Value> select(DocumentCursor cursor) {
        List<Value> ids = new ArrayList<>();
        while (ids.size() < SELECTED_COUNT && cursor.hasNext()) {
            ids.add(cursor.next().get(DocumentRules.ID));
        }
        return ids;
    }

    private Part<UpdateResult> change(Task task, List<Value> ids) {
        return new SteppedWrites<Value, UpdateResult>(
                        work ->
                                writes.run(task.query.request().maxTimeMillis(), work)
                                        .map(TransactionRunner.Done::result)
                                        .orElse(Part.from(ids.size())),
                        task::change,
                        new SteppedWrites.Mode(true, writes.isWhole()))
                .run(ids);
    }

    /** The failure, with what was done before it. */
    private static SmilodonException after(Total total, SmilodonException failure) {
        return Failures.with(
                failure,
                Map.of("matchedCount", total.matchedCount, "modifiedCount", total.modifiedCount));
    }
}
