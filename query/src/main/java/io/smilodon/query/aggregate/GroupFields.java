package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.FieldWalk;
import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.FieldExpression;
import io.smilodon.query.expression.PathCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields that a group reads, found in one walk over a stored document: first those that its
 * {@code _id} is made of, then those that are accumulated as they are. Not thread-safe.
 */
final class GroupFields {

    private static final int NO_PATH = -1;

    private final FieldWalk walk;
    private final int keyPaths;
    private final int[] arguments;

    private GroupFields(List<FieldPath> paths, int keyPaths, int[] arguments) {
        this.walk = new FieldWalk(paths);
        this.keyPaths = keyPaths;
        this.arguments = arguments;
    }

    /** Those of a group; empty if more decides on its {@code _id} than some fields. */
    static Optional<GroupFields> of(Group group) {
        PathCollector read = new PathCollector();
        group.id().collectPaths(read);
        if (!read.isDetermined()) {
            return Optional.empty();
        }
        List<FieldPath> paths = new ArrayList<>(read.paths().orElseThrow());
        int keyPaths = paths.size();
        List<Accumulation> accumulations = List.copyOf(group.accumulations().values());
        int[] arguments = new int[accumulations.size()];
        for (int place = 0; place < arguments.length; place++) {
            arguments[place] = NO_PATH;
            if (accumulations.get(place).argument() instanceof FieldExpression field) {
                arguments[place] = paths.size();
                paths.add(field.path());
            }
        }
        return paths.size() > FieldWalk.pathsMax()
                ? Optional.empty()
                : Optional.of(new GroupFields(paths, keyPaths, arguments));
    }

    /** Whether the argument can be evaluated on any document, since it reads none. */
    static boolean readsNothing(Expression argument) {
        return PathCollector.pathsOf(List.of(argument))
                .filter(paths -> paths.isEmpty())
                .isPresent();
    }

    /**
     * Moves to a document.
     *
     * @return whether its group may be found by the key that was read
     */
    boolean read(Document document, GroupShortcuts shortcuts) {
        if (!FieldWalk.isPossible(document)) {
            return false;
        }
        walk.over(document);
        return shortcuts.read(walk, keyPaths);
    }

    /** What is accumulated in this place; empty if it is to be evaluated. */
    Optional<StoredValue> argument(int place) {
        int path = arguments[place];
        if (path == NO_PATH || walk.value(path).kind() == StoredValue.Kind.THROUGH_ARRAY) {
            return Optional.empty();
        }
        return Optional.of(walk.value(path));
    }
}
