package io.smilodon.index.key;

import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/**
 * One field of a key pattern.
 *
 * @param path the field whose values are indexed; of a wildcard it ends with {@value #ALL_BELOW}
 * @param direction forward for ascending (1), backward for descending (-1)
 * @param kind how the field is indexed
 */
public record KeyPart(FieldPath path, Direction direction, PartKind kind) {

    /** The last step of a path that means every field below the steps before it. */
    public static final String ALL_BELOW = "$**";

    /** A field that is indexed in the order of its values. */
    public KeyPart(FieldPath path, Direction direction) {
        this(path, direction, PartKind.ORDERED);
    }

    public static KeyPart ascending(String dotted) {
        return new KeyPart(FieldPath.parse(dotted), Direction.FORWARD);
    }

    public static KeyPart descending(String dotted) {
        return new KeyPart(FieldPath.parse(dotted), Direction.BACKWARD);
    }

    public boolean isDescending() {
        return direction == Direction.BACKWARD;
    }

    /** As users write it: 1, -1 or the name of the kind. */
    public Value toValue() {
        return kind.isByValue()
                ? new Int32Value(isDescending() ? -1 : 1)
                : new StringValue(kind.written());
    }

    /** What follows the path in the default name of an index. */
    String suffix() {
        return kind.isByValue() ? isDescending() ? "-1" : "1" : kind.written();
    }
}
