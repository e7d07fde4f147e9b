package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/** {@code dependencies}: what documents must be like if they have certain fields. */
record Dependencies(List<Dependency> dependencies) implements SchemaRule {

    Dependencies {
        dependencies = List.copyOf(dependencies);
    }

    /** What depends on a field. */
    sealed interface Dependency {

        String property();

        boolean holds(Document document);

        /** Why it does not, for a document that has the field. */
        Document failure(Document document);
    }

    /** Other fields must be there. */
    record OnNames(String property, RequiredNames names) implements Dependency {

        @Override
        public boolean holds(Document document) {
            return names.areIn(document);
        }

        @Override
        public Document failure(Document document) {
            return Document.builder()
                    .put("conditionalProperty", property)
                    .put("missingProperties", names.missing(document))
                    .build();
        }
    }

    /** The document must satisfy a schema. */
    record OnSchema(String property, JsonSchema schema) implements Dependency {

        @Override
        public boolean holds(Document document) {
            return schema.accepts(document);
        }

        @Override
        public Document failure(Document document) {
            return schema.failure("conditionalProperty", Value.of(property), document);
        }
    }

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof Document document)
                || dependencies.stream().noneMatch(each -> isBroken(each, document));
    }

    private static boolean isBroken(Dependency dependency, Document document) {
        return document.has(dependency.property()) && !dependency.holds(document);
    }

    @Override
    public Document failure(Value value) {
        Document document = (Document) value;
        List<Document> failing =
                dependencies.stream()
                        .filter(each -> isBroken(each, document))
                        .map(each -> each.failure(document))
                        .toList();
        return Failure.of("dependencies")
                .put("failingDependencies", ArrayValue.of(failing))
                .build();
    }
}
