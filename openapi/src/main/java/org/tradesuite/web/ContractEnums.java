package org.tradesuite.web;

import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A parameter names a constant as the contract writes it, which is not always how Java does. */
final class ContractEnums implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new ByWireName());
    }

    @SuppressWarnings("rawtypes")
    private static final class ByWireName implements ConverterFactory<String, Enum> {

        @Override
        public <T extends Enum> Converter<String, T> getConverter(Class<T> target) {
            return text -> Arrays.stream(target.getEnumConstants())
                    // The generated constants print the name they have on the wire.
                    .filter(constant -> constant.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            text + " is none of " + Arrays.toString(target.getEnumConstants())));
        }
    }
}
