package io.smilodon.samples.jdk;

import io.smilodon.engine.value.Document;
import io.smilodon.samples.DocumentSource;
import java.util.Iterator;
import java.util.List;

/** Every class that a module of the running JDK exports, one document each. */
final class ClassSource implements DocumentSource {

    private final List<Class<?>> classes =
            JavaModules.all().stream()
                    .map(module -> JavaModules.load(module, JavaModules.exportedClasses(module)))
                    .flatMap(List::stream)
                    .toList();

    @Override
    public long count() {
        return classes.size();
    }

    @Override
    public Documents open() {
        JdkSources sources = JdkSources.open();
        Iterator<Class<?>> remaining = classes.iterator();
        return new Documents() {
            @Override
            public boolean hasNext() {
                return remaining.hasNext();
            }

            @Override
            public Document next() {
                Class<?> next = remaining.next();
                return ClassDocuments.of(next, sources.comment(next));
            }

            @Override
            public void close() {
                sources.close();
            }
        };
    }
}
