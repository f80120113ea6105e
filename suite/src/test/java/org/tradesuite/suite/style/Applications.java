package org.tradesuite.suite.style;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** One slice per application; everything else is common ground. */
final class Applications implements SliceAssignment {

    private static final List<String> NAMES = List.of("execution", "settlement", "reconciliation", "reporting");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        for (var name : NAMES)
            if (javaClass.getPackageName().startsWith("org.tradesuite." + name)) return SliceIdentifier.of(name);
        return SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "applications";
    }
}
