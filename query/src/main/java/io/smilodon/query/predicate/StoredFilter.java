package io.smilodon.query.predicate;

import io.smilodon.engine.codec.FieldWalk;
import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter made ready for many documents: of those that are stored, the conditions on fields that
 * it begins with are asked in one walk over the bytes, which ends with the first that does not
 * hold. Answers as the filter does. Not thread-safe.
 */
public final class StoredFilter implements FieldWalk.Visitor {

    private final Predicate whole;
    private final Predicate.At[] conditions;
    private final StoredTest[] tests;
    private final boolean[] passAbsent;
    private final Predicate rest;
    private final FieldWalk walk;

    /** The document that is looked at. */
    private Document document = Document.EMPTY;

    public StoredFilter(Predicate filter) {
        this.whole = filter;
        List<Predicate> all =
                filter instanceof Predicate.And and ? and.children() : List.of(filter);
        List<Predicate.At> first = conditions(all);
        this.conditions = first.toArray(new Predicate.At[0]);
        this.rest = Predicate.all(all.subList(first.size(), all.size()));
        this.tests = new StoredTest[conditions.length];
        this.passAbsent = new boolean[conditions.length];
        List<FieldPath> paths = new ArrayList<>();
        for (int place = 0; place < conditions.length; place++) {
            ValueTest test = conditions[place].test();
            paths.add(conditions[place].path());
            tests[place] = StoredTest.of(test);
            passAbsent[place] = test.test(Missing.INSTANCE);
        }
        this.walk = new FieldWalk(paths);
    }

    /** The conditions on fields before the first of another sort. */
    private static List<Predicate.At> conditions(List<Predicate> all) {
        List<Predicate.At> conditions = new ArrayList<>();
        for (Predicate predicate : all) {
            if (!(predicate instanceof Predicate.At at)
                    || conditions.size() == FieldWalk.pathsMax()) {
                break;
            }
            conditions.add(at);
        }
        return conditions;
    }

    public boolean matches(Document candidate) {
        if (conditions.length == 0 || !FieldWalk.isPossible(candidate)) {
            return whole.matches(candidate);
        }
        document = candidate;
        return walk.over(candidate, this) && rest.matches(candidate);
    }

    @Override
    public boolean visit(int path, StoredValue value) {
        return switch (value.kind()) {
            case ABSENT -> passAbsent[path];
            case CONTAINER -> PathWalk.passes(value.view(), conditions[path]);
            case THROUGH_ARRAY -> conditions[path].matches(document);
            case INT32, INT64, DOUBLE, STRING, DATE, OTHER -> tests[path].test(value);
        };
    }
}
