package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * <code>{$rankFusion: {input: {pipelines: {name: [stage, ...], ...}}, combination?, scoreDetails?}}
 * </code>: the results of several pipelines by their ranks in them. Source: Cormack, Clarke,
 * Büttcher, "Reciprocal Rank Fusion", 2009; its constant is 60.
 */
record RankFusion(List<FusionInput> inputs, boolean wantsDetails) implements Fusion {

    static final String NAME = "$rankFusion";

    private static final double CONSTANT = 60;

    private static final String DESCRIPTION =
            "value output by reciprocal rank fusion algorithm, computed as sum of (weight * (1 /"
                    + " (60 + rank))) across input pipelines from which this document is output,"
                    + " from:";

    RankFusion {
        inputs = List.copyOf(inputs);
    }

    static Stage parse(StageOperand operand) {
        FusionParser parser = FusionParser.of(operand, FusionRules.RANKED);
        StageOperand input =
                parser.object(operand, FusionParser.INPUT, Set.of("pipelines"), Set.of());
        StageOperand combination =
                parser.object(
                        operand, FusionParser.COMBINATION, Set.of(), Set.of(FusionParser.WEIGHTS));
        return new RankFusion(parser.inputs(input, combination), parser.wantsDetails());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Scorer scorer(Collection<Row> rows, StageContext context) {
        return new ByRank();
    }

    /** Adds up what the ranks are worth. */
    private final class ByRank implements Scorer {

        @Override
        public double score(Row row) {
            double score = 0;
            for (FusionInput input : inputs) {
                Place place = row.places().get(input.name());
                if (place != null) {
                    score += input.weight() * (1 / (CONSTANT + place.rank()));
                }
            }
            return score;
        }

        @Override
        public Document details(Row row, double score) {
            List<Value> details = new ArrayList<>();
            for (FusionInput input : inputs) {
                details.add(details(input, row));
            }
            return Document.builder()
                    .put("value", score)
                    .put("description", DESCRIPTION)
                    .put("details", ArrayValue.of(details))
                    .build();
        }

        private Document details(FusionInput input, Row row) {
            Place place = row.places().get(input.name());
            DocumentBuilder shown = Document.builder().put("inputPipelineName", input.name());
            if (place == null) {
                return shown.put("rank", "NA").put("weight", input.weight()).build();
            }
            shown.put("rank", NumberValue.intOrLong(place.rank())).put("weight", input.weight());
            if (place.details() instanceof Document known) {
                for (Field field : known) {
                    shown.put(field.name(), field.value());
                }
                return shown.build();
            }
            if (place.score() != Missing.INSTANCE) {
                shown.put("value", place.score());
            }
            return shown.put("details", ArrayValue.EMPTY).build();
        }
    }
}
