package io.smilodon.samples.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules of the JDK that runs this program, and the classes each of them exports to everyone.
 */
final class JavaModules {

    private static final String CLASS_SUFFIX = ".class";

    private JavaModules() {}

    /**
     * Every system module that this process has resolved, by name. That is all of them but the
     * incubating ones, which Java loads only for programs that name them at start.
     */
    static List<ModuleReference> all() {
        return ModuleFinder.ofSystem().findAll().stream()
                .filter(reference -> isResolved(reference.descriptor().name()))
                .sorted(Comparator.comparing(reference -> reference.descriptor().name()))
                .toList();
    }

    private static boolean isResolved(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /** Names of the classes in the packages that the module exports to everyone, sorted. */
    static List<String> exportedClasses(ModuleReference module) {
        Set<String> packages = exportedPackages(module.descriptor());
        if (packages.isEmpty()) {
            return List.of();
        }
        try (ModuleReader reader = module.open();
                Stream<String> resources = reader.list()) {
            return resources
                    .filter(resource -> resource.endsWith(CLASS_SUFFIX))
                    .map(resource -> resource.substring(0, resource.length() - 6).replace('/', '.'))
                    .filter(name -> packages.contains(packageOf(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> exportedPackages(ModuleDescriptor descriptor) {
        Stream<String> exported =
                descriptor.exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(ModuleDescriptor.Exports::source);
        return exported.collect(Collectors.toSet());
    }

    /** The public and protected classes among those names, without running any of their code. */
    static List<Class<?>> load(ModuleReference module, List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        Module loaded = ModuleLayer.boot().findModule(module.descriptor().name()).orElseThrow();
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(loaded, name);
            if (type != null && ClassDocuments.isPartOfTheApi(type)) {
                classes.add(type);
            }
        }
        return classes;
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
