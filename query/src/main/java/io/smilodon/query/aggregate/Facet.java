package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.FieldNames;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$facet: {name: [stage, ...], ...}}}: one document with what several pipelines make of the
 * same input, which is read once.
 *
 * @param pipelines by the field that gets their results
 * @param written the pipelines, for explain
 */
record Facet(Map<String, Pipeline> pipelines, Document written) implements Stage {

    static final String NAME = "$facet";

    Facet {
        pipelines = Collections.unmodifiableMap(new LinkedHashMap<>(pipelines));
    }

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document facets) || facets.isEmpty()) {
            throw operand.error(40169, "the $facet specification must be a non-empty object");
        }
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        for (Field facet : facets) {
            StageOperand place = operand.child(facet.name(), facet.value());
            FieldNames.requireName(facet.name(), place.location());
            pipelines.put(facet.name(), pipeline(place));
        }
        return new Facet(pipelines, facets);
    }

    private static Pipeline pipeline(StageOperand place) {
        if (!(place.value() instanceof ArrayValue stages)) {
            throw place.error(40170, "arguments to $facet must be arrays");
        }
        for (Value stage : stages) {
            if (!(stage instanceof Document)) {
                throw place.error(40171, "elements of arrays in $facet spec must be objects");
            }
        }
        return PipelineParser.parse(stages, place.pipelineScope(PipelinePlace.FACET));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> refusedInTransactions() {
        return pipelines.values().stream()
                .flatMap(pipeline -> pipeline.refusedInTransactions().stream())
                .findFirst();
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new FacetCursor(input, this, context);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        NeededFields ofResults =
                output.equals(NeededFields.RESULT) ? NeededFields.RESULT : NeededFields.ALL;
        return NeededFields.all(
                pipelines.values().stream().map(one -> one.neededFields(ofResults)).toList());
    }

    /**
     * What every document passes that some pipeline looks at, if each begins with a filter. Chance
     * is left to the pipelines.
     */
    Optional<Predicate> commonFilter() {
        List<Predicate> filters = new ArrayList<>();
        for (Pipeline pipeline : pipelines.values()) {
            if (pipeline.stages().isEmpty()
                    || !(pipeline.stages().getFirst() instanceof Match match)) {
                return Optional.empty();
            }
            Predicate filter = match.filter().withoutChance();
            if (filter.equals(Predicate.everything())) {
                return Optional.empty();
            }
            filters.add(filter);
        }
        return Optional.of(filters.size() == 1 ? filters.getFirst() : new Predicate.Or(filters));
    }

    /** The same with its pipelines rewritten. */
    Facet optimized() {
        Map<String, Pipeline> optimized = new LinkedHashMap<>();
        pipelines.forEach((name, one) -> optimized.put(name, PipelineRules.optimize(one)));
        return new Facet(optimized, written);
    }

    @Override
    public Document rendered() {
        return Document.of(NAME, written);
    }
}
