package io.smilodon.index.text.search;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;

/**
 * An object of a search request or of the definition of a search index, read field by field.
 * Immutable.
 *
 * @param fields as written
 * @param location where the object stands
 */
record Options(Document fields, Location location) {

    /** MongoDB's code of what its search says: that of errors of others, passed on. */
    static final ErrorCode SEARCH_ERROR = new ErrorCode(8, "UnknownError");

    /** The object that stands there. */
    static Options of(Value value, Location location) {
        if (value instanceof Document fields) {
            return new Options(fields, location);
        }
        throw wrongType(value, "object", location);
    }

    static SmilodonException error(String template, Map<String, ?> details, Location location) {
        return new SmilodonException(SEARCH_ERROR, template, details).at(location);
    }

    static SmilodonException tooManyClauses(Location location) {
        return error(
                "The search has too many clauses",
                Map.of("max", IndexSearcher.getMaxClauseCount()),
                location);
    }

    static SmilodonException wrongType(Value found, String expected, Location location) {
        Map<String, String> details = Map.of("expected", expected, "actual", found.type().alias());
        return error("A field of a search has the wrong type", details, location);
    }

    SmilodonException error(String name, String template, Map<String, ?> details) {
        return error(template, details, location.child(name));
    }

    /** Refuses fields of other names. */
    Options only(String... names) {
        Set<String> known = Set.of(names);
        for (Field field : fields) {
            if (!known.contains(field.name())) {
                Map<String, Object> details =
                        Map.of("field", field.name(), "expected", known.stream().sorted().toList());
                throw error(field.name(), "Unrecognized field of a search", details);
            }
        }
        return this;
    }

    boolean has(String name) {
        return fields.has(name);
    }

    Value get(String name) {
        return fields.get(name);
    }

    /** The value of a field that must be there. */
    Value required(String name) {
        if (!fields.has(name)) {
            throw error(name, "A field that a search needs is missing", Map.of("field", name));
        }
        return fields.get(name);
    }

    Location at(String name) {
        return location.child(name);
    }

    Options object(String name) {
        return of(required(name), at(name));
    }

    Optional<Options> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** The objects of an array; none if it is not there. */
    List<Options> objects(String name) {
        List<Options> found = new ArrayList<>();
        if (!has(name)) {
            return found;
        }
        if (!(get(name) instanceof ArrayValue array)) {
            throw wrongType(get(name), "array", at(name));
        }
        int index = 0;
        for (Value element : array) {
            found.add(of(element, at(name).child(index++)));
        }
        return found;
    }

    String text(String name) {
        if (required(name) instanceof StringValue text) {
            return text.value();
        }
        throw wrongType(get(name), "string", at(name));
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** One of a few words. */
    String word(String name, String otherwise, Set<String> words) {
        String word = text(name, otherwise);
        if (!words.contains(word)) {
            throw error(
                    name,
                    "A field of a search has none of its values",
                    Map.of("expected", words.stream().sorted().toList(), "actual", word));
        }
        return word;
    }

    /** A string, or an array of strings with at least one. */
    List<String> texts(String name) {
        return texts(required(name), at(name));
    }

    static List<String> texts(Value value, Location place) {
        if (value instanceof StringValue text) {
            return List.of(text.value());
        }
        if (!(value instanceof ArrayValue array)) {
            throw wrongType(value, "string or array of strings", place);
        }
        List<String> texts = new ArrayList<>();
        for (Value element : array) {
            if (!(element instanceof StringValue text)) {
                throw wrongType(element, "string", place.child(texts.size()));
            }
            texts.add(text.value());
        }
        if (texts.isEmpty()) {
            throw error("An array of a search is empty", Map.of(), place);
        }
        return texts;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof BooleanValue flag) {
            return flag.value();
        }
        throw wrongType(get(name), "boolean", at(name));
    }

    /** A whole number within limits. */
    int count(String name, int otherwise, int min, int max) {
        if (!has(name)) {
            return otherwise;
        }
        if (!(get(name) instanceof NumberValue number) || !number.isIntegral()) {
            throw wrongType(get(name), "integer", at(name));
        }
        long count = number.toLong();
        if (count < min || count > max) {
            throw error(
                    name,
                    "A number of a search is out of its bounds",
                    Map.of("min", min, "max", max, "actual", count));
        }
        return (int) count;
    }

    double number(String name) {
        if (!(required(name) instanceof NumberValue number)) {
            throw wrongType(get(name), "number", at(name));
        }
        double value = number.toDouble();
        if (!Double.isFinite(value)) {
            throw error(name, "A number of a search is not finite", Map.of("actual", number));
        }
        return value;
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }
}
