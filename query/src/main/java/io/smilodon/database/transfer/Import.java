package io.smilodon.database.transfer;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.value.MemorySize;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Writes the documents of a stream into a collection, in bulks of limited size, so that a stream of
 * any length takes little memory. Each document is written for itself: what was written before an
 * error stays. Used once, by one thread.
 */
public final class Import {

    /** Errors that are described; others are counted. */
    public static final int ERRORS_MAX = 100;

    private static final int BULK_COUNT = 1_000;
    private static final long BULK_BYTES = 8 << 20;

    private final DocumentCollection collection;
    private final ImportOptions options;
    private final List<FieldPath> upsertPaths;
    private final List<Document> bulk = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<Document> errors = new ArrayList<>();
    private long bulkBytes;
    private long read;
    private long inserted;
    private long matched;
    private long modified;
    private long upserted;
    private long deleted;
    private long failed;

    public Import(DocumentCollection collection, ImportOptions options) {
        this.collection = collection;
        this.options = options;
        this.upsertPaths = options.upsertFields().stream().map(FieldPath::parse).toList();
    }

    /**
     * Imports all of a stream.
     *
     * @return what was done, and the first errors by the positions of their documents, from 0;
     *     {@code stopped} is the error behind which nothing was read
     * @throws SmilodonException for a stream that is malformed before its first document, and for
     *     what ends the whole request, as a deadline does
     */
    public Document run(InputStream input) {
        Iterator<Document> documents = options.format().read(input, options);
        Optional<SmilodonException> end = Optional.empty();
        try {
            while (!isStopped() && documents.hasNext()) {
                OperationScope.checkCurrent();
                add(documents.next());
            }
        } catch (SmilodonException failure) {
            if (read == 0 || !isOfStream(failure)) {
                throw failure;
            }
            end = Optional.of(failure);
        }
        write();
        return report(end);
    }

    /** Whether the text is wrong, and not what the server does with it. */
    private static boolean isOfStream(SmilodonException failure) {
        ErrorCode code = failure.code();
        return code.equals(ErrorCode.FAILED_TO_PARSE)
                || code.equals(ErrorCode.OBJECT_TOO_LARGE)
                || code.equals(ErrorCode.OVERFLOW);
    }

    private boolean isStopped() {
        return options.stopsOnError() && failed > 0;
    }

    private void add(Document found) {
        long position = read++;
        Document constants = options.constants();
        Document document =
                constants.isEmpty()
                        ? found
                        : Document.builder().putAll(found).putAll(constants).build();
        Optional<Document> filter = filter(document);
        if (filter.isEmpty()) {
            fail(
                    Document.builder()
                            .put("index", position)
                            .put("code", ErrorCode.BAD_VALUE.number())
                            .put("codeName", ErrorCode.BAD_VALUE.name())
                            .put("message", "The document lacks a field that it is found by")
                            .build());
            return;
        }
        bulk.add(options.mode().operation(filter.get(), document));
        positions.add(position);
        bulkBytes += MemorySize.of(document);
        if (bulk.size() == BULK_COUNT || bulkBytes >= BULK_BYTES) {
            write();
        }
    }

    /** What finds the document that this one stands for; empty if it lacks one of the fields. */
    private Optional<Document> filter(Document document) {
        DocumentBuilder filter = Document.builder();
        if (options.mode() == ImportMode.INSERT) {
            return Optional.of(filter.build());
        }
        for (FieldPath path : upsertPaths) {
            Value value = at(document, path);
            if (value == Missing.INSTANCE) {
                boolean isNew = options.mode().createsDocuments();
                return isNew && path.dotted().equals("_id") ? newDocument() : Optional.empty();
            }
            filter.put(path.dotted(), Document.of("$eq", value));
        }
        return Optional.of(filter.build());
    }

    /** A document without an {@code _id} is no other's: nothing is found by this. */
    private static Optional<Document> newDocument() {
        return Optional.of(Document.of("_id", ObjectId.next()));
    }

    private static Value at(Document document, FieldPath path) {
        Value value = document;
        for (String step : path.steps()) {
            value = value instanceof Document inner ? inner.get(step) : Missing.INSTANCE;
        }
        return value;
    }

    private void write() {
        if (bulk.isEmpty()) {
            return;
        }
        Document request =
                Document.builder()
                        .put("operations", ArrayValue.of(bulk))
                        .put("ordered", Value.of(options.stopsOnError()))
                        .build();
        count(Actions.run(collection, "bulkWrite", request));
        OperationScope.progress(read, 0);
        bulk.clear();
        positions.clear();
        bulkBytes = 0;
    }

    private void count(Document done) {
        inserted += number(done, "insertedCount");
        matched += number(done, "matchedCount");
        modified += number(done, "modifiedCount");
        upserted += number(done, "upsertedCount");
        deleted += number(done, "deletedCount");
        if (done.get("writeErrors") instanceof ArrayValue failures) {
            for (Value failure : failures) {
                int place = (int) number((Document) failure, "index");
                fail(((Document) failure).with("index", Value.of(positions.get(place))));
            }
        }
    }

    private static long number(Document document, String name) {
        return document.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }

    private void fail(Document error) {
        failed++;
        if (errors.size() < ERRORS_MAX) {
            errors.add(error);
        }
    }

    private Document report(Optional<SmilodonException> end) {
        DocumentBuilder report = Document.builder();
        report.put("read", read)
                .put("inserted", inserted)
                .put("matched", matched)
                .put("modified", modified)
                .put("upserted", upserted)
                .put("deleted", deleted)
                .put("failed", failed);
        if (!errors.isEmpty()) {
            report.put("errors", ArrayValue.of(errors));
        }
        end.ifPresent(failure -> report.put("stopped", stopped(failure)));
        return report.build();
    }

    private static Document stopped(SmilodonException failure) {
        return Document.builder()
                .put("code", failure.code().number())
                .put("codeName", failure.code().name())
                .put("message", failure.getMessage())
                .build();
    }
}
