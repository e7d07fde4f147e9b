package io.smilodon.index.text;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a text index consists of. Its entries are ordered like those of any index, by the fields
 * before the texts, the word, the word's score, and the fields behind: so they are written with
 * their document, and every reader sees those of its snapshot.
 *
 * @param before the fields before the texts
 * @param fields which texts are indexed
 * @param after the fields behind the texts
 */
public record TextIndex(List<KeyPart> before, TextFields fields, List<KeyPart> after) {

    /** The version of MongoDB's format whose words and scores these are. */
    public static final int VERSION = 3;

    static final String WORD = "_fts";
    static final String SCORE = "_ftsx";
    static final String ALL = KeyPart.ALL_BELOW;

    public TextIndex {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Reads a definition of a text index. */
    public static TextIndex of(IndexDefinition definition) {
        Document options = definition.options().ofType();
        NavigableMap<String, Integer> weights = new TreeMap<>();
        boolean isWildcard = false;
        for (Field weight : (Document) options.get(TextOptions.WEIGHTS)) {
            if (weight.name().equals(ALL)) {
                isWildcard = true;
            } else {
                weights.put(weight.name(), (int) ((NumberValue) weight.value()).toLong());
            }
        }
        TextFields fields =
                new TextFields(
                        weights,
                        isWildcard,
                        TextLanguage.named(text(options, TextOptions.LANGUAGE)).orElseThrow(),
                        text(options, TextOptions.OVERRIDE));
        return of(definition.pattern(), fields);
    }

    private static TextIndex of(KeyPattern pattern, TextFields fields) {
        List<KeyPart> before = new ArrayList<>();
        List<KeyPart> after = new ArrayList<>();
        boolean isBehind = false;
        for (KeyPart part : pattern.parts()) {
            if (part.kind() == PartKind.TEXT) {
                isBehind = true;
            } else if (!part.path().dotted().equals(SCORE)) {
                (isBehind ? after : before).add(part);
            }
        }
        return new TextIndex(before, fields, after);
    }

    private static String text(Document options, String name) {
        return ((StringValue) options.get(name)).value();
    }

    /** The language of searches that name none. */
    public TextLanguage language() {
        return fields.language();
    }

    /** The parts of its entries. */
    public KeyPattern entries() {
        List<KeyPart> parts = new ArrayList<>(before);
        parts.add(KeyPart.ascending(WORD));
        parts.add(KeyPart.ascending(SCORE));
        parts.addAll(after);
        return new KeyPattern(parts);
    }

    /** The word as it stands in entries: long ones are cut and made distinct. */
    public static String inEntry(String word) {
        return LongWords.shortened(word);
    }
}
