package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Keys of collations as MongoDB shows them, where nobody could read what stands for a string in an
 * index: {@code CollationKey(0x2a2c)}.
 */
public final class CollationKeyText {

    private CollationKeyText() {}

    static String of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        return "CollationKey(0x" + HexFormat.of().formatHex(bytes) + ")";
    }

    /** The values of an entry with such a text in the place of each string. */
    public static Document shown(Document key) {
        DocumentBuilder shown = Document.builder();
        key.forEach(field -> shown.put(field.name(), shown(field.value())));
        return shown.build();
    }

    private static Value shown(Value value) {
        return switch (value) {
            case StringValue string -> new StringValue(of(string.value()));
            case Document document -> shown(document);
            case ArrayValue array ->
                    ArrayValue.of(array.elements().stream().map(CollationKeyText::shown).toList());
            default -> value;
        };
    }
}
