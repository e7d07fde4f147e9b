package io.smilodon.engine.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The one exception of Smilodon. Its text is a constant template; what varies stands in the
 * details, in the place in the request, and in a hint. Immutable.
 */
public final class SmilodonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final String template;
    private final transient Map<String, Object> details;
    private final transient Location location;
    private final String hint;
    private final transient Set<String> labels;

    public SmilodonException(ErrorCode code, String template) {
        this(code, template, Map.of());
    }

    public SmilodonException(ErrorCode code, String template, Map<String, ?> details) {
        this(new Content(code, template, ordered(details), null, null, Set.of()), null);
    }

    public SmilodonException(
            ErrorCode code, String template, Map<String, ?> details, Throwable cause) {
        this(new Content(code, template, ordered(details), null, null, Set.of()), cause);
    }

    /** One text for one error: a map without an order has another one in each process. */
    private static Map<String, Object> ordered(Map<String, ?> details) {
        return details instanceof SequencedMap
                ? new LinkedHashMap<>(details)
                : new TreeMap<>(details);
    }

    private SmilodonException(Content content, Throwable cause) {
        super(content.text(), cause);
        this.code = content.code;
        this.template = content.template;
        this.details = Collections.unmodifiableMap(content.details);
        this.location = content.location;
        this.hint = content.hint;
        this.labels = content.labels;
    }

    /** The same error, found at this place of the request. */
    public SmilodonException at(Location place) {
        return copy(new Content(code, template, details, place, hint, labels));
    }

    /** The same error, told to who has written at the second place what was read at the first. */
    public SmilodonException moved(Location from, Location to) {
        Location place = location == null ? null : location.moved(from, to);
        return place == location ? this : at(place);
    }

    /** The same error, with advice. */
    public SmilodonException withHint(String advice) {
        return copy(new Content(code, template, details, location, advice, labels));
    }

    /** The same error, marked for the programs that decide by labels what to do about it. */
    public SmilodonException withLabel(String label) {
        Set<String> more = new TreeSet<>(labels);
        more.add(label);
        return copy(new Content(code, template, details, location, hint, more));
    }

    public ErrorCode code() {
        return code;
    }

    /** The constant part of the message. */
    public String template() {
        return template;
    }

    /** What varies from one occurrence to the next, in the order in which it is worth reading. */
    public Map<String, Object> details() {
        return details;
    }

    public Optional<Location> location() {
        return Optional.ofNullable(location);
    }

    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** MongoDB's labels of the error, such as {@code TransientTransactionError}; sorted. */
    public Set<String> labels() {
        return Collections.unmodifiableSet(labels);
    }

    private SmilodonException copy(Content content) {
        SmilodonException copy = new SmilodonException(content, getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    private record Content(
            ErrorCode code,
            String template,
            Map<String, Object> details,
            Location location,
            String hint,
            Set<String> labels) {

        String text() {
            if (details.isEmpty()) {
                return template;
            }
            return details.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", template + " {", "}"));
        }
    }
}
