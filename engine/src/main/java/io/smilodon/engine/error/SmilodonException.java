package io.smilodon.engine.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    public SmilodonException(ErrorCode code, String template) {
        this(code, template, Map.of());
    }

    public SmilodonException(ErrorCode code, String template, Map<String, ?> details) {
        this(new Content(code, template, new LinkedHashMap<>(details), null, null), null);
    }

    public SmilodonException(
            ErrorCode code, String template, Map<String, ?> details, Throwable cause) {
        this(new Content(code, template, new LinkedHashMap<>(details), null, null), cause);
    }

    private SmilodonException(Content content, Throwable cause) {
        super(content.text(), cause);
        this.code = content.code;
        this.template = content.template;
        this.details = Collections.unmodifiableMap(content.details);
        this.location = content.location;
        this.hint = content.hint;
    }

    /** The same error, found at this place of the request. */
    public SmilodonException at(Location place) {
        return copy(new Content(code, template, details, place, hint));
    }

    /** The same error, with advice. */
    public SmilodonException withHint(String advice) {
        return copy(new Content(code, template, details, location, advice));
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
            String hint) {

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
