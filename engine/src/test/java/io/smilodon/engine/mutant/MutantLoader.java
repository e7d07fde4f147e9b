package io.smilodon.engine.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Loads the engine and its tests anew, the engine as a mutant. Supplies the folder of the changed
 * classes, for processes. Thread-safe.
 */
final class MutantLoader extends ClassLoader implements Supplier<String> {

    private static final String OURS = "io.smilodon.engine.";

    private final MutantClasses classes;
    private final Path folder;

    MutantLoader(Mutant mutant) throws IOException {
        super(MutantLoader.class.getClassLoader());
        this.classes = new MutantClasses(mutant);
        this.folder = Files.createTempDirectory("mutant");
        classes.writeTo(folder);
    }

    @Override
    public String get() {
        return folder.toString();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defined(name);
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = classes.bytes(name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (NoSuchFileException absent) {
            throw new ClassNotFoundException(name, absent);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
