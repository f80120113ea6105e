package org.tradesuite.reconciliation.iso;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlEnumValue;
import jakarta.xml.bind.annotation.XmlValue;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.UnreadableException;

/**
 * Which elements a message of a version may have, which it must have and which codes it knows, taken from Prowide's
 * classes for that version: they are made from the schemas, which may not be shipped. The order of elements is not
 * judged.
 */
final class MessageModel {

    private static final Pattern NAMESPACE =
            Pattern.compile("urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\\.[0-9]{3}\\.[0-9]{3}\\.[0-9]{2})");
    private static final String CLASSES = "com.prowidesoftware.swift.model.mx.";

    /** A child element: what it is, whether it may repeat, whether it must be there. */
    record Child(Class<?> type, boolean many, boolean required) {}

    /**
     * What an element may contain.
     *
     * @param open anything at all: supplementary data
     * @param codes the texts it may have; empty if it is not of a code list
     */
    record Kind(Map<String, Child> children, Set<String> required, boolean open, Set<String> codes) {}

    private final Map<Class<?>, Kind> kinds = new ConcurrentHashMap<>();

    /** Such as camt.053.001.08. */
    static String message(@Nullable String namespace) throws UnreadableException {
        var name = NAMESPACE.matcher(namespace == null ? "" : namespace);
        if (!name.matches()) {
            throw new UnreadableException("The document is of no ISO 20022 message (namespace '" + namespace
                    + "'). Ask the sender what it is.");
        }
        return name.group(1);
    }

    /** The class of the message; its only child is the element below Document. */
    Class<?> of(String message) throws UnreadableException {
        var parts = message.split("\\.", -1);
        var name = CLASSES + "Mx" + parts[0].substring(0, 1).toUpperCase(Locale.ROOT) + parts[0].substring(1) + parts[1]
                + parts[2] + parts[3];
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException unknown) {
            throw new UnreadableException(
                    "Version " + message + " is not known here. Ask the sender for one of the years up to 2025.");
        }
    }

    Kind kind(Class<?> type) {
        return kinds.computeIfAbsent(type, MessageModel::read);
    }

    private static Kind read(Class<?> type) {
        if (type.isEnum()) {
            return new Kind(Map.of(), Set.of(), false, codes(type));
        }
        if (!type.getName().startsWith(CLASSES)) {
            return new Kind(Map.of(), Set.of(), false, Set.of());
        }
        var children = new HashMap<String, Child>();
        var required = new HashSet<String>();
        var open = false;
        for (var field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.isAnnotationPresent(XmlValue.class)) {
                continue;
            }
            open |= field.isAnnotationPresent(XmlAnyElement.class);
            var element = field.getAnnotation(XmlElement.class);
            if (element != null) {
                var child = child(field, element.required());
                children.put(element.name(), child);
                if (child.required()) {
                    required.add(element.name());
                }
            }
        }
        return new Kind(Map.copyOf(children), Set.copyOf(required), open, Set.of());
    }

    private static Child child(Field field, boolean required) {
        if (field.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> item) {
            return new Child(item, true, required);
        }
        return new Child(field.getType(), false, required);
    }

    private static Set<String> codes(Class<?> type) {
        var codes = new HashSet<String>();
        for (var field : type.getDeclaredFields()) {
            if (field.isEnumConstant()) {
                var value = field.getAnnotation(XmlEnumValue.class);
                codes.add(value == null ? field.getName() : value.value());
            }
        }
        return Set.copyOf(codes);
    }
}
