package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$lookup: {from, localField, foreignField, let, pipeline, as}}}: each document with an
 * array of those of another collection that belong to it: those with an equal field, or what a
 * pipeline makes of them, or both.
 *
 * @param search which documents belong to one
 * @param as the field that gets the array
 * @param unwind the stage behind this one that takes the array apart again, if it need not be made
 * @param written the options, for explain
 */
record Lookup(Search search, FieldPath as, Optional<Unwind> unwind, Document written)
        implements Stage {

    static final String NAME = "$lookup";

    /** Equality of a field here with a field there. */
    record Join(FieldPath local, FieldPath foreign, boolean elementsLackFields) {}

    /**
     * How to find what belongs to a document.
     *
     * @param foreign the documents there
     * @param join which of them
     * @param let the variables that the pipeline there sees, in order
     * @param isConstant whether they are the same for every document here
     */
    record Search(
            Foreign foreign, Optional<Join> join, Map<String, Expression> let, boolean isConstant) {

        Search {
            let = Collections.unmodifiableMap(new LinkedHashMap<>(let));
        }

        Search filtered(Predicate filter) {
            return new Search(foreign.with(filter), join, let, isConstant);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Optional<String> refusedInTransactions() {
        return search.foreign().pipeline().refusedInTransactions();
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        ForeignDocuments foreign = new ForeignDocuments(search, context);
        return unwind.isPresent()
                ? new UnwoundLookupCursor(input, this, foreign)
                : new LookupCursor(input, as, foreign);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        NeededFields needed = output;
        if (search.join().isPresent()) {
            needed = needed.and(NeededFields.of(search.join().get().local()));
        }
        if (unwind.isPresent()) {
            needed = unwind.get().neededFields(needed);
        }
        List<Expression> let = new ArrayList<>(search.let().values());
        return needed.and(NeededFields.ofPaths(PathCollector.pathsOf(let)));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return !as.first().equals(field)
                && unwind.map(stage -> stage.letsFilterPass(field)).orElse(true);
    }

    /** The same with the stage that follows it; empty if it takes apart something else. */
    Optional<Lookup> unwound(Unwind next) {
        return unwind.isEmpty() && next.path().equals(as)
                ? Optional.of(new Lookup(search, as, Optional.of(next), written))
                : Optional.empty();
    }

    /**
     * What is left of a filter behind this once the parts that ask only of what was found are asked
     * there; that is right where each of them stands alone and documents without any are dropped.
     */
    Pushed push(Predicate filter) {
        boolean isSafe =
                unwind.isPresent()
                        && !unwind.get().keepsEmpty()
                        && unwind.get().indexPath().isEmpty();
        if (!isSafe) {
            return new Pushed(this, filter);
        }
        List<Predicate> parts =
                filter instanceof Predicate.And and ? and.children() : List.of(filter);
        List<Predicate> there = new ArrayList<>();
        List<Predicate> here = new ArrayList<>();
        for (Predicate part : parts) {
            Optional<Predicate> stripped = FilterPrefix.strip(part, as);
            stripped.ifPresentOrElse(there::add, () -> here.add(part));
        }
        if (there.isEmpty()) {
            return new Pushed(this, filter);
        }
        Predicate pushed = Predicate.all(there);
        Document shown = written.with("matching", pushed.toDocument());
        return new Pushed(
                new Lookup(search.filtered(pushed), as, unwind, shown), Predicate.all(here));
    }

    /**
     * A lookup with a filter taken into it.
     *
     * @param rest what must still be asked behind it
     */
    record Pushed(Lookup lookup, Predicate rest) {}

    @Override
    public Document rendered() {
        DocumentBuilder shown = Document.builder().putAll(written);
        unwind.ifPresent(
                stage -> {
                    DocumentBuilder unwinding = Document.builder();
                    unwinding.put("preserveNullAndEmptyArrays", stage.keepsEmpty());
                    stage.indexPath()
                            .ifPresent(path -> unwinding.put("includeArrayIndex", path.toString()));
                    shown.put("unwinding", unwinding.build());
                });
        return Document.of(NAME, shown.build());
    }
}
