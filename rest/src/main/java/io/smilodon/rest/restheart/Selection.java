package io.smilodon.rest.restheart;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Which documents are meant, and what of them: {@code filter}, {@code keys}, {@code sort} and
 * {@code hint}, with the values of variables in them.
 *
 * @param filter all that were given together; empty if none was
 * @param keys the projection; empty for all fields
 * @param sort the order; by {@code _id}, the newest ObjectId first, unless another is given
 * @param hint the key of an index; {@code Missing} for none
 */
public record Selection(Document filter, Document keys, Document sort, Value hint) {

    private static final String FILTER = "filter";
    private static final String KEYS = "keys";
    private static final String SORT = "sort";
    private static final String SORT_BY = "sort_by";
    private static final String HINT = "hint";
    private static final Document NEWEST_FIRST = Document.of("_id", Value.of(-1));

    /**
     * Reads it.
     *
     * @throws SmilodonException {@code BadValue}, also for a variable that has no value
     */
    static Selection of(Query query, Variables variables) {
        Reading reading = new Reading(query, variables);
        return new Selection(reading.filter(), reading.keys(), reading.sort(), reading.hint());
    }

    /** The parameters of one request. */
    private record Reading(Query query, Variables variables) {

        /** All documents if there is none; an empty one would be taken for that. */
        Document filter() {
            List<Document> filters = documents(FILTER);
            for (Document each : filters) {
                if (each.isEmpty()) {
                    throw Query.wrong(FILTER, "{}", "a filter with a condition");
                }
            }
            return switch (filters.size()) {
                case 0 -> Document.EMPTY;
                case 1 -> filters.getFirst();
                default -> Document.of("$and", ArrayValue.of(filters));
            };
        }

        Document keys() {
            DocumentBuilder keys = Document.builder();
            documents(KEYS).forEach(keys::putAll);
            return keys.build();
        }

        Document sort() {
            String name = query.first(SORT_BY).isPresent() ? SORT_BY : SORT;
            return query.first(name).isEmpty() ? NEWEST_FIRST : order(name);
        }

        Value hint() {
            Document key = order(HINT);
            return key.isEmpty() ? Missing.INSTANCE : key;
        }

        private Substitution substitution(String name) {
            return new Substitution(variables, Location.ROOT.child(name));
        }

        private List<Document> documents(String name) {
            return query.documents(name).stream().map(substitution(name)::of).toList();
        }

        /** Documents, or names of fields with a minus in front of those that go down. */
        private Document order(String name) {
            Substitution substitution = substitution(name);
            DocumentBuilder order = Document.builder();
            for (String text : query.all(name)) {
                String stripped = text.strip();
                if (stripped.startsWith("{")) {
                    order.putAll(substitution.of(Query.document(name, stripped)));
                    continue;
                }
                boolean isSigned = stripped.startsWith("-") || stripped.startsWith("+");
                String field = isSigned ? stripped.substring(1) : stripped;
                if (field.isEmpty()) {
                    throw Query.wrong(name, text, "a field, -field or a JSON object");
                }
                order.put(field, Value.of(stripped.startsWith("-") ? -1 : 1));
            }
            return order.build();
        }
    }

    /** The filter that a request must have which changes all that matches. */
    public Document requiredFilter() {
        return Optional.of(filter)
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> Query.wrong(FILTER, "", "there, as a bulk write needs it"));
    }
}
