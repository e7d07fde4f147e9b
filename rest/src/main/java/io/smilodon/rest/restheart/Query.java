package io.smilodon.rest.restheart;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The parameters of a query string as text. Whatever is wrong with one is an error that names it.
 *
 * @param values of each parameter, in their order
 */
public record Query(Map<String, List<String>> values) {

    /** Its values; none if it is not there. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Its first value. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Whether it is there, with any value but {@code false}. */
    public boolean flag(String name) {
        return first(name).filter(text -> !text.equalsIgnoreCase("false")).isPresent();
    }

    /** A whole number between two others, which are not negative. */
    public int number(String name, int byDefault, int least, int most) {
        Optional<String> text = first(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        String digits = text.get().strip();
        long number = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
        if (number < least || number > most) {
            throw wrong(name, digits, "a whole number from " + least + " to " + most);
        }
        return (int) number;
    }

    /** One of some names, in capitals or not. */
    public <T> Optional<T> named(String name, T[] known, Named<T> names) {
        return first(name).map(text -> find(name, text, known, names));
    }

    private static <T> T find(String name, String text, T[] known, Named<T> names) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Predicate<T> isMeant = each -> names.of(each).contains(lower);
        return Arrays.stream(known)
                .filter(isMeant)
                .findFirst()
                .orElseThrow(() -> wrong(name, text, expected(known, names)));
    }

    private static <T> String expected(T[] known, Named<T> names) {
        return "one of "
                + String.join(
                        ", ", Arrays.stream(known).map(each -> names.of(each).getFirst()).toList());
    }

    /** What something is called. */
    @FunctionalInterface
    public interface Named<T> {

        /** Its names in small letters, the best one first. */
        List<String> of(T thing);
    }

    /** A document, which is there once at most: of several none is the one that is meant. */
    public Optional<Document> document(String name) {
        List<String> texts = all(name);
        if (texts.size() > 1) {
            throw wrong(name, texts.get(1), "there once only");
        }
        return first(name).map(text -> document(name, text));
    }

    /** The documents of all its values. */
    List<Document> documents(String name) {
        return all(name).stream().map(text -> document(name, text)).toList();
    }

    static Document document(String name, String text) {
        try {
            return ExtendedJson.readTypedDocument(text);
        } catch (SmilodonException failure) {
            throw failure.at(Location.ROOT.child(name))
                    .withHint("the parameter " + name + " takes a JSON object");
        }
    }

    static SmilodonException wrong(String name, String text, String expected) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "The parameter " + name + " is not " + expected,
                        Map.of("parameter", name, "value", text))
                .at(Location.ROOT.child(name));
    }
}
