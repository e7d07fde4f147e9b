package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** How strings are compared: by their bytes, which MongoDB calls the simple collation. */
public final class Collations {

    private static final String LOCALE = "locale";
    private static final String SIMPLE = "simple";

    private Collations() {}

    /**
     * Refuses every collation but <code>{locale: "simple"}</code>; an empty document asks for none.
     *
     * @throws SmilodonException 40414 without a locale, 14 if it is no string, 115 for another one
     */
    public static void requireSimple(Document collation, Location place) {
        if (collation.isEmpty()) {
            return;
        }
        Value locale = collation.get(LOCALE);
        if (!collation.has(LOCALE)) {
            throw new SmilodonException(
                            ErrorCode.location(40414),
                            "A field of the request is missing but a required field",
                            Map.of("field", LOCALE))
                    .at(place);
        }
        if (!(locale instanceof StringValue name)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "A field of the request has the wrong type",
                            Map.of(
                                    "field",
                                    LOCALE,
                                    "actual",
                                    locale.type().alias(),
                                    "expected",
                                    "string"))
                    .at(place.child(LOCALE));
        }
        if (!name.value().equals(SIMPLE) || collation.size() > 1) {
            throw new SmilodonException(
                            ErrorCode.COMMAND_NOT_SUPPORTED,
                            "Only the simple collation is supported by this release",
                            Map.of(LOCALE, name.value()))
                    .at(place)
                    .withHint("leave the collation out, or write {locale: \"simple\"}");
        }
    }
}
