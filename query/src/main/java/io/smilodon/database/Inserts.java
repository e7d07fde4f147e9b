package io.smilodon.database;

import io.smilodon.database.InsertManyResult.Inserted;
import io.smilodon.database.SteppedWrites.Part;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Inserts into one collection. Thread-safe. */
final class Inserts {

    /** MongoDB's limit on the operations of one bulk. */
    private static final int DOCUMENTS_MAX = 100_000;

    private final CollectionWrites writes;

    Inserts(CollectionWrites writes) {
        this.writes = writes;
    }

    InsertOneResult insertOne(Document document) {
        writes.checkWritable();
        Document stored = writes.filled(DocumentRules.forInsert(document, Location.ROOT));
        Value id = stored.get(DocumentRules.ID);
        return writes.runCreating(
                        0,
                        writer -> {
                            writer.insert(stored, SizeLimit.OF_INSERT);
                            return Attempt.commit(new InsertOneResult(id));
                        })
                .result();
    }

    /**
     * Inserts documents inside a transaction that goes on, each of which fails for itself.
     *
     * @param work is given what inserts a document and returns its {@code _id}
     */
    void insertEach(Consumer<Function<Document, Value>> work) {
        writes.checkWritable();
        writes.runCreating(
                0,
                writer -> {
                    work.accept(document -> insert(writer, document));
                    return new Attempt<>(true, writer.insertedCount() > 0);
                });
    }

    private Value insert(CollectionWriter writer, Document document) {
        Document stored = writes.filled(DocumentRules.forInsert(document, Location.ROOT));
        writer.insert(stored, SizeLimit.OF_INSERT);
        return stored.get(DocumentRules.ID);
    }

    /** A document with its position in the request. */
    private record Item(int position, Document document) {}

    InsertManyResult insertMany(List<Document> documents, boolean ordered) {
        writes.checkWritable();
        if (documents.isEmpty() || documents.size() > DOCUMENTS_MAX) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "Write batch sizes must be between 1 and 100000",
                    Map.of("actual", documents.size()));
        }
        SortedMap<Integer, SmilodonException> failures = new TreeMap<>();
        List<Item> items = prepare(documents, ordered, failures);
        if (writes.isWhole() && !failures.isEmpty()) {
            throw ofWhole(failures.firstKey(), failures.get(failures.firstKey()));
        }
        Part<Value> written = steps(ordered).run(items);
        written.failures().forEach((step, error) -> failures.put(items.get(step).position, error));
        if (ordered && failures.size() > 1) {
            // A document that failed to be stored comes before the one that was malformed.
            failures.tailMap(failures.firstKey() + 1).clear();
        }
        List<Inserted> inserted = new ArrayList<>(written.results().size());
        written.results()
                .forEach(
                        done -> {
                            int index = items.get(done.position()).position;
                            inserted.add(new Inserted(index, done.value()));
                        });
        return new InsertManyResult(inserted, errors(failures));
    }

    /** Gives out the ids before anything is written: a step that runs twice inserts the same. */
    private List<Item> prepare(
            List<Document> documents,
            boolean ordered,
            SortedMap<Integer, SmilodonException> failures) {
        List<Item> items = new ArrayList<>(documents.size());
        for (int position = 0; position < documents.size(); position++) {
            Location place = Location.ROOT.child("documents").child(position);
            try {
                Document stored =
                        writes.filled(DocumentRules.forInsert(documents.get(position), place));
                items.add(new Item(position, stored));
            } catch (SmilodonException malformed) {
                failures.put(position, malformed);
                if (ordered) {
                    break;
                }
            }
        }
        return items;
    }

    private SteppedWrites<Item, Value> steps(boolean ordered) {
        return new SteppedWrites<>(
                work -> writes.runCreating(0, work).result(),
                this::insert,
                new SteppedWrites.Mode(ordered, writes.isWhole()));
    }

    private Value insert(CollectionWriter writer, Item item) {
        try {
            writer.insert(item.document, SizeLimit.OF_INSERT);
            return item.document.get(DocumentRules.ID);
        } catch (SmilodonException failure) {
            throw writes.isWhole() ? ofWhole(item.position, failure) : failure;
        }
    }

    /** The failure of all, which tells whose it was. */
    private static SmilodonException ofWhole(int position, SmilodonException failure) {
        return Failures.with(failure, Map.of(WriteError.POSITION, position));
    }

    private static List<WriteError> errors(SortedMap<Integer, SmilodonException> failures) {
        List<WriteError> errors = new ArrayList<>();
        failures.forEach((position, error) -> errors.add(WriteError.of(position, error)));
        return errors;
    }
}
