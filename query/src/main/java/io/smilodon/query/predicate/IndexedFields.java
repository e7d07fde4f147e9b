package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.Iterator;

/** An array seen as a document whose fields are named by the indexes. */
final class IndexedFields implements Document {

    private final ArrayValue array;

    IndexedFields(ArrayValue array) {
        this.array = array;
    }

    @Override
    public Value get(String name) {
        return FieldPath.isIndex(name) ? array.get(Integer.parseInt(name)) : Missing.INSTANCE;
    }

    @Override
    public int size() {
        return array.size();
    }

    @Override
    public Iterator<Field> iterator() {
        Iterator<Value> elements = array.iterator();
        return new Iterator<>() {
            private int index;

            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public Field next() {
                return new Field(Integer.toString(index++), elements.next());
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that && Document.equal(this, that);
    }

    @Override
    public int hashCode() {
        return Document.hash(this);
    }
}
