package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what the stages that fuse results have in common: their pipelines and weights. */
final class FusionParser {

    static final String COMBINATION = "combination";
    static final String INPUT = "input";
    static final String SCORE_DETAILS = "scoreDetails";
    static final String WEIGHTS = "weights";

    private static final String PIPELINES = "pipelines";

    private final StageOperand operand;
    private final Document options;
    private final FusionRules rules;

    private FusionParser(StageOperand operand, Document options, FusionRules rules) {
        this.operand = operand;
        this.options = options;
        this.rules = rules;
    }

    /**
     * Reads the operand of a stage up to what only this stage has.
     *
     * @param rules which pipelines it takes
     */
    static FusionParser of(StageOperand operand, FusionRules rules) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "The " + rules.stage() + " stage specification must be an object");
        }
        OptionNames.check(operand, options, Set.of(INPUT), Set.of(COMBINATION, SCORE_DETAILS));
        return new FusionParser(operand, options, rules);
    }

    /** An option that is an object, and its fields; empty where it is not there. */
    StageOperand object(StageOperand outer, String name, Set<String> required, Set<String> more) {
        Value written = outer.value() instanceof Document all ? all.get(name) : Missing.INSTANCE;
        StageOperand place = outer.child(name, written);
        if (written == Missing.INSTANCE) {
            return place.with(Document.EMPTY);
        }
        if (!(written instanceof Document fields)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "the option must be an object");
        }
        OptionNames.check(place, fields, required, more);
        return place;
    }

    /** Whether results are to say how their score came about. */
    boolean wantsDetails() {
        Value written = options.get(SCORE_DETAILS);
        if (written == Missing.INSTANCE) {
            return false;
        }
        if (written instanceof BooleanValue flag) {
            return flag.value();
        }
        throw operand.child(SCORE_DETAILS, written)
                .error(ErrorCode.TYPE_MISMATCH, "'scoreDetails' must be a boolean");
    }

    /**
     * The pipelines by their names, which is the order in which they are run.
     *
     * @param input the option of that name
     * @param combination likewise
     */
    List<FusionInput> inputs(StageOperand input, StageOperand combination) {
        Value written = ((Document) input.value()).get(PIPELINES);
        StageOperand place = input.child(PIPELINES, written);
        if (!(written instanceof Document pipelines)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'pipelines' must be an object");
        }
        if (pipelines.isEmpty()) {
            throw place.error(
                    ErrorCode.BAD_VALUE, rules.stage() + " must have at least one input pipeline");
        }
        Map<String, Double> known = weights(combination, pipelines);
        Map<String, FusionInput> inputs = new TreeMap<>();
        for (Field pipeline : pipelines) {
            StageOperand one = place.child(pipeline.name(), pipeline.value());
            FieldNames.requireName(pipeline.name(), one.location());
            double weight = known.getOrDefault(pipeline.name(), 1.0);
            inputs.put(pipeline.name(), input(pipeline.name(), one, weight));
        }
        return List.copyOf(inputs.values());
    }

    private FusionInput input(String name, StageOperand place, double weight) {
        if (!(place.value() instanceof ArrayValue stages)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "an input pipeline must be an array");
        }
        rules.check(stages, place);
        Pipeline parsed = PipelineParser.parse(stages, place.pipelineScope(PipelinePlace.UNION));
        Pipeline annotated = new Pipeline(parsed.stages(), true);
        return new FusionInput(name, annotated, FusionRules.place(stages), weight);
    }

    private Map<String, Double> weights(StageOperand combination, Document pipelines) {
        Map<String, Double> weights = new TreeMap<>();
        Value written = ((Document) combination.value()).get(WEIGHTS);
        if (written == Missing.INSTANCE) {
            return weights;
        }
        StageOperand place = combination.child(WEIGHTS, written);
        if (!(written instanceof Document fields)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "'weights' must be an object");
        }
        List<String> unknown = new ArrayList<>();
        for (Field weight : fields) {
            if (pipelines.has(weight.name())) {
                weights.put(weight.name(), weight(place.child(weight.name(), weight.value())));
            } else {
                unknown.add(weight.name());
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown, fields.size() > pipelines.size(), place);
        }
        return weights;
    }

    private SmilodonException unknown(List<String> names, boolean areMore, StageOperand place) {
        String text =
                areMore
                        ? rules.stage() + " input has more weights than pipelines"
                        : rules.stage() + " has weights of pipelines that it does not have";
        return new SmilodonException(
                        ErrorCode.location(areMore ? 9460301 : 9967500),
                        text,
                        Map.of("unknown", names))
                .at(place.location());
    }

    private double weight(StageOperand place) {
        if (!(place.value() instanceof NumberValue number)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "a weight must be a number");
        }
        double weight = number.toDouble();
        if (!(weight >= 0)) {
            throw place.error(9460300, rules.stage() + "'s pipeline weight must be non-negative");
        }
        return weight;
    }
}
