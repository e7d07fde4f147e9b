package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;

/**
 * {@code {$out: "coll"}}, {@code {$out: {db, coll}}}: a collection with the result as all that is
 * in it, in the place of the one before.
 */
public record Out(OutputTarget target) implements Output {

    public static final String NAME = "$out";

    static Stage parse(StageOperand operand) {
        return switch (operand.value()) {
            case StringValue name -> new Out(OutputTarget.named(name.value()));
            case Document written -> new Out(OutputTarget.parse(written, operand));
            default -> throw operand.error(16990, "$out only supports a string or object argument");
        };
    }

    @Override
    public String name() {
        return NAME;
    }
}
