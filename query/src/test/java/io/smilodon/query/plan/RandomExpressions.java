package io.smilodon.query.plan;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Random {@code $expr}: mostly comparisons of fields with constants, some that no index serves. */
final class RandomExpressions {

    private static final List<String> RELATIONS =
            List.of("$eq", "$eq", "$lt", "$lte", "$gt", "$gte", "$ne");

    /** The name of the variable that they may read. */
    static final String VARIABLE = "wanted";

    private final RandomQueries random;

    RandomExpressions(RandomQueries random) {
        this.random = random;
    }

    /** The filter, one that asks an expression besides or instead, or only that. */
    Document filter(Document plain) {
        return switch (random.nextInt(8)) {
            case 0 -> condition();
            case 1 -> Document.of("$and", ArrayValue.of(condition(), plain));
            case 2 -> plain.has("$text") ? plain : alternative(plain);
            default -> plain;
        };
    }

    private Document alternative(Document plain) {
        String operator = random.chance(70) ? "$or" : "$nor";
        return Document.of(operator, ArrayValue.of(plain, condition()));
    }

    /** A filter that is nothing but an expression. */
    Document condition() {
        return Document.of("$expr", truth(2));
    }

    private Value truth(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            String operator = random.nextInt(3) == 0 ? "$or" : "$and";
            return Document.of(operator, truths(depth - 1));
        }
        return random.nextInt(20) == 0 ? field() : comparison();
    }

    private ArrayValue truths(int depth) {
        List<Value> truths = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            truths.add(truth(depth));
        }
        return ArrayValue.of(truths);
    }

    private Document comparison() {
        if (random.nextInt(4) == 0) {
            return Document.of("$in", ArrayValue.of(field(), list()));
        }
        Value field = field();
        Value other = random.nextInt(12) == 0 ? field() : constant();
        ArrayValue operands =
                random.nextInt(4) == 0 ? ArrayValue.of(other, field) : ArrayValue.of(field, other);
        return Document.of(RELATIONS.get(random.nextInt(RELATIONS.size())), operands);
    }

    private Value field() {
        String start = random.chance(12) ? "$$ROOT." : "$";
        return new StringValue(start + random.path());
    }

    /** Mostly of constants. */
    private Value list() {
        List<Value> values = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            values.add(random.nextInt(15) == 0 ? field() : constant());
        }
        return ArrayValue.of(values);
    }

    private Value constant() {
        return switch (random.nextInt(16)) {
            case 0 -> new StringValue("$$REMOVE");
            case 1 -> new StringValue("$$" + VARIABLE);
            case 2 -> Document.of("$max", ArrayValue.of(Value.of(1), Value.of(2)));
            case 3 -> random.chance(50) ? MinKey.INSTANCE : MaxKey.INSTANCE;
            case 4 -> random.chance(50) ? Decimal128.NAN : Value.of(Double.NaN);
            default -> Document.of("$literal", random.operand());
        };
    }
}
