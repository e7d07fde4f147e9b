package io.smilodon.index.key;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.FieldPath;

/**
 * One field of a key pattern.
 *
 * @param path the field whose values are indexed
 * @param direction forward for ascending (1), backward for descending (-1)
 */
public record KeyPart(FieldPath path, Direction direction) {

    public static KeyPart ascending(String dotted) {
        return new KeyPart(FieldPath.parse(dotted), Direction.FORWARD);
    }

    public static KeyPart descending(String dotted) {
        return new KeyPart(FieldPath.parse(dotted), Direction.BACKWARD);
    }

    public boolean isDescending() {
        return direction == Direction.BACKWARD;
    }

    /**
     * Whether a step may be an array index. Where such a step reads an array, the index has no key
     * for elements that lack a field of that name: it cannot answer tests that absent fields pass.
     */
    public boolean hasNumericStep() {
        return path.steps().stream().skip(1).anyMatch(FieldPath::isIndex);
    }

    /** 1 or -1, as users write it. */
    public int sign() {
        return isDescending() ? -1 : 1;
    }
}
