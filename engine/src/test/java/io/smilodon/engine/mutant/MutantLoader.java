package io.smilodon.engine.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * Loads the engine and its tests anew, the engine as a mutant. Supplies the folder of the changed
 * classes, for processes. Thread-safe.
 */
final class MutantLoader extends ClassLoader implements Supplier<String> {

    private static final String OURS = "io.smilodon.engine.";

    private final Mutant mutant;
    private final Path folder;

    MutantLoader(Mutant mutant) throws IOException {
        super(MutantLoader.class.getClassLoader());
        this.mutant = mutant;
        this.folder = Files.createTempDirectory("mutant");
        for (Surgery surgery : mutant.surgeries()) {
            Path file = folder.resolve((OURS + surgery.type()).replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(OURS + surgery.type()));
        }
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
            byte[] bytes = bytes(name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (NoSuchFileException absent) {
            throw new ClassNotFoundException(name, absent);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private byte[] bytes(String name) throws IOException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream stream = getParent().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new NoSuchFileException(resource);
            }
            byte[] bytes = stream.readAllBytes();
            for (Surgery surgery : mutant.surgeries()) {
                if (name.equals(OURS + surgery.type())) {
                    bytes = changed(bytes, surgery);
                }
            }
            return bytes;
        }
    }

    private static byte[] changed(byte[] bytes, Surgery surgery) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        surgery.apply(node);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }
}
