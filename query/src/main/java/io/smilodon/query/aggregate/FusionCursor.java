package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.Metadata;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.value.ValueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the pipelines of a {@link Fusion} when it is first asked, and holds what they find. */
final class FusionCursor implements Cursor {

    private static final String ID = "_id";

    /** What is kept of a document besides itself, and of each place besides the details. */
    private static final long ROW_BYTES = 160;

    private static final long PLACE_BYTES = 112;

    private final Fusion stage;
    private final StageContext context;
    private final MemoryAccount memory;
    private Optional<Iterator<Scored>> results = Optional.empty();
    private Document current = Document.EMPTY;

    private record Scored(Fusion.Row row, double score) {}

    FusionCursor(Fusion stage, StageContext context) {
        this.stage = stage;
        this.context = context;
        this.memory = new MemoryAccount(stage.name(), context.operation());
    }

    @Override
    public boolean advance() {
        if (results.isEmpty()) {
            results = Optional.of(fused());
        }
        Iterator<Scored> left = results.get();
        if (!left.hasNext()) {
            return false;
        }
        current = left.next().row.document();
        return true;
    }

    private Iterator<Scored> fused() {
        Collection<Fusion.Row> rows = found();
        Fusion.Scorer scorer = stage.scorer(rows, context);
        List<Scored> scored = new ArrayList<>();
        for (Fusion.Row row : rows) {
            Steps.take();
            double score = scorer.score(row);
            Document shown = annotated(row, score, scorer);
            scored.add(new Scored(new Fusion.Row(shown, row.places()), score));
        }
        Comparator<Scored> byScore = Comparator.comparingDouble(Scored::score).reversed();
        Comparator<Scored> order =
                byScore.thenComparing(one -> one.row.document().get(ID), context.order());
        scored.sort(Steps.counted(order));
        return scored.iterator();
    }

    private Document annotated(Fusion.Row row, double score, Fusion.Scorer scorer) {
        Metadata known = Metadata.NONE.with(MetadataKind.SCORE, () -> Value.of(score));
        if (stage.wantsDetails()) {
            known = known.with(MetadataKind.SCORE_DETAILS, () -> scorer.details(row, score));
        }
        return AnnotatedDocument.of(row.document(), known);
    }

    private Collection<Fusion.Row> found() {
        Map<ValueKey, Fusion.Row> rows = new LinkedHashMap<>();
        for (FusionInput input : stage.inputs()) {
            try (Cursor cursor = context.open(input.pipeline())) {
                addAll(input, cursor, rows);
            }
        }
        return rows.values();
    }

    private void addAll(FusionInput input, Cursor cursor, Map<ValueKey, Fusion.Row> rows) {
        long rank = 0;
        Value before = Missing.INSTANCE;
        for (long number = 1; cursor.advance(); number++) {
            context.operation().checkAlive();
            Document found = cursor.current();
            Value place = input.place(found);
            if (place == Missing.INSTANCE
                    || number == 1
                    || !context.order().areEqual(place, before)) {
                rank = number;
            }
            before = place;
            row(found, rows).places().put(input.name(), place(found, rank));
        }
    }

    private Fusion.Row row(Document found, Map<ValueKey, Fusion.Row> rows) {
        ValueKey key = new ValueKey(found.get(ID));
        Fusion.Row known = rows.get(key);
        if (known == null) {
            Document plain = AnnotatedDocument.of(found, Metadata.NONE);
            memory.reserve(plain);
            memory.reserve(ROW_BYTES);
            known = new Fusion.Row(plain, new HashMap<>());
            rows.put(key, known);
        }
        return known;
    }

    private Fusion.Place place(Document found, long rank) {
        Metadata known = AnnotatedDocument.metadata(found);
        Value details =
                stage.wantsDetails() ? known.get(MetadataKind.SCORE_DETAILS) : Missing.INSTANCE;
        memory.reserve(PLACE_BYTES);
        memory.reserve(details);
        return new Fusion.Place(rank, known.get(MetadataKind.SCORE), details);
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        memory.close();
        results = Optional.of(List.<Scored>of().iterator());
    }
}
