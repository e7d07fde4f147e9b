package io.smilodon.query.predicate;

import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A comparison with a number, a string or a date, as primitives and bytes. Values of which that
 * does not tell, such as numbers that only one of the types can hold, go to the test itself.
 */
final class StoredComparison implements StoredTest {

    /** Up to here doubles hold every integer. */
    private static final long EXACT_MAX = 1L << 53;

    private final ValueTest test;
    private final Accepted accepted;
    private final Bound bound;

    /** Whether values pass that are less than the bound, equal to it, greater than it. */
    private record Accepted(boolean less, boolean equal, boolean greater) {

        boolean test(int order) {
            return order < 0 ? less : order > 0 ? greater : equal;
        }
    }

    /** What is compared with. */
    private sealed interface Bound {}

    private record Number(double number) implements Bound {}

    private record Text(byte[] utf8) implements Bound {}

    private record Date(long epochMillis) implements Bound {}

    private StoredComparison(ValueTest test, Accepted accepted, Bound bound) {
        this.test = test;
        this.accepted = accepted;
        this.bound = bound;
    }

    static StoredTest equal(Equal test) {
        return of(test, new Compared(test.value(), test.order()), new Accepted(false, true, false));
    }

    static StoredTest above(GreaterThan test) {
        return of(test, new Compared(test.bound(), test.order()), new Accepted(false, false, true));
    }

    static StoredTest above(GreaterOrEqual test) {
        return of(test, new Compared(test.bound(), test.order()), new Accepted(false, true, true));
    }

    static StoredTest below(LessThan test) {
        return of(test, new Compared(test.bound(), test.order()), new Accepted(true, false, false));
    }

    static StoredTest below(LessOrEqual test) {
        return of(test, new Compared(test.bound(), test.order()), new Accepted(true, true, false));
    }

    private record Compared(Value bound, ValueOrder order) {}

    private static StoredTest of(ValueTest test, Compared compared, Accepted accepted) {
        return boundOf(compared)
                .<StoredTest>map(bound -> new StoredComparison(test, accepted, bound))
                .orElse(value -> test.test(value.view()));
    }

    /** What the bound is in bytes or as a double; empty if that is not all of it. */
    private static Optional<Bound> boundOf(Compared compared) {
        return switch (compared.bound()) {
            case Int32Value integer -> Optional.of(new Number(integer.value()));
            case Int64Value integer ->
                    isExact(integer.value())
                            ? Optional.of(new Number(integer.value()))
                            : Optional.empty();
            case DoubleValue number ->
                    Double.isNaN(number.value())
                            ? Optional.empty()
                            : Optional.of(new Number(number.value()));
            case StringValue text -> textOf(text.value(), compared.order());
            case DateValue date -> Optional.of(new Date(date.epochMillis()));
            default -> Optional.empty();
        };
    }

    private static Optional<Bound> textOf(String text, ValueOrder order) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean isWhole = new String(utf8, StandardCharsets.UTF_8).equals(text);
        return isWhole && order.isSimple() ? Optional.of(new Text(utf8)) : Optional.empty();
    }

    private static boolean isExact(long integer) {
        return -EXACT_MAX <= integer && integer <= EXACT_MAX;
    }

    @Override
    public boolean test(StoredValue value) {
        return switch (value.kind()) {
            case INT32, INT64 -> testInteger(value);
            case DOUBLE -> testDouble(value);
            case STRING ->
                    bound instanceof Text text && accepted.test(value.compareText(text.utf8()));
            case DATE ->
                    bound instanceof Date date
                            && accepted.test(Long.compare(value.epochMillis(), date.epochMillis()));
            case ABSENT -> false;
            case THROUGH_ARRAY, CONTAINER, OTHER -> test.test(value.view());
        };
    }

    private boolean testInteger(StoredValue value) {
        if (!(bound instanceof Number other)) {
            return false;
        }
        long integer = value.integer();
        return isExact(integer)
                ? accepted.test(compare(integer, other.number()))
                : test.test(value.view());
    }

    private boolean testDouble(StoredValue value) {
        if (!(bound instanceof Number other)) {
            return false;
        }
        double number = value.number();
        return Double.isNaN(number)
                ? test.test(value.view())
                : accepted.test(compare(number, other.number()));
    }

    /** Not that of {@link Double}: zeroes are equal. */
    private static int compare(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }
}
