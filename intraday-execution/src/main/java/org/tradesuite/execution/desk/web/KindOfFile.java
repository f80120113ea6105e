package org.tradesuite.execution.desk.web;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.ReferenceKind;

/** The kind of a reference file in a path, in the contract's small letters. */
@Component
class KindOfFile implements Converter<String, ReferenceKind> {

    @Override
    public ReferenceKind convert(String text) {
        return ReferenceKind.fromValue(text);
    }
}
