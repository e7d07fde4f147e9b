package io.smilodon.samples.jdk;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.samples.DocumentSource;
import io.smilodon.samples.ListDocuments;
import java.lang.module.ModuleDescriptor;
import java.util.Collection;
import java.util.List;

/** Every module of the running JDK, one document each. */
final class ModuleSource implements DocumentSource {

    @Override
    public long count() {
        return JavaModules.all().size();
    }

    @Override
    public Documents open() {
        List<Document> documents =
                JavaModules.all().stream().map(module -> document(module.descriptor())).toList();
        return new ListDocuments(documents);
    }

    private static Document document(ModuleDescriptor descriptor) {
        DocumentBuilder document = Document.builder().put("_id", descriptor.name());
        descriptor.rawVersion().ifPresent(version -> document.put("version", version));
        List<String> required =
                descriptor.requires().stream().map(ModuleDescriptor.Requires::name).toList();
        return document.put("requires", sorted(required))
                .put("exports", sorted(JavaModules.exportedPackages(descriptor)))
                .put("uses", sorted(descriptor.uses()))
                .build();
    }

    private static ArrayValue sorted(Collection<String> names) {
        return ArrayValue.of(names.stream().sorted().map(Value::of).toList());
    }
}
