package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Merge;
import io.smilodon.query.aggregate.Out;
import io.smilodon.query.aggregate.Output;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Carries out the stages that write, {@code $out} and {@code $merge}. As safe as its access. */
final class Outputs {

    private static final int PART_COUNT = 1_000;
    private static final Set<String> INTERNAL_DATABASES = Set.of("admin", "config", "local");

    private final Access access;
    private final CollectionWrites writes;
    private final Collation collation;
    private final EvaluationContext variables;

    /**
     * @param writes those of the collection that the pipeline reads
     * @param collation how the pipeline compares strings
     * @param variables what the expressions of the last stage see besides documents
     */
    Outputs(
            Access access,
            CollectionWrites writes,
            Collation collation,
            EvaluationContext variables) {
        this.access = access;
        this.writes = writes;
        this.collation = collation;
        this.variables = variables;
    }

    /** Writes the result of a pipeline; the cursor has nothing left then. */
    DocumentCursor write(Output output, Supplier<DocumentCursor> result) {
        OutputWriter writer = writer(output);
        writer.begin();
        try {
            DocumentCursor cursor = result.get();
            drain(cursor, writer);
            return cursor;
        } catch (RuntimeException failure) {
            try {
                writer.abandon();
            } catch (SmilodonException another) {
                failure.addSuppressed(another); // the next opening clears up
            }
            throw failure;
        }
    }

    /** How a stage writes; refuses where and when it cannot. */
    private OutputWriter writer(Output output) {
        access.requireNewest(output.name());
        Namespace target =
                new Namespace(
                        output.target().database().orElse(writes.namespace().database()),
                        output.target().collection());
        OutputWriter writer =
                switch (output) {
                    case Out out -> {
                        check(target, Out.NAME, new Codes(17385, 31321));
                        yield new OutWriter(access, target, writes);
                    }
                    case Merge merge -> {
                        check(target, Merge.NAME, new Codes(31319, 31320));
                        yield new MergeWriter(
                                access, writes.of(target), merge, collation, variables);
                    }
                };
        return writer;
    }

    /** The codes of the errors about collections that nobody writes to. */
    private record Codes(int ofCollection, int ofDatabase) {}

    private static void check(Namespace target, String stage, Codes codes) {
        Map<String, Object> details = Map.of("stage", stage, "namespace", target);
        if (target.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.location(codes.ofCollection),
                    "Cannot write the result of a pipeline to a special collection",
                    details);
        }
        if (INTERNAL_DATABASES.contains(target.database())) {
            throw new SmilodonException(
                    ErrorCode.location(codes.ofDatabase),
                    "Cannot write the result of a pipeline to an internal database",
                    details);
        }
    }

    private static void drain(DocumentCursor cursor, OutputWriter writer) {
        try {
            List<Document> part = new ArrayList<>();
            long bytes = 0;
            while (cursor.hasNext()) {
                Document document = cursor.next();
                part.add(document);
                bytes += MemorySize.of(document);
                if (part.size() == PART_COUNT || bytes >= PartSize.BYTES_MAX) {
                    writer.write(part);
                    part.clear();
                    bytes = 0;
                }
            }
            writer.write(part);
            writer.finish();
        } catch (RuntimeException failure) {
            cursor.close();
            throw failure;
        }
    }
}
