package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one score of those that a {@link ScoreFusion} finds. Immutable. */
final class FusedScores implements Fusion.Scorer {

    private static final String DESCRIPTION =
            "the value calculated by combining the scores (either normalized or raw) across input"
                    + " pipelines from which this document is output from:";

    private final ScoreFusion stage;
    private final EvaluationContext evaluation;
    private final Map<String, DoubleSummaryStatistics> ranges = new HashMap<>();

    /**
     * @param rows all documents
     * @param evaluation what the expression sees
     */
    FusedScores(ScoreFusion stage, Collection<Fusion.Row> rows, EvaluationContext evaluation) {
        this.stage = stage;
        this.evaluation = evaluation;
        for (FusionInput input : stage.inputs()) {
            DoubleSummaryStatistics range = new DoubleSummaryStatistics();
            for (Fusion.Row row : rows) {
                if (row.places().containsKey(input.name())) {
                    range.accept(raw(input, row));
                }
            }
            ranges.put(input.name(), range);
        }
    }

    /** The score by a pipeline; 0 where it did not find the document. */
    private static double raw(FusionInput input, Fusion.Row row) {
        Fusion.Place place = row.places().get(input.name());
        return place != null && place.score() instanceof NumberValue score ? score.toDouble() : 0;
    }

    /** What the score by a pipeline counts; 0 where it did not find the document. */
    private double part(FusionInput input, Fusion.Row row) {
        if (!row.places().containsKey(input.name())) {
            return 0;
        }
        DoubleSummaryStatistics range = ranges.get(input.name());
        double normal = stage.normalization().of(raw(input, row), range.getMin(), range.getMax());
        return input.weight() * normal;
    }

    @Override
    public double score(Fusion.Row row) {
        if (stage.expression().isPresent()) {
            return score(stage.expression().get(), row);
        }
        double sum = 0;
        for (FusionInput input : stage.inputs()) {
            sum += part(input, row);
        }
        return sum / stage.inputs().size();
    }

    private double score(Expression expression, Fusion.Row row) {
        EvaluationContext context = evaluation.on(row.document());
        for (FusionInput input : stage.inputs()) {
            context = context.with(input.name(), Value.of(part(input, row)));
        }
        Value score = expression.evaluate(context);
        if (score instanceof NumberValue number) {
            return number.toDouble();
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "combination.expression must evaluate to a number",
                        Map.of("actual", score.type().alias()))
                .at(stage.written().location());
    }

    @Override
    public Document details(Fusion.Row row, double score) {
        List<Value> details = new ArrayList<>();
        for (FusionInput input : stage.inputs()) {
            details.add(details(input, row));
        }
        return Document.builder()
                .put("value", score)
                .put("description", DESCRIPTION)
                .put("normalization", stage.normalization().written())
                .put("combination", combination())
                .put("details", ArrayValue.of(details))
                .build();
    }

    private Document combination() {
        if (stage.expression().isEmpty()) {
            return Document.of("method", Value.of("average"));
        }
        String expression = ExtendedJson.write(stage.written().value(), JsonMode.RELAXED);
        return Document.builder()
                .put("method", "custom expression")
                .put("expression", expression)
                .build();
    }

    private Document details(FusionInput input, Fusion.Row row) {
        Fusion.Place place = row.places().get(input.name());
        DocumentBuilder shown =
                Document.builder()
                        .put("inputPipelineName", input.name())
                        .put("inputPipelineRawScore", raw(input, row))
                        .put("weight", input.weight())
                        .put("value", part(input, row));
        Value known =
                place != null && place.details() instanceof Document score
                        ? ArrayValue.of(List.of(score))
                        : ArrayValue.EMPTY;
        return shown.put("details", known).build();
    }
}
