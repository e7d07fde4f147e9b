package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.projection.Projection;
import java.util.List;
import java.util.Optional;

/** Documents built from index keys; those whose keys do not tell all are read. */
final class CoveredCursor implements Cursor {

    private final EntryCursor input;
    private final List<FieldPath> paths;
    private final List<Integer> parts;
    private final Optional<Projection> projection;
    private final StageScope scope;
    private Document current = Document.EMPTY;

    CoveredCursor(EntryCursor input, CoveredFields fields, StageScope scope) {
        this.input = input;
        this.paths = fields.paths();
        this.parts = fields.parts();
        this.projection = fields.projection();
        this.scope = scope;
    }

    /**
     * What to take from a key.
     *
     * @param parts the key parts
     * @param paths where each goes in the result
     * @param projection what to take of a document instead; absent if nothing is wanted
     */
    record CoveredFields(
            List<Integer> parts, List<FieldPath> paths, Optional<Projection> projection) {}

    @Override
    public boolean advance() {
        while (input.advance()) {
            Optional<Document> next = parts.isEmpty() ? Optional.of(Document.EMPTY) : build();
            if (next.isPresent()) {
                current = next.get();
                scope.counts().countReturned();
                return true;
            }
        }
        return false;
    }

    private Optional<Document> build() {
        IndexKey key = input.key();
        Document document = Document.EMPTY;
        for (int field = 0; field < parts.size(); field++) {
            Value value = key.value(parts.get(field));
            if (value instanceof NullValue) {
                return fetch(); // null is the key of an absent field too
            }
            document = with(document, paths.get(field), 0, value);
        }
        return Optional.of(document);
    }

    private Optional<Document> fetch() {
        scope.counts().countDocument();
        return scope.view()
                .fetch(input.id())
                .map(document -> scope.operation().evaluationOn(document))
                .map(projection.orElseThrow()::apply);
    }

    private static Document with(Document into, FieldPath path, int step, Value value) {
        String name = path.steps().get(step);
        if (step == path.length() - 1) {
            return into.with(name, value);
        }
        Value inner = into.get(name);
        Document child = inner == Missing.INSTANCE ? Document.EMPTY : (Document) inner;
        return into.with(name, with(child, path, step + 1, value));
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        input.close();
    }
}
