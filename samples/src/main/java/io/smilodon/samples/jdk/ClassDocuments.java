package io.smilodon.samples.jdk;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a loaded class into a document: what it is, what it extends, what it offers. */
final class ClassDocuments {

    private ClassDocuments() {}

    /** Whether the class and every class around it is public or protected, and has a name. */
    static boolean isPartOfTheApi(Class<?> type) {
        for (Class<?> level = type; level != null; level = level.getDeclaringClass()) {
            if (!isVisible(level.getModifiers()) || level.isSynthetic()) {
                return false;
            }
        }
        return !type.isAnonymousClass() && !type.isLocalClass();
    }

    static Document of(Class<?> type, Optional<SourceComment> comment) {
        DocumentBuilder document =
                Document.builder()
                        .put("_id", type.getName())
                        .put("name", nameWithOuter(type))
                        .put("package", type.getPackageName())
                        .put("module", type.getModule().getName())
                        .put("kind", kind(type))
                        .put("modifiers", modifiers(type.getModifiers() & ~Modifier.INTERFACE))
                        .put("deprecated", type.isAnnotationPresent(Deprecated.class));
        if (type.getSuperclass() != null) {
            document.put("superclass", type.getSuperclass().getName());
        }
        document.put("interfaces", names(type.getInterfaces()));
        if (type.getTypeParameters().length > 0) {
            document.put("typeParameters", typeNames(type.getTypeParameters()));
        }
        document.put("constructors", constructors(type))
                .put("methods", methods(type))
                .put("fields", fields(type));
        comment.ifPresent(
                found -> {
                    document.put("doc", found.text());
                    found.since().ifPresent(since -> document.put("since", since));
                });
        return document.build();
    }

    private static String nameWithOuter(Class<?> type) {
        int afterPackage = type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1;
        return type.getName().substring(afterPackage).replace('$', '.');
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static ArrayValue constructors(Class<?> type) {
        Stream<Constructor<?>> visible =
                Arrays.stream(type.getDeclaredConstructors())
                        .filter(constructor -> isVisible(constructor.getModifiers()))
                        .sorted(Comparator.comparing(Constructor::toString));
        return ArrayValue.of(
                visible.map(
                                constructor ->
                                        Document.builder()
                                                .put("parameters", parameters(constructor))
                                                .put("modifiers", modifiersOf(constructor))
                                                .build())
                        .toList());
    }

    private static ArrayValue methods(Class<?> type) {
        Stream<Method> visible =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
                        .sorted(
                                Comparator.comparing(Method::getName)
                                        .thenComparing(Method::toString));
        return ArrayValue.of(visible.map(ClassDocuments::method).toList());
    }

    private static Document method(Method method) {
        DocumentBuilder document =
                Document.builder()
                        .put("name", method.getName())
                        .put("returns", method.getGenericReturnType().getTypeName())
                        .put("parameters", parameters(method))
                        .put("modifiers", modifiersOf(method));
        if (method.getExceptionTypes().length > 0) {
            document.put("throws", names(method.getExceptionTypes()));
        }
        return document.build();
    }

    private static ArrayValue fields(Class<?> type) {
        Stream<Field> visible =
                Arrays.stream(type.getDeclaredFields())
                        .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                        .sorted(Comparator.comparing(Field::getName));
        return ArrayValue.of(
                visible.map(
                                field ->
                                        Document.builder()
                                                .put("name", field.getName())
                                                .put("type", field.getGenericType().getTypeName())
                                                .put("modifiers", modifiers(field.getModifiers()))
                                                .build())
                        .toList());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static ArrayValue parameters(Executable executable) {
        return typeNames(executable.getGenericParameterTypes());
    }

    /** Without the flags that mean something else on a method: bridge and varargs. */
    private static ArrayValue modifiersOf(Executable executable) {
        return modifiers(executable.getModifiers() & Modifier.methodModifiers());
    }

    private static ArrayValue modifiers(int modifiers) {
        String words = Modifier.toString(modifiers);
        List<Value> values =
                words.isEmpty()
                        ? List.of()
                        : Arrays.stream(words.split(" ")).map(Value::of).toList();
        return ArrayValue.of(values);
    }

    private static ArrayValue names(Class<?>[] types) {
        return ArrayValue.of(Arrays.stream(types).map(type -> Value.of(type.getName())).toList());
    }

    private static ArrayValue typeNames(Type[] types) {
        return ArrayValue.of(
                Arrays.stream(types).map(type -> Value.of(type.getTypeName())).toList());
    }
}
