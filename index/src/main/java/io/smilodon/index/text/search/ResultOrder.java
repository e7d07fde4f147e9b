package io.smilodon.index.text.search;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.util.BytesRef;

/**
 * In which order the results come; documents that are the same in it come in the order of their
 * encoded ids. The place of a result in it can be kept as a text, for a later search to go on.
 *
 * @param fields what is compared
 * @param isBackward whether the whole order is turned round
 */
record ResultOrder(List<SortField> fields, boolean isBackward) {

    private static final byte BYTES = 0;

    /** The better first. */
    static ResultOrder byScore() {
        return new ResultOrder(List.of(SortField.FIELD_SCORE), false);
    }

    static ResultOrder parse(Options written) {
        List<SortField> fields = new ArrayList<>();
        for (Field field : written.fields()) {
            fields.add(field(written, field.name()));
        }
        if (fields.isEmpty()) {
            throw Options.error("The sort of a search is empty", Map.of(), written.location());
        }
        return new ResultOrder(fields, false);
    }

    private static SortField field(Options written, String name) {
        if (!(written.get(name) instanceof Document)) {
            return byPath(name, written.count(name, 0, -1, 1) < 0, "lowest");
        }
        Options options = written.object(name);
        if (options.has("$meta")) {
            options.only("$meta", "order");
            options.word("$meta", "", Set.of("searchScore"));
            boolean isAscending = options.count("order", -1, -1, 1) > 0;
            return new SortField(null, SortField.Type.SCORE, isAscending);
        }
        options.only("order", "noData");
        options.required("order");
        String noData = options.word("noData", "lowest", Set.of("lowest", "highest"));
        return byPath(name, options.count("order", 1, -1, 1) < 0, noData);
    }

    private static SortField byPath(String path, boolean isDescending, String noData) {
        return new SortedSetSortField(
                FieldNames.keys(path),
                isDescending,
                isDescending ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN,
                noData.equals("lowest") ? SortField.STRING_FIRST : SortField.STRING_LAST);
    }

    ResultOrder backward() {
        return new ResultOrder(fields, true);
    }

    /** The order with that of ids behind it. */
    Sort sort(String idField) {
        List<SortField> all = new ArrayList<>();
        for (SortField field : fields) {
            all.add(isBackward ? turned(field) : field);
        }
        all.add(new SortField(idField, SortField.Type.STRING_VAL, isBackward));
        return new Sort(all.toArray(SortField[]::new));
    }

    private static SortField turned(SortField field) {
        return field instanceof SortedSetSortField keys
                ? new SortedSetSortField(
                        keys.getField(),
                        !keys.getReverse(),
                        keys.getSelector(),
                        keys.getMissingValue())
                : new SortField(null, SortField.Type.SCORE, !field.getReverse());
    }

    /** The place of a result, as a text. */
    static String token(FieldDoc result) {
        List<Value> places = new ArrayList<>();
        for (Object place : result.fields) {
            if (place instanceof Float score) {
                places.add(Value.of((double) score));
            } else if (place instanceof BytesRef key) {
                byte[] bytes = Arrays.copyOfRange(key.bytes, key.offset, key.offset + key.length);
                places.add(new BinaryValue(BYTES, bytes));
            } else {
                places.add(NullValue.INSTANCE);
            }
        }
        byte[] key = KeyCodec.encode(ArrayValue.of(places));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    /** The place that such a text names; the options say where it stands. */
    FieldDoc place(Options written, String name, int document) {
        try {
            byte[] key = Base64.getUrlDecoder().decode(written.text(name));
            if (KeyCodec.decode(key) instanceof ArrayValue places
                    && places.size() == fields.size() + 1) {
                Object[] parts = new Object[places.size()];
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = part(places.get(i), i);
                }
                return new FieldDoc(document, Float.NaN, parts);
            }
        } catch (RuntimeException malformed) {
            throw invalid(written, name);
        }
        throw invalid(written, name);
    }

    private Object part(Value value, int index) {
        boolean isScore =
                index < fields.size() && fields.get(index).getType() == SortField.Type.SCORE;
        if (isScore) {
            return (float) ((NumberValue) value).toDouble();
        }
        return value instanceof NullValue && index < fields.size()
                ? null
                : new BytesRef(((BinaryValue) value).bytes());
    }

    private static io.smilodon.engine.error.SmilodonException invalid(
            Options written, String name) {
        Value token = written.get(name);
        String actual = token instanceof StringValue text ? text.value() : token.toString();
        return written.error(
                name, "The token is not of a search with this sort", Map.of("actual", actual));
    }
}
