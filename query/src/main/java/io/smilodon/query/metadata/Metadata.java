package io.smilodon.query.metadata;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of a document besides its fields; each value is made when it is first wanted, or
 * every time. Immutable; as thread-safe as the suppliers.
 */
public final class Metadata {

    public static final Metadata NONE = new Metadata(new EnumMap<>(MetadataKind.class));

    private final Map<MetadataKind, Supplier<Value>> values;

    private Metadata(Map<MetadataKind, Supplier<Value>> values) {
        this.values = values;
    }

    /** The value, {@code Missing} where nothing is known. */
    public Value get(MetadataKind kind) {
        Supplier<Value> value = values.get(kind);
        return value == null ? Missing.INSTANCE : value.get();
    }

    /** The same and this, instead of what was known of the kind. */
    public Metadata with(MetadataKind kind, Supplier<Value> value) {
        Map<MetadataKind, Supplier<Value>> more = new EnumMap<>(MetadataKind.class);
        more.putAll(values);
        more.put(kind, value);
        return new Metadata(more);
    }

    /** All of it by the names of {@code $meta}, for a temporary file. */
    public Document toDocument() {
        DocumentBuilder fields = Document.builder();
        for (MetadataKind kind : values.keySet()) {
            Value value = get(kind);
            if (value != Missing.INSTANCE) {
                fields.put(kind.argument(), value);
            }
        }
        return fields.build();
    }

    /** What {@link #toDocument} wrote. */
    public static Metadata of(Document fields) {
        Metadata read = NONE;
        for (Field field : fields) {
            Optional<MetadataKind> kind = MetadataKind.named(field.name());
            read = read.with(kind.orElseThrow(), field::value);
        }
        return read;
    }
}
