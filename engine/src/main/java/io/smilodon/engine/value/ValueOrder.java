package io.smilodon.engine.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The one order over values. Sorting, range predicates, index keys and {@code $min/$max} all use
 * it. Numbers compare by value whatever their type, never through a cast that loses digits; NaN is
 * the lowest number and equals itself, and -0 equals 0. Strings compare by code point, which is the
 * order of their UTF-8 bytes, unless a collation says otherwise: then strings and those inside
 * documents and arrays compare by it, all else as ever. Not consistent with {@code equals}, which
 * is exact. Immutable and thread-safe.
 */
public final class ValueOrder implements Comparator<Value> {

    /** The order without a collation. */
    public static final ValueOrder ASCENDING = new ValueOrder(CodePoints.INSTANCE);

    private static final double TWO_TO_63 = 0x1p63;

    private final TextOrder texts;
    private final boolean isSimple;

    private ValueOrder(TextOrder texts) {
        this.texts = texts;
        this.isSimple = texts == CodePoints.INSTANCE;
    }

    /** The order in which strings compare like this. */
    public static ValueOrder by(TextOrder texts) {
        return new ValueOrder(texts);
    }

    /** The order of texts where there is no collation. */
    private enum CodePoints implements TextOrder {
        INSTANCE;

        @Override
        public int compare(String left, String right) {
            return compareText(left, right);
        }

        @Override
        public String key(String text) {
            return text;
        }
    }

    /** Whether there is no collation. */
    public boolean isSimple() {
        return isSimple;
    }

    @Override
    public int compare(Value left, Value right) {
        int byRank = left.rank().compareTo(right.rank());
        return byRank != 0 ? byRank : compareSameRank(left, right);
    }

    /** Whether the values count as the same where there is no collation. */
    public static boolean equal(Value left, Value right) {
        return left == right || ASCENDING.compare(left, right) == 0;
    }

    /** Whether the values count as the same in this order. */
    public boolean areEqual(Value left, Value right) {
        return left == right || compare(left, right) == 0;
    }

    /** The value that stands where this one does in this order, in {@link #ASCENDING}. */
    public Value key(Value value) {
        if (isSimple) {
            return value;
        }
        return switch (value) {
            case StringValue string -> new StringValue(texts.key(string.value()));
            case SymbolValue symbol -> new StringValue(texts.key(symbol.value()));
            case Document document -> key(document);
            case ArrayValue array -> {
                List<Value> keys = new ArrayList<>();
                array.forEach(element -> keys.add(key(element)));
                yield ArrayValue.of(keys);
            }
            default -> value;
        };
    }

    private Document key(Document document) {
        DocumentBuilder keys = Document.builder();
        document.forEach(field -> keys.put(field.name(), key(field.value())));
        return keys.build();
    }

    /** Whether it depends on the collation how the value compares. */
    public static boolean holdsText(Value value) {
        return switch (value) {
            case StringValue string -> true;
            case SymbolValue symbol -> true;
            case Document document -> {
                for (Field field : document) {
                    if (holdsText(field.value())) {
                        yield true;
                    }
                }
                yield false;
            }
            case ArrayValue array -> {
                for (Value element : array) {
                    if (holdsText(element)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    private int compareSameRank(Value left, Value right) {
        return switch (left) {
            case MinKey same -> 0;
            case Missing same -> 0;
            case UndefinedValue same -> 0;
            case NullValue same -> 0;
            case MaxKey same -> 0;
            case NumberValue number -> compareNumbers(number, (NumberValue) right);
            case StringValue string -> compareStrings(string.value(), textOf(right));
            case SymbolValue symbol -> compareStrings(symbol.value(), textOf(right));
            case Document document -> compareDocuments(document, (Document) right);
            case ArrayValue array -> compareArrays(array, (ArrayValue) right);
            case BinaryValue binary -> compareBinaries(binary, (BinaryValue) right);
            case ObjectId id -> compareIds(id, (ObjectId) right);
            case BooleanValue bool -> Boolean.compare(bool.value(), ((BooleanValue) right).value());
            case DateValue date ->
                    Long.compare(date.epochMillis(), ((DateValue) right).epochMillis());
            case TimestampValue timestamp ->
                    Long.compareUnsigned(
                            timestamp.toUnsignedLong(), ((TimestampValue) right).toUnsignedLong());
            case RegexValue regex -> compareRegexes(regex, (RegexValue) right);
            case DbPointerValue pointer -> comparePointers(pointer, (DbPointerValue) right);
            case CodeValue code -> compareText(code.code(), ((CodeValue) right).code());
            case CodeWithScopeValue code -> compareScopedCode(code, (CodeWithScopeValue) right);
        };
    }

    private static int compareNumbers(NumberValue left, NumberValue right) {
        if (left instanceof Decimal128 || right instanceof Decimal128) {
            return compareDecimals(left, right);
        }
        if (left instanceof DoubleValue first) {
            return right instanceof DoubleValue second
                    ? compareDoubles(first.value(), second.value())
                    : -compareExactly(right.toLong(), first.value());
        }
        return right instanceof DoubleValue second
                ? compareExactly(left.toLong(), second.value())
                : Long.compare(left.toLong(), right.toLong());
    }

    private static int compareDoubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(right), Double.isNaN(left));
    }

    private static int compareExactly(long left, double right) {
        if (Double.isNaN(right) || right < -TWO_TO_63) {
            return 1;
        }
        if (right >= TWO_TO_63) {
            return -1;
        }
        long whole = (long) right;
        return left != whole ? Long.compare(left, whole) : compareDoubles(0, right - whole);
    }

    private static int compareDecimals(NumberValue left, NumberValue right) {
        if (isFinite(left) && isFinite(right)) {
            return exact(left).compareTo(exact(right));
        }
        // One of them is NaN or infinite, which doubles tell apart from everything finite.
        return compareDoubles(clampFinite(left), clampFinite(right));
    }

    private static double clampFinite(NumberValue number) {
        return isFinite(number) ? 0 : number.toDouble();
    }

    private static boolean isFinite(NumberValue number) {
        return number instanceof Decimal128 decimal
                ? decimal.isFinite()
                : Double.isFinite(number.toDouble());
    }

    private static BigDecimal exact(NumberValue number) {
        return switch (number) {
            case Int32Value small -> BigDecimal.valueOf(small.value());
            case Int64Value large -> BigDecimal.valueOf(large.value());
            case DoubleValue binary -> new BigDecimal(binary.value());
            case Decimal128 decimal -> decimal.toBigDecimal();
        };
    }

    private int compareStrings(String left, String right) {
        return isSimple ? compareText(left, right) : texts.compare(left, right);
    }

    private static String textOf(Value value) {
        return value instanceof StringValue string ? string.value() : ((SymbolValue) value).value();
    }

    /**
     * Compares by code point. Java's own order is by UTF-16 unit, which puts supplementary
     * characters (surrogate pairs) below U+E000 to U+FFFF.
     */
    public static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char first = left.charAt(i);
            char second = right.charAt(i);
            if (first != second) {
                boolean inDoubt =
                        first >= Character.MIN_SURROGATE && second >= Character.MIN_SURROGATE;
                return inDoubt ? surrogatesLast(first) - surrogatesLast(second) : first - second;
            }
        }
        return left.length() - right.length();
    }

    private static int surrogatesLast(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }

    /** Field by field: first the kind of the values, then the names, then the values. */
    private int compareDocuments(Document left, Document right) {
        Iterator<Field> others = right.iterator();
        for (Field field : left) {
            if (!others.hasNext()) {
                return 1;
            }
            Field other = others.next();
            int order = field.value().rank().compareTo(other.value().rank());
            if (order == 0) {
                order = compareText(field.name(), other.name());
            }
            if (order == 0) {
                order = compareSameRank(field.value(), other.value());
            }
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private int compareArrays(ArrayValue left, ArrayValue right) {
        Iterator<Value> others = right.iterator();
        for (Value element : left) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compare(element, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static int compareBinaries(BinaryValue left, BinaryValue right) {
        int order = Integer.compare(left.bytes().length, right.bytes().length);
        if (order == 0) {
            order = Byte.compareUnsigned(left.subtype(), right.subtype());
        }
        return order != 0 ? order : Arrays.compareUnsigned(left.bytes(), right.bytes());
    }

    private static int compareIds(ObjectId left, ObjectId right) {
        int order = Integer.compareUnsigned(left.seconds(), right.seconds());
        if (order == 0) {
            order = Integer.compareUnsigned(left.random(), right.random());
        }
        return order != 0 ? order : Integer.compareUnsigned(left.counter(), right.counter());
    }

    private static int compareRegexes(RegexValue left, RegexValue right) {
        int order = compareText(left.pattern(), right.pattern());
        return order != 0 ? order : compareText(left.options(), right.options());
    }

    private static int comparePointers(DbPointerValue left, DbPointerValue right) {
        int order = compareText(left.namespace(), right.namespace());
        return order != 0 ? order : compareIds(left.id(), right.id());
    }

    private static int compareScopedCode(CodeWithScopeValue left, CodeWithScopeValue right) {
        int order = compareText(left.code(), right.code());
        return order != 0 ? order : ASCENDING.compareDocuments(left.scope(), right.scope());
    }

    /** A hash code that is the same for values that are equal in this order. */
    public int hashOf(Value value) {
        return hash(key(value));
    }

    /** A hash code that is the same for values that are equal where there is no collation. */
    public static int hash(Value value) {
        return switch (value) {
            // Adding zero turns -0.0 into 0.0.
            case NumberValue number -> Double.hashCode(number.toDouble() + 0.0);
            case StringValue string -> string.value().hashCode();
            case SymbolValue symbol -> symbol.value().hashCode();
            case Document document -> hashDocument(document);
            case ArrayValue array -> hashArray(array);
            case CodeWithScopeValue code ->
                    31 * code.code().hashCode() + hashDocument(code.scope());
            default -> value.hashCode();
        };
    }

    private static int hashDocument(Document document) {
        int hash = 3;
        for (Field field : document) {
            hash = 31 * (31 * hash + field.name().hashCode()) + hash(field.value());
        }
        return hash;
    }

    private static int hashArray(ArrayValue array) {
        int hash = 5;
        for (Value element : array) {
            hash = 31 * hash + hash(element);
        }
        return hash;
    }
}
