package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.schema.JsonSchema;
import java.util.Map;

/** Operators that ask something of the whole document. */
final class DocumentOperators {

    private DocumentOperators() {}

    static Predicate jsonSchema(Value operand, FilterContext context) {
        context.requireNotOfElements("$jsonSchema");
        if (operand instanceof Document schema) {
            JsonSchema parsed = JsonSchema.parse(schema, context.location());
            return new Predicate.Whole(new MatchesSchema(parsed));
        }
        throw context.error(
                ErrorCode.TYPE_MISMATCH,
                "$jsonSchema must be an object",
                Map.of("type", operand.type().alias()));
    }

    static Predicate sampleRate(Value operand, FilterContext context) {
        if (context.subject() != FilterContext.Subject.DOCUMENT) {
            throw context.badValue("$sampleRate can only be applied to the top-level document");
        }
        if (!(operand instanceof NumberValue number)) {
            throw context.badValue(
                    "argument to $sampleRate must be a numeric type",
                    Map.of("type", operand.type().alias()));
        }
        double rate = number.toDouble();
        if (rate == 0) {
            return Predicate.nothing();
        }
        if (rate == 1) {
            return Predicate.everything();
        }
        if (rate > 0 && rate < 1) {
            return new Predicate.Whole(new SampleRate(rate));
        }
        throw context.badValue(
                "numeric argument to $sampleRate must be in [0, 1]", Map.of("actual", rate));
    }
}
