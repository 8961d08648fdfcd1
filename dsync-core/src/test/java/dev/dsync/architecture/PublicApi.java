package dev.dsync.architecture;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What users of a library can name in their own code: a line for each public type, and each public or protected member. */
final class PublicApi {

    private static final String CLASS = ".class";
    private static final int REACHABLE = Modifier.PUBLIC | Modifier.PROTECTED;

    private PublicApi() {}

    /** The lines of all classes in a folder, which must be on the class path; sorted. */
    static List<String> of(Path classes) throws IOException, ClassNotFoundException {
        TreeSet<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(CLASS)).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                Class<?> type = load(name.substring(0, name.length() - CLASS.length()));
                if (isReachable(type)) {
                    lines.addAll(lines(type));
                }
            }
        }
        return List.copyOf(lines);
    }

    /**
     * What somebody who uses what {@code before} lists would stumble over now: what is gone, and what somebody who
     * implements an interface must implement now.
     */
    static List<String> incompatible(List<String> before, List<String> now) {
        List<String> all = new ArrayList<>();
        before.stream()
                .filter(line -> !now.contains(line))
                .map(line -> "gone: " + line)
                .forEach(all::add);
        now.stream()
                .filter(line -> !before.contains(line) && line.contains(" abstract ") && line.contains("("))
                .filter(line -> before.contains("public interface " + owner(line)))
                .map(line -> "must be implemented now: " + line)
                .forEach(all::add);
        return all;
    }

    /** The type of a method's line. */
    private static String owner(String line) {
        String method = line.substring(0, line.indexOf('('));
        return method.substring(method.lastIndexOf(' ') + 1, method.lastIndexOf('.'));
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, PublicApi.class.getClassLoader());
    }

    private static boolean isReachable(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getModifiers() & REACHABLE) != 0
                && (outer == null || isReachable(outer));
    }

    private static List<String> lines(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(
                (Modifier.isPublic(type.getModifiers()) ? "public " : "protected ") + kind(type) + type.getTypeName());
        supertypes(type).forEach(above -> lines.add(type.getTypeName() + " is a " + above.getTypeName()));
        Stream.<Stream<? extends AccessibleObject>>of(
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getDeclaredFields()))
                .flatMap(members -> members)
                .filter(member ->
                        (((Member) member).getModifiers() & REACHABLE) != 0 && !((Member) member).isSynthetic())
                .forEach(member -> lines.add(text(member)));
        return lines;
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        Class<?> above = type.getSuperclass();
        return Stream.concat(Stream.ofNullable(above), Arrays.stream(type.getInterfaces()))
                .filter(one -> one != Object.class && isReachable(one));
    }

    private static String kind(Class<?> type) {
        if (type.isInterface()) {
            return "interface ";
        }
        boolean extendable = !Modifier.isFinal(type.getModifiers());
        return (extendable ? "open " : "") + (type.isRecord() ? "record " : type.isEnum() ? "enum " : "class ");
    }

    private static String text(AccessibleObject member) {
        if (member instanceof Method method) {
            // How a method does its work is its own business.
            return method.toGenericString().replace(" synchronized ", " ").replace(" native ", " ");
        }
        return member instanceof Constructor<?> constructor
                ? constructor.toGenericString()
                : ((Field) member).toGenericString();
    }
}
