package io.smilodon.index.text;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.ExtractedKeys;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.MultikeyPaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of a text index: one for each word of a document, with its score. Thread-safe. */
public final class TextKeys implements DocumentKeys {

    private static final ErrorCode CANNOT_BUILD = new ErrorCode(201, "CannotBuildIndexKeys");

    /** How long the fields beside the texts may be in an entry, together. */
    private static final int BESIDE_BYTES_MAX = 1_500;

    private final TextIndex index;
    private final MultikeyPaths paths;

    public TextKeys(IndexDefinition definition) {
        this.index = TextIndex.of(definition);
        this.paths = MultikeyPaths.none(definition.pattern().length());
    }

    /**
     * The keys of the document, in the order of its words; none if it has no word.
     *
     * @throws SmilodonException 201 if a field beside the texts is an array or lies in one, 17261
     *     or 17262 if the document names its language wrongly
     */
    @Override
    public ExtractedKeys keys(Document document) {
        List<TermScores.Term> words = TermScores.of(document, index.fields());
        if (words.isEmpty()) {
            return new ExtractedKeys(List.of(), paths);
        }
        List<Value> before = values(document, index.before());
        List<Value> after = values(document, index.after());
        requireShort(before, after);
        boolean isAlone = before.isEmpty() && after.isEmpty();
        List<IndexKey> keys = new ArrayList<>(words.size());
        Set<String> cut = new HashSet<>();
        for (TermScores.Term term : words) {
            String word = TextIndex.inEntry(term.word());
            if (!LongWords.mayBeShortened(word) || cut.add(word)) {
                StringValue text = new StringValue(word);
                DoubleValue points = new DoubleValue(term.score());
                keys.add(
                        isAlone
                                ? IndexKey.of(text, points)
                                : key(before, List.of(text, points), after));
            }
        }
        return new ExtractedKeys(keys, paths);
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return index.fields().mayChangeAt(path)
                || index.before().stream().anyMatch(part -> part.path().isInLineWith(path))
                || index.after().stream().anyMatch(part -> part.path().isInLineWith(path));
    }

    private static IndexKey key(List<Value> before, List<Value> word, List<Value> after) {
        List<Value> values = new ArrayList<>(before);
        values.addAll(word);
        values.addAll(after);
        return new IndexKey(values);
    }

    /** So that no entry is cut: an index of words has to tell each one's score. */
    private static void requireShort(List<Value> before, List<Value> after) {
        int bytes = 0;
        for (List<Value> values : List.of(before, after)) {
            for (Value value : values) {
                bytes += KeyCodec.encode(value).length;
            }
        }
        if (bytes > BESIDE_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.KEY_TOO_LONG,
                    "The fields beside the texts of a text index are too long",
                    Map.of("bytes", bytes, "maximum", BESIDE_BYTES_MAX));
        }
    }

    private static List<Value> values(Document document, List<KeyPart> parts) {
        List<Value> values = new ArrayList<>();
        for (KeyPart part : parts) {
            Value value = valueAt(document, part.path());
            values.add(value == Missing.INSTANCE ? NullValue.INSTANCE : value);
        }
        return values;
    }

    private static Value valueAt(Document document, FieldPath path) {
        Value value = document;
        for (String step : path.steps()) {
            value = value instanceof Document inner ? inner.get(step) : Missing.INSTANCE;
            if (value instanceof ArrayValue) {
                throw new SmilodonException(
                                CANNOT_BUILD,
                                "Field of text index contains an array in document",
                                Map.of("field", path.dotted()))
                        .withHint("the fields beside the texts of an index hold one value each");
            }
        }
        return value;
    }
}
